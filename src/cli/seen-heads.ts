import * as v from 'valibot'
import { isNewer } from '#release/head.ts'
import type { VerifiedHead } from '#release/head.ts'
import { ownValue } from '#trust/json.ts'
import type { HeldHead } from '#sync/manage/office.ts'
import type { SecretFiles } from './secret-files.ts'

const file = 'seen-heads.json'
const count = v.pipe(v.number(), v.integer(), v.minValue(1))
const schema = v.record(
  v.string(),
  v.object({ gen: count, v: count, edition: count, hash: v.string() }),
)

/**
 * [M10] The newest head of a department that this machine has seen in the store. It is kept apart from the store,
 * so that a store that has lost heads, or hides them, is not taken for all there is. Removing the file forgets it.
 */
export async function seenHead(
  files: SecretFiles,
  organisation: string,
  department: string,
): Promise<HeldHead | undefined> {
  return ownValue<HeldHead>(await readSeen(files), `${organisation}/${department}`)
}

/** Notes a head that is newer than the one noted; never an older one. */
export async function noteSeenHead(files: SecretFiles, head: VerifiedHead): Promise<void> {
  const seen = await readSeen(files)
  const name = `${head.org}/${head.department}`
  const before = ownValue<HeldHead>(seen, name)
  if (before && !isNewer(head, before)) return
  const { gen, edition, hash } = head
  await files.write(file, { ...seen, [name]: { gen, v: head.v, edition, hash } })
}

async function readSeen(files: SecretFiles): Promise<Record<string, HeldHead>> {
  const parsed = v.safeParse(schema, await files.read(file))
  return parsed.success ? parsed.output : {}
}
