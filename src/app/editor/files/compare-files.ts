import type { DocumentKind, PlanBDocument } from '#domain/schema/document.ts'
import { documentName } from '#domain/schema/document.ts'
import { readPlans } from '#library/read-plans.ts'
import { sortProblems, type Problem } from '#library/problem.ts'
import { diffFields } from '#release/diff.ts'
import type { GivenFiles } from './read-files.ts'

/** One document of the files, beside what is published. */
export interface FileDocument {
  name: string
  department: string
  kind: DocumentKind
  title: string
  body: unknown
  state: 'new' | 'changed' | 'same'
  /** It is being written on this phone already: taking it in puts it in the draft's place. */
  hasDraft: boolean
  /** Whether this person may publish its department. */
  isAllowed: boolean
}

export interface ComparedFiles {
  documents: FileDocument[]
  /** What is wrong in the files. What is wrong with one document does not keep others out. */
  problems: Problem[]
}

/**
 * What the files hold, compared with what is published. Files need not be a whole folder: what they point at may be
 * here already, so references are looked at when it is published, not now.
 */
export function compareFiles(
  given: GivenFiles,
  here: {
    published: readonly PlanBDocument[]
    drafts: readonly string[]
    departments: readonly string[]
  },
): ComparedFiles {
  const { documents, problems } = readPlans(
    given.texts,
    given.unreadable.map(({ file }) => file),
  )
  const bodies = new Map<string, unknown>(
    here.published.map((document) => [documentName(document), document.body]),
  )
  const compared = documents.map((document): FileDocument => {
    const name = documentName(document)
    const before = bodies.get(name)
    const isSame = bodies.has(name) && diffFields(before, document.body).length === 0
    const { title } = document.body as { title?: string }
    return {
      name,
      department: document.department,
      kind: document.kind,
      title: title ?? document.id,
      body: document.body,
      state: !bodies.has(name) ? 'new' : isSame ? 'same' : 'changed',
      hasDraft: here.drafts.includes(name),
      isAllowed: here.departments.includes(document.department),
    }
  })
  const told = [...given.unreadable, ...problems].filter(({ code }) => !elsewhere.has(code))
  return { documents: compared, problems: sortProblems(told) }
}

/** Problems of a folder that is not whole: they say nothing about files that are taken in beside others. */
const elsewhere: ReadonlySet<Problem['code']> = new Set([
  'missing-file',
  'unknown-department',
  'not-published',
  'dangling-reference',
  'foreign-reference',
  'unknown-system',
])
