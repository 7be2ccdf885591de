import { likelyWord } from '#domain/edit-distance.ts'
import { commonDepartment } from '#domain/schema/document.ts'
import { isPlainObject } from '#domain/schema/walk-schema.ts'
import { toProblem, type ContentFile } from './content-file.ts'
import { folderByKind, isUnread } from './plan-path.ts'
import type { Problem } from './problem.ts'

/** Checks what only all files together show: departments and their folders, serial prefixes, titles. */
export function checkOrganisation(
  files: readonly ContentFile[],
  unread: ReadonlySet<string>,
): Problem[] {
  return [...checkDepartments(files, unread), ...checkSerialPrefixes(files), ...checkTitles(files)]
}

function checkDepartments(files: readonly ContentFile[], unread: ReadonlySet<string>): Problem[] {
  const problems: Problem[] = []
  const paths = new Set(files.map(({ path }) => path))
  const missing = (file: string, message: string): void => {
    if (isUnread(file, unread)) return
    const hint = 'Add the file'
    problems.push({
      file,
      line: 1,
      column: 1,
      code: 'missing-file',
      severity: 'error',
      message,
      hint,
    })
  }
  const organisation = files.find(({ name }) => name.kind === 'organisation')
  if (organisation === undefined) missing('organisation.yaml', 'There is no organisation.yaml')
  const listed = listedDepartments(organisation)
  const first = firstFiles(files)
  for (const [department, file] of first) {
    if (!paths.has(`${department}/department.yaml`)) {
      missing(
        `${department}/department.yaml`,
        `The department "${department}" has no department.yaml`,
      )
    }
    if (listed === undefined || listed.includes(department)) continue
    const likely = likelyWord(department, listed)
    problems.push(
      toProblem(file, {
        at: [],
        code: 'unknown-department',
        message: `organisation.yaml lists no department "${department}"`,
        hint:
          likely === undefined
            ? 'Add it to "departments" in organisation.yaml, or remove the folder'
            : `Did you mean the folder "${likely}"? Else add it to "departments" in organisation.yaml`,
      }),
    )
  }
  for (const [index, department] of (listed ?? []).entries()) {
    if (organisation === undefined || first.has(department)) continue
    if (isUnread(`${department}/department.yaml`, unread)) continue
    problems.push(
      toProblem(organisation, {
        at: ['departments', index],
        code: 'unknown-department',
        message: `The department "${department}" has no folder`,
        hint: 'Add the folder with its department.yaml, or remove it here',
      }),
    )
  }
  return problems
}

/** The first file of each department's folder. */
function firstFiles(files: readonly ContentFile[]): Map<string, ContentFile> {
  const first = new Map<string, ContentFile>()
  for (const file of files) {
    const inFolder = file.path.includes('/')
    if (inFolder && !first.has(file.name.department)) first.set(file.name.department, file)
  }
  return first
}

function listedDepartments(organisation: ContentFile | undefined): string[] | undefined {
  const body = organisation?.yaml.value
  if (!isPlainObject(body) || !Array.isArray(body.departments)) return undefined
  const listed = body.departments.filter((id) => typeof id === 'string')
  return listed.includes(commonDepartment) ? listed : [...listed, commonDepartment]
}

/** Two forms with one prefix would give two sheets the same serial number. */
function checkSerialPrefixes(files: readonly ContentFile[]): Problem[] {
  const pathByPrefix = new Map<string, string>()
  const problems: Problem[] = []
  for (const file of files) {
    if (file.document?.kind !== 'form') continue
    const { serialPrefix } = file.document.body
    const earlier = pathByPrefix.get(serialPrefix)
    if (earlier === undefined) pathByPrefix.set(serialPrefix, file.path)
    else {
      problems.push(
        toProblem(file, {
          at: ['serialPrefix'],
          code: 'duplicate-id',
          message: `The serial prefix "${serialPrefix}" is taken by ${earlier}`,
          hint: 'Choose other letters',
        }),
      )
    }
  }
  return problems
}

/** Kinds of which a department has several, each with a title that people choose by. */
const titledKinds: ReadonlySet<string> = new Set(Object.keys(folderByKind))

/** Two of a kind under one title look the same in every list: often one is an old copy. */
function checkTitles(files: readonly ContentFile[]): Problem[] {
  const pathByTitle = new Map<string, string>()
  const problems: Problem[] = []
  for (const file of files) {
    const { kind, department } = file.name
    if (file.document === undefined || !titledKinds.has(kind)) continue
    const { title } = file.document.body
    const key = `${department}/${kind}/${title.toLowerCase().replaceAll(/\s+/g, ' ').trim()}`
    const earlier = pathByTitle.get(key)
    if (earlier === undefined) pathByTitle.set(key, file.path)
    else {
      problems.push(
        toProblem(file, {
          at: ['title'],
          code: 'duplicate-title',
          severity: 'warning',
          message: `${earlier} has the same title; staff see both and cannot tell them apart`,
          hint: 'Remove the one that is no longer used, or give one another title',
        }),
      )
    }
  }
  return problems
}
