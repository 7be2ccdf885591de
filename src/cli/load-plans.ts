import { relative } from 'node:path'
import { sortProblems } from '#library/problem.ts'
import { readPlans } from '#library/read-plans.ts'
import { CliError } from './command.ts'
import { readPlansFolder } from './read-plans-folder.ts'
import type { CliContext } from './command.ts'
import type { DocumentOf, PlanBDocument } from '#domain/schema/document.ts'

export interface LoadedPlans {
  documents: PlanBDocument[]
  organisation: DocumentOf<'organisation'>['body']
  /** Title by department, in the order of organisation.yaml. */
  departments: { id: string; title: string }[]
}

/**
 * Reads a plans folder and checks all of it. Every problem is complained about at once, as
 * `folder/file:line:column: error: what. What to do.`
 *
 * @throws CliError when there is an error; warnings stop nothing
 */
export async function loadPlans(context: CliContext, folder: string): Promise<LoadedPlans> {
  const { texts, problems: fileProblems } = await readPlansFolder(folder)
  const { documents, problems } = readPlans(
    texts,
    fileProblems.map(({ file }) => file),
  )
  const shown = relative(context.cwd, folder) || '.'
  const name = shown.startsWith('..') ? folder : shown
  const all = sortProblems([...fileProblems, ...problems])
  for (const { file, line, column, severity, message, hint } of all) {
    context.complain(
      `${name}/${file}:${line}:${column}: ${severity}: ${message}. ${/[.?!]$/.test(hint) ? hint : `${hint}.`}`,
    )
  }
  const errors = all.filter(({ severity }) => severity === 'error').length
  if (errors > 0) {
    throw new CliError(
      1,
      `${errors === 1 ? 'one error' : `${errors} errors`} in ${name}; nothing was published`,
      'Correct what stands above, each with its file, line and column.',
    )
  }
  const organisation = documents.find(isOrganisation)
  if (!organisation) {
    throw new CliError(
      1,
      `${name} has no organisation.yaml`,
      'Name the folder that holds organisation.yaml.',
    )
  }
  const departments = organisation.body.departments.map((id) => ({
    id,
    title: documents.find((document) => isDepartment(document, id))?.body.title ?? id,
  }))
  return { documents, organisation: organisation.body, departments }
}

function isOrganisation(document: PlanBDocument): document is DocumentOf<'organisation'> {
  return document.kind === 'organisation'
}

function isDepartment(document: PlanBDocument, id: string): document is DocumentOf<'department'> {
  return document.kind === 'department' && document.department === id
}
