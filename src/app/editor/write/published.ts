import type { DeviceState } from '#device/device-state.ts'
import type { Draft } from '#device/drafts.ts'
import { documentName } from '#domain/schema/document.ts'

/** A document as the release on this phone has it; undefined where it has none. */
export function publishedBase(
  state: DeviceState,
  organisation: string,
  name: string,
): NonNullable<Draft['base']> | undefined {
  const department = name.split('/')[0]
  const release = state.departments.find(
    (each) => each.organisation === organisation && each.department === department,
  )?.release
  const found = release?.documents.find((each) => documentName(each) === name)
  if (release === undefined || found === undefined) return undefined
  return { gen: release.gen, v: release.v, body: found.body }
}
