import { fieldName } from './problem.ts'
import type { ContentFile, Finding } from './content-file.ts'
import { valueHint } from './value-hint.ts'
import { folderByKind, planPath, type FolderKind } from './plan-path.ts'
import type { PlanBDocument } from '#domain/schema/document.ts'
import { isPlainObject } from '#domain/schema/walk-schema.ts'
import { unknownFields, type FieldProblem } from '#domain/schema/unknown-fields.ts'
import { validateDocument, type DocumentProblem } from '#domain/validate-document.ts'

/** Checks a body against the schema of its kind: the document when it fits, and all that is wrong. */
export function checkBody(file: ContentFile): { document?: PlanBDocument; findings: Finding[] } {
  const { name, yaml } = file
  const validated = validateDocument({ ...name, body: yaml.value })
  const unknown = unknownFields(name.kind, yaml.value)
  const findings = unknown.map((one) => explainUnknown(one, yaml.value))
  if (validated.ok) return { document: validated.document, findings }
  const other = likelyKind(file, unknown)
  if (other !== undefined) {
    const message = `This is no ${name.kind}, but looks like a ${other}`
    const hint = `Move it to ${planPath({ ...name, kind: other })}`
    return { findings: [{ at: [], code: 'wrong-folder', message, hint }] }
  }
  return { findings: [...findings, ...validated.problems.map((one) => explain(one, yaml.value))] }
}

/** The kind a body fits without a fault, when it does not fit its own. */
function likelyKind({ name, yaml }: ContentFile, unknown: FieldProblem[]): FolderKind | undefined {
  if (!(name.kind in folderByKind) || unknown.length === 0) return undefined
  const kinds = Object.keys(folderByKind) as FolderKind[]
  return kinds.find(
    (kind) =>
      kind !== name.kind &&
      validateDocument({ ...name, kind, body: yaml.value }).ok &&
      unknownFields(kind, yaml.value).length === 0,
  )
}

function explain({ code, path, message, expected }: DocumentProblem, body: unknown): Finding {
  const where = path.length === 0 ? 'The document' : `"${fieldName(path)}"`
  const at = code === 'missing-field' ? path.slice(0, -1) : path
  const finding = { at, message: `${where} ${message}` }
  switch (code) {
    case 'missing-field':
      return { ...finding, code, hint: `Add "${String(path.at(-1))}:" here` }
    case 'wrong-type':
      return { ...finding, code, hint: typeHint(expected, valueAt(body, path)) }
    case 'bad-value':
      return { ...finding, code, hint: valueHint(message, valueAt(body, path)) }
    default:
      return { ...finding, code: 'bad-value', hint: 'Look at another document of this kind' }
  }
}

function typeHint(expected: string | undefined, value: unknown): string {
  if (value === null) return 'Write a value after the colon, or remove the field'
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    return `Put it in double quotation marks: "${value}"`
  }
  if (expected === 'string' && isPlainObject(value)) {
    return 'Put the text in double quotation marks: a colon in it made it a field'
  }
  if (expected === 'Array') return 'Write each item on a line of its own, with "- " before it'
  if (expected === 'boolean') return 'Write true or false, without quotation marks'
  if (expected === 'number') return 'Write digits without quotation marks'
  return 'Look at another document of this kind'
}

function valueAt(body: unknown, path: readonly (string | number)[]): unknown {
  let value = body
  for (const part of path) {
    value =
      typeof value === 'object' && value !== null
        ? (value as Record<string, unknown>)[part]
        : undefined
  }
  return value
}

function explainUnknown(
  { code, path, field, likely, allowed }: FieldProblem,
  body: unknown,
): Finding {
  const at = path
  const where = path.length === 1 ? '' : ` in "${fieldName(path.slice(0, -1))}"`
  // `{ text: Ring, sedan vänta }`: the comma ended the text and made the rest a field without a value.
  const cut = valueAt(body, path) === null && (/\s/.test(field) || likely === undefined)
  const choose = cut
    ? 'Put the text before it in double quotation marks: a comma within braces ends it'
    : likely === undefined
      ? `Allowed are ${allowed.join(', ')}`
      : `Did you mean "${likely}"?`
  switch (code) {
    case 'unknown-field':
      return { at, key: true, code, message: `There is no field "${field}"${where}`, hint: choose }
    case 'unknown-language':
      return {
        at,
        key: true,
        code,
        message: `Texts are not translated to "${field}"`,
        hint: choose,
      }
    case 'not-translatable':
      return translation(at, `"${field}" is no text and is not translated`, 'Remove it')
    case 'translation-of-nothing':
      return translation(
        at,
        `"${field}" is translated, but has no Swedish text`,
        'Write the Swedish text',
      )
    case 'translation-shape':
      return translation(
        at,
        `"${fieldName(path)}" must be a list where the Swedish text is one, and one text where it is one`,
        'Write it as the Swedish text is written',
      )
    case 'translation-length': {
      const message = `"${fieldName(path)}" has not as many items as the Swedish list; Swedish is shown until it has`
      return {
        ...translation(at, message, 'Translate the whole list, item by item'),
        severity: 'warning',
      }
    }
  }
}

function translation(at: Finding['at'], message: string, hint: string): Finding {
  return { at, key: true, code: 'bad-translation', message, hint }
}
