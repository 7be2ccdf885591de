import { addDepartment } from '#sync/manage/add-department.ts'
import { approve } from '#sync/manage/approve.ts'
import { CliError } from '../command.ts'
import { openExisting } from '../data-folder.ts'
import { firstDocuments } from '#domain/first-documents.ts'
import { asManaged, printManaged } from '../managed.ts'
import { openOffice } from '../open-office.ts'
import { ownRequest } from '../own-request.ts'
import { parseDepartment } from '../parse-department.ts'
import type { Command } from '../command.ts'

/** A further department, with what this machine needs to publish it. */
export const department: Command = {
  usage: 'department ID=TITLE',
  summary: 'add a department, which this machine may publish; or give one another title',
  options: {},
  positionals: [1, 1],

  async run(context, { positionals }) {
    const named = parseDepartment(positionals[0]!)
    if (named.title.length > 200)
      throw new CliError(2, 'the title is too long', 'At most 200 characters.')
    const open = await openExisting(context)
    const office = await openOffice(context, open)
    const hasPublisher = (open.root.departments[named.id]?.publish.length ?? 0) > 0
    const added = await asManaged(
      addDepartment(office, { ...named, documents: firstDocuments(named) }),
    )
    printManaged(context, added)
    if (hasPublisher) return 0
    const own = await ownRequest({ ...open, root: added.root }, [named.id])
    for (const { request, departments } of own) {
      const managed = approve({ ...office, root: added.root }, request, { departments })
      printManaged(context, await asManaged(managed))
    }
    context.print(
      `Next: write ${named.id}/ in the plans folder, name it in organisation.yaml, and planb publish.`,
    )
    return 0
  },
}
