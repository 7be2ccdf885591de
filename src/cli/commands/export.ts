import { readdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { dayOf } from '#domain/calendar.ts'
import { writePlans } from '#library/write-plans.ts'
import { drawReadable } from '#paper/readable/draw-readable.ts'
import { readablePages, type Readable } from '#paper/readable/readable-pages.ts'
import { CliError, textOption } from '../command.ts'
import { currentRelease } from '../current-release.ts'
import { openOrFillExample } from '../fill-example.ts'
import { makeFolder } from '../make-folder.ts'
import { writePlansBase } from '../plans-base.ts'
import type { CliContext, Command } from '../command.ts'
import type { OpenOrganisation } from '../data-folder.ts'
import type { PlanBDocument } from '#domain/schema/document.ts'

/** Writes what is published as a plans folder again, or as one file that anyone can read. */
export const exportCommand: Command = {
  usage: 'export DIR | export --html|--public FILE [--department ID]',
  summary:
    'write what is published as YAML to DIR, which must be empty or not there; or as one readable HTML file, with --public without what is marked secret',
  options: {
    html: { type: 'boolean' },
    public: { type: 'boolean' },
    department: { type: 'string' },
  },
  positionals: [1, 1],

  async run(context, { values, positionals }) {
    const place = resolve(context.cwd, positionals[0]!)
    const isPublic = values['public'] === true
    const isReadable = isPublic || values['html'] === true
    const only = textOption(values, 'department')
    // A folder is published again as a whole: what is not in it would be missed.
    if (only !== undefined && !isReadable) {
      throw new CliError(2, '--department goes with --html or --public', 'A folder holds every department.') // prettier-ignore
    }
    await (isReadable ? requireNothing(place) : requireEmpty(place))
    const open = await openOrFillExample(context)
    const documents = await publishedDocuments(context, open, only)
    if (!isReadable) return await writeFolder(context, open, place, documents)
    const titles = documents.flatMap(({ kind, body }) => (kind === (only === undefined ? 'organisation' : 'department') ? [body.title] : [])) // prettier-ignore
    const title = titles[0] ?? only ?? open.root.organisation
    const readable = readablePages(documents, { isPublic })
    const text = drawReadable(readable, { title, day: dayOf(context.now()), isPublic })
    await makeFolder(dirname(place))
    await writeFile(place, text, { flag: 'wx' })
    context.print(`${documents.length} documents written to ${place}`)
    if (isPublic) context.print(leftOut(readable.omitted))
    return 0
  },
}

function leftOut(omitted: Readable['omitted']): string {
  const fields = omitted.flatMap((one) => one.fields)
  return `${fields.length} fields left out, named last in the file; read it through before you hand it out`
}

/** What each department has published last, or one of them. */
async function publishedDocuments(
  context: CliContext,
  open: OpenOrganisation,
  only: string | undefined,
): Promise<PlanBDocument[]> {
  const all = Object.keys(open.root.departments)
  if (only !== undefined && !all.includes(only)) {
    throw new CliError(1, `There is no department ${only}`, `There are: ${all.join(', ')}`)
  }
  const documents: PlanBDocument[] = []
  for (const department of only === undefined ? all : [only]) {
    const release = await currentRelease(open, department)
    if (!release) context.complain(`planb: ${department} has published nothing; it is left out`)
    for (const { kind, id, code } of release?.unreadable ?? []) {
      context.complain(`planb: ${department}/${kind}/${id} is left out (${code})`)
    }
    documents.push(...(release?.documents ?? []))
  }
  return documents
}

async function writeFolder(
  context: CliContext,
  open: OpenOrganisation,
  folder: string,
  documents: readonly PlanBDocument[],
): Promise<0> {
  const texts = writePlans(documents)
  for (const [path, text] of texts) {
    const file = join(folder, path)
    await makeFolder(dirname(file))
    // `wx`: the folder was empty a moment ago, and nobody's file is ever written over.
    await writeFile(file, text, { flag: 'wx' })
  }
  // What the folder is edited from: so that publishing it later undoes nobody else's change.
  await writePlansBase(folder, open.root.organisation, byDepartment(documents))
  context.print(`${texts.size} documents written to ${folder}`)
  return 0
}

function byDepartment(documents: readonly PlanBDocument[]): Map<string, PlanBDocument[]> {
  const found = new Map<string, PlanBDocument[]>()
  for (const document of documents) {
    found.set(document.department, [...(found.get(document.department) ?? []), document])
  }
  return found
}

async function requireNothing(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined)
  if (found) throw new CliError(1, `${file} is there already`, 'Name a file that is not there yet.')
}

async function requireEmpty(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') return []
    if (code === 'ENOTDIR') throw new CliError(1, `${folder} is no folder`, 'Name another place.')
    throw error
  })
  if (names.length > 0) {
    throw new CliError(1, `${folder} is not empty`, 'Name a folder that is empty or not there yet.')
  }
}
