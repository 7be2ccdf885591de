import { documentSchemas, type PlanBDocument } from '#domain/schema/document.ts'
import { isPlainObject, schemaPart, walkSchema } from '#domain/schema/walk-schema.ts'
import { checkBody } from './check-body.ts'
import { checkOrganisation } from './check-organisation.ts'
import { checkPhoneTree } from './check-phone-tree.ts'
import { checkReferences, findTargets } from './check-references.ts'
import { checkExampleNumbers, checkValues } from './check-values.ts'
import { toProblem, type ContentFile } from './content-file.ts'
import { parsePlanPath } from './plan-path.ts'
import { sortProblems, type Problem } from './problem.ts'
import { readYaml } from './read-yaml.ts'

export interface ReadPlans {
  /** Those that fit their schema, in the order of the files; publish them only when no problem is an error. */
  documents: PlanBDocument[]
  /** Everything that is wrong, in the order of files and lines. */
  problems: Problem[]
}

/**
 * Reads a content folder (DESIGN, "Content in plans/"): YAML texts by path within it, with forward slashes
 * (`hemtjanst/routines/tes.yaml`). Every problem of every file is told at once. Never throws for
 * anything a file holds. Whoever walks the folder tells what cannot be given as text by `fileProblem`, and
 * names it here: what other files point at in it is then not told again for each of them.
 *
 * @param unreadable paths of files and folders that are there, but whose text could not be given
 */
export function readPlans(
  files: ReadonlyMap<string, string>,
  unreadable: Iterable<string> = [],
): ReadPlans {
  const problems: Problem[] = []
  const read: ContentFile[] = []
  for (const [path, text] of files) {
    const place = parsePlanPath(path)
    if (!place.ok) {
      if (place.ignored) continue
      const { code, severity = 'error', message, hint } = place
      problems.push({ file: path, line: 1, column: 1, code, severity, message, hint })
      continue
    }
    const yaml = readYaml(path, text)
    problems.push(...yaml.problems)
    const values = walkSchema(schemaPart(documentSchemas[place.name.kind]), yaml.value)
    read.push({ path, name: place.name, yaml, values })
  }
  const isExample = read.some(
    ({ name, yaml }) =>
      name.kind === 'organisation' && isPlainObject(yaml.value) && yaml.value.example === true,
  )
  const unread = new Set([
    ...unreadable,
    ...read.filter(({ yaml }) => yaml.value === undefined).map(({ path }) => path),
  ])
  const targets = findTargets(read, unread)
  for (const file of read) {
    if (file.yaml.value === undefined) continue
    const { document, findings } = checkBody(file)
    if (document !== undefined) file.document = document
    findings.push(...checkValues(file), ...checkReferences(file, targets))
    if (isExample) findings.push(...checkExampleNumbers(file))
    if (document?.kind === 'phone-tree') findings.push(...checkPhoneTree(document.body))
    problems.push(...findings.map((finding) => toProblem(file, finding)))
  }
  problems.push(...checkOrganisation(read, unread))
  return {
    documents: read.map(({ document }) => document).filter((document) => document !== undefined),
    problems: sortProblems(problems),
  }
}
