import type { PlanBDocument } from '#domain/schema/document.ts'
import type { WalkedValue } from '#domain/schema/walk-schema.ts'
import type { PlanName } from './plan-path.ts'
import type { Problem, ProblemCode } from './problem.ts'
import type { YamlText } from './read-yaml.ts'

/** A file whose place says which document it is. */
export interface ContentFile {
  path: string
  name: PlanName
  yaml: YamlText
  /** Every value the schema of its kind knows, for the checks to look through. */
  values: readonly WalkedValue[]
  /** Undefined when its body does not fit the schema. */
  document?: PlanBDocument
}

/** What a check found in a file, at a place in its body. */
export interface Finding {
  at: readonly (string | number)[]
  code: ProblemCode
  message: string
  hint: string
  severity?: 'error' | 'warning'
  /** Point at the key rather than at the value. */
  key?: boolean
}

/** The finding as a problem, with line and column. */
export function toProblem(file: ContentFile, finding: Finding): Problem {
  const { at, code, message, hint, severity = 'error', key = false } = finding
  const place = key ? file.yaml.placeOfKey(at) : file.yaml.placeOf(at)
  return { file: file.path, ...place, code, severity, message, hint }
}
