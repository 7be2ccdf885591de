import { ownValue } from '#trust/json.ts'
import type { Kid } from '#trust/keys.ts'
import { mayPublish, type VerifiedRoot } from '#trust/root.ts'
import { TrustError } from '#trust/trust-error.ts'
import type { ReadStore } from '#store/store.ts'
import { ManageError, type Unsaid } from './manage-error.ts'
import { createChain, newestBefore } from './newest-before.ts'
import { newestHead } from './newest-head.ts'
import type { Office } from './office.ts'

/**
 * By department, the version (v of the newest generation that has one) that is the last good one; with its hash
 * where it was seen before it was chosen ([M11]).
 */
export type KeptVersions = Readonly<Record<string, number | { v: number; hash: string }>>

/** What is known of which version stays where a generation is begun. */
export interface Said {
  keep?: KeptVersions | undefined
  /** Keys that this very operation takes away: whoever asks for that has said what becomes of their versions. */
  gone?: readonly Kid[] | undefined
}

/**
 * [M13] Whether it is clear with which version each department goes on, asked before anything is sent. Where a
 * revocation was stopped before its heads, the newest version may be the thief's: only who revokes chooses it.
 *
 * @throws ManageError keep-unsaid, naming every department in question; root-behind, root-fork, head-behind,
 *   head-fork; StoreError
 */
export async function requireSaid(
  office: Pick<Office, 'store' | 'held'>,
  root: VerifiedRoot,
  departments: readonly string[],
  said: Said = {},
): Promise<void> {
  const chain = createChain(office.store, root)
  const unsaid: Unsaid[] = []
  for (const department of departments) {
    if (Object.hasOwn(said.keep ?? {}, department)) continue
    if (await hasBegun(office, root, department)) continue
    const before = await newestBefore(office, root, department, { gone: said.gone, chain })
    if (!before || isSaid(root, department, before.head.signer, said)) continue
    unsaid.push({ department, gone: before.head.signer })
  }
  if (unsaid.length > 0) throw keepUnsaid(unsaid)
}

/**
 * Whether the newest version of a generation before may be gone on from unasked: by somebody whom the root
 * still names for the department, or by the key that goes now.
 */
export function isSaid(
  root: VerifiedRoot,
  department: string,
  signer: Kid,
  { gone = [] }: Said = {},
): boolean {
  return mayPublish(root, department, signer) || gone.includes(signer)
}

/** The error that names the departments, and whose newest version it is that nobody has chosen. */
export function keepUnsaid(unsaid: readonly Unsaid[]): ManageError {
  const each = unsaid.map(({ department, gone }) => `${department} (newest version by ${gone})`)
  return new ManageError(
    'keep-unsaid',
    `a revocation was stopped midway, and nobody has said which version counts: ${each.join(', ')}`,
    { unsaid },
  )
}

/** Whether the root's generation has a head, or is the first: then nothing is left to be begun. */
export async function hasBegun(
  office: { store: ReadStore; held?: Office['held'] },
  root: VerifiedRoot,
  department: string,
): Promise<boolean> {
  const gen = ownValue(root.departments, department)?.gen ?? 1
  if (gen <= 1) return true
  // A host that hides it is told by [M10], where it is built on.
  if (((await office.held?.(department))?.gen ?? 0) >= gen) return true
  try {
    return (await newestHead(office.store, root, department)) !== undefined
  } catch (error) {
    if (error instanceof TrustError && error.code === 'format-newer') return true
    throw error
  }
}
