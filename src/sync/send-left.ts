import { commonDepartment } from '#domain/schema/document.ts'
import { maxKeepDays } from '#journal/entry-schema.ts'
import { sealEntry } from '#journal/entry.ts'
import { keepDaysOf } from '#journal/kinds.ts'
import { importSigningKey } from '#trust/keys.ts'
import { readOutbox } from './outbox.ts'
import type { FollowDevice, FollowedDepartment } from './follow-device.ts'
import type { SyncOrganisation } from './sync-device.ts'
import type { WriteStore } from './write-store.ts'

/** Numbers that another life of this phone has used are stepped over so many times. */
const mostSteps = 8

/**
 * [S56] The entry that says that this phone has left. Nothing of it is written down here: the phone is about to
 * forget the department, and what was left behind would be sent after a return.
 *
 * @returns what sends it, also when the keys have gone from the phone meanwhile
 */
export async function prepareLeftEntry(parts: {
  organisation: SyncOrganisation
  follow: FollowDevice
  one: FollowedDepartment
  write: WriteStore
  now: Date
}): Promise<(() => Promise<void>) | undefined> {
  const { organisation, follow, one, write, now } = parts
  const { department, head, epochKey, keepDays = maxKeepDays } = one
  // What all share has its members through the departments.
  if (department === commonDepartment) return undefined
  const [outbox, member] = await Promise.all([
    readOutbox(follow, department),
    importSigningKey(one.member, { extractable: false }),
  ])
  const seal = (n: number) =>
    sealEntry({
      organisation: organisation.id,
      department,
      epoch: head.epoch,
      epochKey,
      member,
      device: follow.deviceKey,
      n,
      ...(outbox.previous !== undefined && { previous: outbox.previous }),
      kind: 'left',
      time: now,
      body: {},
      keepDays: Math.min(keepDays, keepDaysOf('left')),
    })
  let n = outbox.n + 1
  let { bytes } = await seal(n)
  return async () => {
    for (let step = 0; step < mostSteps; step++) {
      if ((await write.sendEntry(department, bytes)) === 'stored') return
      // [S52] The number is taken.
      n += 2 ** step
      bytes = (await seal(n)).bytes
    }
  }
}
