import type { VerifiedRoot } from '#trust/root.ts'
import type { VerifiedRelease } from '#release/open-release.ts'
import { DeviceError } from './device-error.ts'
import { openSnapshot } from './open-snapshot.ts'
import { confirmationOf, isRootWithheld, readStanding } from './standing.ts'
import type { DepartmentNote, DepartmentState } from './device-state.ts'
import type { OrganisationContext } from './context.ts'
import type { MembershipRow, PointerRow, RowReader } from './rows.ts'

export interface LoadedDepartment {
  state: DepartmentState
  /** The snapshot that `state.release` was opened from. */
  snapshot: string | undefined
}

/**
 * A department with the newest of its stored releases that opens: the current one, else the one before,
 * which is then said. Never throws for content that does not open; a database that does not answer does.
 */
export async function loadDepartment(
  organisation: OrganisationContext,
  reader: RowReader,
  roots: ReadonlyMap<number, VerifiedRoot>,
  membership: MembershipRow,
  root: VerifiedRoot | undefined,
  at: { now: Date; invitedRoot: number },
): Promise<LoadedDepartment> {
  const { department } = membership
  const pointer = await reader.get('pointers', department)
  const opened = await openCurrent(organisation, reader, roots, pointer)
  const ofRoot = root && Object.hasOwn(root.departments, department) && root.departments[department]
  const hasEnded = membership.status === 'ended' || (ofRoot && ofRoot.ended === true)
  const state: DepartmentState = {
    organisation: organisation.id,
    department,
    title: opened.release ? titleOf(opened.release) : ofRoot ? ofRoot.title : department,
    status: hasEnded
      ? 'ended'
      : membership.status === 'needs-new-code'
        ? 'needs-new-code'
        : opened.release
          ? 'stored'
          : 'waiting',
  }
  if (opened.release) state.release = opened.release
  if (opened.note) state.note = opened.note
  if (membership.checkedAt !== undefined) state.checkedAt = membership.checkedAt
  if (membership.receivedAt !== undefined) state.receivedAt = membership.receivedAt
  if (root) {
    const standing = await readStanding(reader, department)
    const { release } = opened
    const confirmed =
      release && confirmationOf(release, state.receivedAt ?? release.issued, standing, root, at.now)
    if (confirmed !== undefined) state.confirmedAt = confirmed
    if (isRootWithheld(release, standing, root, department, at.invitedRoot))
      state.note ??= { code: 'withheld-root' }
  }
  return { state, snapshot: opened.snapshot }
}

interface Opened {
  release?: VerifiedRelease
  snapshot?: string
  note?: DepartmentNote
}

async function openCurrent(
  organisation: OrganisationContext,
  reader: RowReader,
  roots: ReadonlyMap<number, VerifiedRoot>,
  pointer: PointerRow | undefined,
): Promise<Opened> {
  if (!pointer) return {}
  const tried = [pointer.current, pointer.previous].filter((id) => id !== undefined)
  for (const [index, snapshot] of tried.entries()) {
    const row = await reader.get('snapshots', snapshot)
    if (!row) continue
    try {
      const release = await openSnapshot(organisation, reader, roots, row)
      return index === 0
        ? { release, snapshot }
        : { release, snapshot, note: { code: 'previous-used' } }
    } catch (error) {
      // A silent database says nothing about the content; the caller has other ways to read it.
      if (error instanceof DeviceError && error.code !== 'damaged') throw error
    }
  }
  return { note: { code: 'damaged' } }
}

function titleOf(release: VerifiedRelease): string {
  const own = release.documents.find(({ kind }) => kind === 'department')
  return own?.body.title ?? release.department
}
