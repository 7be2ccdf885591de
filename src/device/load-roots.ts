import { isAgreed, verifyKnownRoot, type VerifiedRoot } from '#trust/root.ts'
import type { RowReader } from './rows.ts'

/**
 * The roots this device has verified, by version. A row that is damaged is left out: sync gets it again,
 * and what was accepted under another root still opens.
 */
export async function loadRoots(
  reader: RowReader,
  organisation: string,
): Promise<Map<number, VerifiedRoot>> {
  const rows = await reader.all('roots')
  const roots = await Promise.all(
    rows.map(({ bytes, hash }) =>
      verifyKnownRoot(bytes, { hash, organisation }).catch(() => undefined),
    ),
  )
  return new Map(roots.filter((root) => root !== undefined).map((root) => [root.v, root]))
}

/** The highest of them; undefined before the first sync. */
export function highestRoot(roots: ReadonlyMap<number, VerifiedRoot>): VerifiedRoot | undefined {
  return roots.get(Math.max(...roots.keys()))
}

/** The highest that enough root keys signed: root 1 at least. */
export function highestAgreedRoot(
  roots: ReadonlyMap<number, VerifiedRoot>,
): VerifiedRoot | undefined {
  return roots.get(Math.max(...[...roots.values()].filter(isAgreed).map(({ v }) => v)))
}
