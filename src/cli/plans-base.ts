import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { CliError } from './command.ts'
import type { DocumentKind, PlanBDocument } from '#domain/schema/document.ts'

/** In a plans folder. It holds nothing that the folder does not show; other names that begin with a dot are not read. */
export const baseFile = '.planb-base.json'

const schema = v.object({
  /** Whose plans these are: the same folder may be published to an exercise too. */
  organisation: v.string(),
  /** Bodies by department and `kind/id`. */
  departments: v.record(v.string(), v.record(v.string(), v.unknown())),
})

/** What a plans folder held when it and what is published last went together, by department. */
export type PlansBase = ReadonlyMap<string, readonly PlanBDocument[]>

/**
 * The state from which a folder was edited: as it was exported, or as it was when it was published last. With it two
 * sets of changes are told apart: those made in the folder, and those that others have published meanwhile.
 *
 * @returns empty where nobody knows; also for the folder of another organisation
 * @throws CliError when the file is there and damaged
 */
export async function readPlansBase(folder: string, organisation: string): Promise<PlansBase> {
  const file = join(folder, baseFile)
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return new Map()
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text)
  if (!parsed.success) {
    throw new CliError(
      1,
      `${file} is damaged: it says what this folder was edited from`,
      'Export to another folder with planb export and make your changes there.',
    )
  }
  if (parsed.output.organisation !== organisation) return new Map()
  return new Map(
    Object.entries(parsed.output.departments).map(([department, bodies]) => [
      department,
      Object.entries(bodies).map(([name, body]) => documentOf(department, name, body)),
    ]),
  )
}

/** Notes what a folder holds of some departments; the others stay as they are noted. */
export async function writePlansBase(
  folder: string,
  organisation: string,
  base: PlansBase,
): Promise<void> {
  const before = await readPlansBase(folder, organisation).catch(() => new Map() as PlansBase)
  const departments = Object.fromEntries(
    [...before, ...base].map(([department, documents]) => [
      department,
      Object.fromEntries(documents.map(({ kind, id, body }) => [`${kind}/${id}`, body])),
    ]),
  )
  const file = join(folder, baseFile)
  const temporary = `${file}.${process.pid}.tmp`
  await writeFile(temporary, `${JSON.stringify({ organisation, departments }, null, 1)}\n`)
  await rename(temporary, file)
}

function documentOf(department: string, name: string, body: unknown): PlanBDocument {
  const [kind = '', id = ''] = name.split('/')
  // Not parsed by its schema: it is only compared with, and was so when it was written.
  return { department, kind: kind as DocumentKind, id, body } as PlanBDocument
}
