import { createHash } from 'node:crypto'
import { admitEntry } from '#journal/entry.ts'
import { parseGeneral } from '#trust/jws.ts'
import { LIMITS, logPath } from '#store/layout.ts'
import { releaseMissing } from './accept-beat.ts'
import { createHeadMemory } from './current-head.ts'
import { ServerError } from './server-error.ts'
import type { AdmittedEntry } from '#journal/entry.ts'
import type { Store } from '#store/store.ts'
import type { VerifiedRoot } from '#trust/root.ts'

/**
 * [H30]–[H33] Takes a member's entry: signed by the member key of the head that stands now and by the device it
 * names, one that the root has not wiped, under a number the device has not used.
 *
 * @param options.beforeStoring called when all of it holds and it is new; what it throws refuses it
 * @param options.headOf remembers the head that stands
 * @returns `same` for an entry that is there already, `taken` where its device used the number for another
 * @throws JournalError, TrustError when it is not to be believed; ServerError 422, 503; StoreError
 */
export async function acceptEntry(
  store: Store,
  options: {
    root: VerifiedRoot
    department: string
    bytes: Uint8Array<ArrayBuffer>
    beforeStoring: (entry: AdmittedEntry) => Promise<void>
    headOf?: ReturnType<typeof createHeadMemory>
  },
): Promise<{ outcome: 'stored' | 'same' | 'taken'; path: string }> {
  const { root, department, bytes } = options
  const headOf = options.headOf ?? createHeadMemory(store)
  const current = await headOf(root, department)
  if (!current) throw releaseMissing()
  const { epoch, memberKey } = current.head
  const entry = await admitEntry(bytes, {
    organisation: root.organisation,
    department,
    epoch,
    memberKey,
  })
  if (root.wiped.includes(entry.device)) {
    throw new ServerError('device-wiped', 422, "this device's access has ended")
  }
  const path = logPath(department, entry.device, entry.n)
  const before = await compareStored(store, path, entry)
  if (before) return { outcome: before, path }
  await options.beforeStoring(entry)
  if ((await store.putIfAbsent(path, bytes)) === 'stored') return { outcome: 'stored', path }
  return { outcome: (await compareStored(store, path, entry)) ?? 'taken', path }
}

/**
 * By payload: a signature can be bent into another that holds as well, and who bent it must not make the
 * device believe that its number is gone.
 */
async function compareStored(
  store: Store,
  path: string,
  entry: AdmittedEntry,
): Promise<'same' | 'taken' | undefined> {
  const bytes = await store.get(path, { maxBytes: LIMITS.log })
  if (!bytes) return undefined
  try {
    const hash = createHash('sha256').update(parseGeneral(bytes).payload).digest('hex')
    return hash === entry.hash ? 'same' : 'taken'
  } catch {
    return 'taken'
  }
}
