import * as v from 'valibot'
import { sha256, utf8 } from '#trust/bytes.ts'
import { ownValue } from '#trust/json.ts'
import type { VerifiedRelease } from '#release/open-release.ts'
import type { SecretFiles } from './secret-files.ts'

const file = 'published.json'
const schema = v.record(v.string(), v.string())

/**
 * Whether what is published now is what this machine published last from a folder: then nobody else has changed
 * anything. A head that was signed again, or sealed with a new key, holds the same.
 *
 * @returns undefined where this machine has noted nothing
 */
export async function isOwnContent(
  files: SecretFiles,
  release: VerifiedRelease,
): Promise<boolean | undefined> {
  const noted = ownValue<string>(await read(files), nameOf(release))
  return noted === undefined ? undefined : noted === (await fingerprint(release))
}

/** Notes what this machine has published. */
export async function noteOwnContent(files: SecretFiles, release: VerifiedRelease): Promise<void> {
  await files.write(file, { ...(await read(files)), [nameOf(release)]: await fingerprint(release) })
}

async function read(files: SecretFiles): Promise<Record<string, string>> {
  const parsed = v.safeParse(schema, await files.read(file))
  return parsed.success ? parsed.output : {}
}

function nameOf({ organisation, department }: VerifiedRelease): string {
  return `${organisation}/${department}`
}

/** Of what each document says, not of who signed it. */
async function fingerprint({ entries }: VerifiedRelease): Promise<string> {
  const lines = entries.map(({ kind, id, hash }) => `${kind}/${id} ${hash}`)
  return sha256(utf8(lines.toSorted((a, b) => (a < b ? -1 : 1)).join('\n')))
}
