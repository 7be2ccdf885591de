import { LIMITS, rootPath } from '#store/layout.ts'
import { sha256 } from '#trust/bytes.ts'
import { parseGeneral } from '#trust/jws.ts'
import { CliError } from './command.ts'
import { readOrganisation } from './secrets.ts'
import type { DataFolder } from './data-folder.ts'

/**
 * Whose store this is: what was given must agree with what lies there, and an empty store needs it given,
 * since it would otherwise take anybody's root 1.
 *
 * @throws CliError
 */
export async function organisationOf(data: DataFolder, given: string | undefined): Promise<string> {
  if (given !== undefined && !/^[0-9a-f]{64}$/.test(given)) {
    throw new CliError(
      2,
      '--organisation is no hash',
      'It has 64 characters, 0–9 and a–f; planb status shows it.',
    )
  }
  const root1 = await data.store.get(rootPath(1), { maxBytes: LIMITS.root })
  const stored = root1
    ? await sha256(parseGeneral(root1).payload)
    : (await readOrganisation(data.secret))?.organisation
  if (stored !== undefined && given !== undefined && stored !== given) {
    throw new CliError(
      1,
      `${data.storePath} holds another organisation (${stored})`,
      'Name another data folder in PLANB_DATA, or leave --organisation out.',
    )
  }
  const organisation = stored ?? given
  if (organisation !== undefined) return organisation
  throw new CliError(
    2,
    `${data.storePath} is empty, and no organisation was named`,
    'Give --organisation HASH (planb status shows it), or make one with planb init.',
  )
}
