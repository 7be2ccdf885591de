import { writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { commonDepartment } from '#domain/schema/document.ts'
import { writePlans } from '#library/write-plans.ts'
import { checkWords } from '#trust/check-words.ts'
import { CliError, textOption } from '../command.ts'
import { createOrganisation } from '../create-organisation.ts'
import { dataFolder, openOrganisation } from '../data-folder.ts'
import { firstDocuments } from '#domain/first-documents.ts'
import { coordinatorLink, linkAddress, warnOfLocalLink } from '../invitation-link.ts'
import { makeFolder } from '../make-folder.ts'
import { parseDepartment } from '../parse-department.ts'
import { publishPlans } from '../publish-plans.ts'
import type { Command } from '../command.ts'
import type { PlanBDocument } from '#domain/schema/document.ts'

/** Makes a real organisation: its keys and root 1. */
export const init: Command = {
  usage: 'init TITLE DEPARTMENT=TITLE… [--app URL] [--coordinator TITLE] [--plans DIR]',
  summary: 'make an organisation (keys and root 1) in an empty data folder',
  options: {
    app: { type: 'string' },
    coordinator: { type: 'string' },
    plans: { type: 'string' },
  },
  positionals: [2, 200],

  async run(context, { values, positionals }) {
    const [title = '', ...named] = positionals
    if (title.trim() === '' || title.length > 200) {
      throw new CliError(
        2,
        'the title is empty or too long',
        'For example planb init "Ås kommun" …',
      )
    }
    const departments = withCommon(named.map(parseDepartment))
    const app = linkAddress(context, values)
    const coordinator = textOption(values, 'coordinator') ?? 'Beredskapssamordnare'
    const plans = textOption(values, 'plans')

    const data = dataFolder(context)
    const before = await openOrganisation(data)
    if (before) throw occupied(`${data.path} (${before.root.title})`)
    await makeFolder(data.path)
    const documents = skeletonOf({ title, coordinator, departments })
    if (plans !== undefined) await writeSkeleton(resolve(context.cwd, plans), documents)
    const outcome = await createOrganisation(
      data,
      { title, example: false, coordinator, departments, storeUrl: 'store/' },
      context.now(),
    )
    if (outcome === 'exists') throw occupied(data.path)
    const open = await openOrganisation(data)
    if (!open) throw new Error('the organisation was made and is not there')
    // So that the coordinator's app has something to begin with, and phones something to join.
    await publishPlans(open, documents, { now: context.now })

    context.print(`${title} is made.`)
    context.print(`organisation  ${open.root.organisation}`)
    context.print(`check words   ${checkWords(open.root.organisation).join(' ')}`)
    context.print('')
    context.print(
      'The coordinator’s own device opens this once. Whoever has it owns the organisation:',
    )
    context.print(await coordinatorLink(open, app))
    warnOfLocalLink(values, context.print)
    context.print('')
    context.print(
      `All keys lie in ${join(data.path, 'secret')}. Keep a copy apart from this machine.`,
    )
    context.print('Print the paper copies of the keys, then delete them there: planb papers DIR')
    context.print(
      `Next: planb serve, and begin on the coordinator’s device (Kom igång)${plans === undefined ? '' : `; or write ${plans} and planb publish ${plans}`}.`,
    )
    return 0
  },
}

function occupied(where: string): CliError {
  return new CliError(
    1,
    `there is an organisation already in ${where}`,
    'Name an empty folder in PLANB_DATA.',
  )
}

function withCommon(departments: { id: string; title: string }[]) {
  const ids = new Set(departments.map(({ id }) => id))
  if (ids.size !== departments.length) {
    throw new CliError(2, 'a department is named twice', 'Name each one once.')
  }
  return ids.has(commonDepartment)
    ? departments
    : [{ id: commonDepartment, title: 'Gemensamt' }, ...departments]
}

/** The least an organisation can have published. */
function skeletonOf(organisation: {
  title: string
  coordinator: string
  departments: { id: string; title: string }[]
}): PlanBDocument[] {
  const { title, coordinator, departments } = organisation
  const ids = departments.map(({ id }) => id)
  return [
    {
      department: commonDepartment,
      kind: 'organisation',
      id: 'organisation',
      body: { title, coordinator, departments: ids, example: false },
    },
    ...departments.flatMap(firstDocuments),
  ]
}

/** The same as a plans folder, for who writes plans as files. */
async function writeSkeleton(folder: string, documents: readonly PlanBDocument[]): Promise<void> {
  for (const [path, text] of writePlans(documents)) {
    const file = join(folder, path)
    await makeFolder(dirname(file))
    await writeFile(file, text, { flag: 'wx' }).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
        throw new CliError(
          1,
          `${file} is there already`,
          'Name a folder that is empty or not there.',
        )
      }
      throw error
    })
  }
}
