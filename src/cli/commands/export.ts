import { readdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { writePlans } from '#library/write-plans.ts'
import { CliError } from '../command.ts'
import { currentRelease } from '../current-release.ts'
import { openOrFillExample } from '../fill-example.ts'
import { makeFolder } from '../make-folder.ts'
import { writePlansBase } from '../plans-base.ts'
import type { Command } from '../command.ts'
import type { PlanBDocument } from '#domain/schema/document.ts'

/** Writes what is published as a plans folder again. */
export const exportCommand: Command = {
  usage: 'export DIR',
  summary: 'write what is published as YAML to DIR, which must be empty or not there',
  options: {},
  positionals: [1, 1],

  async run(context, { positionals }) {
    const folder = resolve(context.cwd, positionals[0]!)
    await requireEmpty(folder)
    const open = await openOrFillExample(context)
    const documents: PlanBDocument[] = []
    for (const department of Object.keys(open.root.departments)) {
      const release = await currentRelease(open, department)
      if (!release) context.complain(`planb: ${department} has published nothing; it is left out`)
      for (const { kind, id, code } of release?.unreadable ?? []) {
        context.complain(`planb: ${department}/${kind}/${id} is left out (${code})`)
      }
      documents.push(...(release?.documents ?? []))
    }
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
  },
}

function byDepartment(documents: readonly PlanBDocument[]): Map<string, PlanBDocument[]> {
  const found = new Map<string, PlanBDocument[]>()
  for (const document of documents) {
    found.set(document.department, [...(found.get(document.department) ?? []), document])
  }
  return found
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
