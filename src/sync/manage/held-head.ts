import type { VerifiedHead } from '#release/head.ts'
import { ownValue } from '#trust/json.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { ManageError } from './manage-error.ts'
import { newestHead, type IsHeeded } from './newest-head.ts'
import type { HeldHead, Office, OpenedDepartment } from './office.ts'

/**
 * [M10] A store whose newest head of a generation lies below the one held here, or is another under the same
 * number, is not built on: that a path is answered with nothing proves nothing, and what is signed on top of
 * an older version takes every phone back to it.
 *
 * @param newest the highest head of the generation that verifies; undefined where there is none
 * @throws ManageError head-behind, head-fork
 */
export function requireNotBehind(
  held: HeldHead | undefined,
  department: string,
  gen: number,
  newest: VerifiedHead | undefined,
): void {
  if (!held || held.gen < gen) return
  if (held.gen > gen || held.v > (newest?.v ?? 0)) {
    const shown = newest ? `${newest.gen}-${newest.v}` : 'nothing'
    throw new ManageError(
      'head-behind',
      `the store shows ${shown} of ${department}; ${held.gen}-${held.v} is held here`,
    )
  }
  if (newest?.v === held.v && newest.hash !== held.hash) {
    throw new ManageError(
      'head-fork',
      `the store has another ${gen}-${held.v} of ${department} than is held here`,
    )
  }
}

/**
 * The newest head of the root's generation, which is not behind the one held.
 *
 * @throws ManageError head-behind, head-fork; StoreError; TrustError format-newer
 */
export async function newestNotBehind(
  office: Pick<Office, 'store' | 'held'>,
  root: VerifiedRoot,
  department: string,
  isHeeded?: IsHeeded,
): Promise<VerifiedHead | undefined> {
  const head = await newestHead(office.store, root, department, isHeeded)
  const gen = ownValue(root.departments, department)?.gen ?? 1
  requireNotBehind(await office.held?.(department), department, gen, head)
  return head
}

/**
 * What a department has now, opened, and not behind what is held.
 *
 * @returns `head` alone where this holder cannot read it; neither where nothing is published
 * @throws ManageError head-behind, head-fork; what opening throws
 */
export async function openNotBehind(
  office: Pick<Office, 'store' | 'held' | 'open'>,
  root: VerifiedRoot,
  department: string,
): Promise<{ opened?: OpenedDepartment; head?: VerifiedHead }> {
  const opened = await office.open(department, root)
  if (!opened) {
    const head = await newestNotBehind(office, root, department)
    return head ? { head } : {}
  }
  const { head } = opened.release
  requireNotBehind(await office.held?.(department), department, head.gen, head)
  return { opened, head }
}
