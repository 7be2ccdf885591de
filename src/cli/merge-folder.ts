import { diffDocuments } from '#release/diff.ts'
import { thumbprint } from '#trust/keys.ts'
import { CliError } from './command.ts'
import { currentDepartment } from './current-release.ts'
import { documentsToPublish, type FolderToPublish } from './documents-to-publish.ts'
import { isOwnContent, noteOwnContent } from './published-content.ts'
import { readDepartment } from './secrets.ts'
import type { OpenOrganisation } from './data-folder.ts'
import type { Publishing } from './publish-plans.ts'
import type { PlanBDocument } from '#domain/schema/document.ts'
import type { VerifiedRelease } from '#release/open-release.ts'

/** A department as the folder has it, and what the folder has of the others. */
export type FolderOfDepartment = Pick<FolderToPublish, 'department' | 'documents' | 'others'>

/**
 * [C3] What is to be published where something is already: never what undoes somebody else's change unasked.
 *
 * @throws CliError
 */
export async function mergeFolder(
  open: OpenOrganisation,
  previous: VerifiedRelease,
  folder: FolderOfDepartment,
  { base, mode = 'merge', now }: Publishing,
): Promise<PlanBDocument[]> {
  const { department, documents } = folder
  const isAsItIs = mode === 'replace' || diffDocuments(previous.documents, documents).length === 0
  if (isAsItIs) return [...documents]
  const before = base?.get(department)
  if (before) {
    return documentsToPublish(previous, { ...folder, base: before, isMine: mode === 'mine' }, now())
  }
  const isOwn = await isOwnContent(open.secret, previous)
  if (isOwn ?? (await isByThisMachine(open, previous))) return [...documents]
  const { publishedBy, issued, edition } = previous
  throw new CliError(
    1,
    `${department}: ${publishedBy || 'somebody else'} has published edition ${edition} (${issued.slice(0, 10)}), and nobody knows what this folder was edited from`,
    'Get a folder that has it with planb export and make your changes there. Or publish this one as it stands with --replace: what others have changed is undone.',
  )
}

/** Before this machine noted what it publishes: by who signed it. */
async function isByThisMachine(open: OpenOrganisation, release: VerifiedRelease): Promise<boolean> {
  const secrets = await readDepartment(open.secret, release.department)
  const kid = secrets && (await thumbprint(secrets.signing))
  return release.head.byRootKey || release.head.signer === kid
}

/** Notes what was published just now as this machine's own. */
export async function noteAsOwn(
  open: OpenOrganisation,
  department: string,
  head: string,
): Promise<void> {
  const { opened } = await currentDepartment(open, department)
  // Somebody may have been quicker than this look.
  if (opened?.release.headHash === head) await noteOwnContent(open.secret, opened.release)
}
