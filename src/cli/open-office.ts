import { createLocalWriteStore } from '#server/local-write-store.ts'
import { createOpen } from '#sync/manage/create-open.ts'
import { CliError } from './command.ts'
import { keysAtHand } from './current-release.ts'
import { rootKeysInUse } from './root-keys-in-use.ts'
import { readDepartment } from './secrets.ts'
import { noteSeenHead, seenHead } from './seen-heads.ts'
import type { CliContext } from './command.ts'
import type { OpenOrganisation } from './data-folder.ts'
import type { Office } from '#sync/manage/office.ts'

/**
 * This machine as an office: the data folder's store by the server's rules, the root keys it holds, and
 * everything it can read.
 *
 * @throws CliError when it holds no root key
 */
export async function openOffice(context: CliContext, open: OpenOrganisation): Promise<Office> {
  const rootKeys = await rootKeysInUse(open)
  if (rootKeys.length === 0) {
    throw new CliError(
      1,
      'no root key on this machine is one the organisation still names',
      'Do it on the coordinator’s device, or bring secret/organisation.json back from a backup.',
    )
  }
  const store = createLocalWriteStore(open.store, {
    organisation: open.root.organisation,
    allowExample: open.root.example === true,
    now: context.now,
  })
  return {
    store,
    root: open.root,
    rootKeys,
    now: context.now,
    async open(department, root) {
      const secrets = await readDepartment(open.secret, department)
      const read = createOpen(await keysAtHand(store, open.secrets, secrets))
      const opened = await read(department, root)
      if (opened) await noteSeenHead(open.secret, opened.release.head)
      return opened
    },
    held: (department) => seenHead(open.secret, open.root.organisation, department),
  }
}
