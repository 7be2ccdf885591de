import { isFictionalNumber, numbersInText, formatPhoneNumber } from '#domain/phone-number.ts'
import { isPlainObject, isTranslatable, schemaPart } from '#domain/schema/walk-schema.ts'
import { minutesOf, phoneNumber } from '#domain/schema/values.ts'
import type { ContentFile, Finding } from './content-file.ts'
import { fieldName } from './problem.ts'

/** The last row of the list of what went down in the reports. */
export const lastAnswerRow = 49

/** Checks within one file that no schema can make: ids, rows, order of times. */
export function checkValues({ values, document }: ContentFile): Finding[] {
  const findings: Finding[] = []
  for (const { value, path } of values) {
    if (!Array.isArray(value)) continue
    findings.push(...duplicateIds(value, path))
    if (path.at(-1) === 'answers') findings.push(...answerRows(value, path))
    if (path.at(-1) === 'systems') findings.push(...duplicateEntries(value, path))
  }
  if (document?.kind === 'rota') {
    for (const [index, { from, to }] of document.body.entries.entries()) {
      if (Date.parse(to) > Date.parse(from)) continue
      findings.push(wrongOrder(['entries', index, 'to'], '"to" is not later than "from"'))
    }
  }
  if (document?.kind === 'situation') {
    const { since, ended } = document.body
    if (ended !== undefined && Date.parse(ended) < Date.parse(since)) {
      findings.push(wrongOrder(['ended'], '"ended" is earlier than "since"'))
    }
  }
  if (document?.kind === 'plan' && minutesOf(document.body.rto) > minutesOf(document.body.mtpd)) {
    findings.push(wrongOrder(['rto'], '"rto" is longer than "mtpd"'))
  }
  return findings
}

function wrongOrder(at: Finding['at'], message: string): Finding {
  return { at, code: 'wrong-order', message, hint: 'Change one of them' }
}

function duplicateIds(items: unknown[], path: (string | number)[]): Finding[] {
  const firstById = new Map<string, number>()
  const findings: Finding[] = []
  for (const [index, item] of items.entries()) {
    if (!isPlainObject(item) || typeof item.id !== 'string') continue
    const first = firstById.get(item.id)
    if (first === undefined) firstById.set(item.id, index)
    else {
      const message = `The id "${item.id}" stands twice in "${fieldName(path)}" (already as number ${first + 1})`
      findings.push({
        at: [...path, index, 'id'],
        code: 'duplicate-id',
        message,
        hint: 'Give one of them another id',
      })
    }
  }
  return findings
}

function answerRows(rows: unknown[], path: (string | number)[]): Finding[] {
  const unknown = [...rows.entries()].filter(
    ([, row]) => typeof row === 'number' && Number.isInteger(row) && row > lastAnswerRow,
  )
  return [
    ...unknown.map(([index, row]): Finding => {
      const message = `There is no row ${String(row)}: "answers" names rows 1–${lastAnswerRow}`
      return {
        at: [...path, index],
        code: 'unknown-answer-row',
        message,
        hint: 'Correct or remove it',
      }
    }),
    ...duplicateEntries(rows, path),
  ]
}

function duplicateEntries(items: unknown[], path: (string | number)[]): Finding[] {
  return [...items.entries()]
    .filter(([index, item]) => typeof item !== 'object' && items.indexOf(item) < index)
    .map(([index, item]) => ({
      at: [...path, index],
      code: 'duplicate-entry',
      severity: 'warning',
      message: `"${String(item)}" stands twice in "${fieldName(path)}"`,
      hint: 'Remove one of them',
    }))
}

/**
 * In an example organisation: every number, in its fields and written out in texts and translations, must
 * be one of those reserved for fiction. Somebody may call it.
 */
export function checkExampleNumbers({ values }: ContentFile): Finding[] {
  const findings: Finding[] = []
  const add = (at: (string | number)[], written: string): void => {
    findings.push({
      at,
      code: 'real-number',
      message: `${written} may be somebody's real number; this organisation is an example`,
      hint: 'Take one reserved for fiction, for example +46701740605 to +46701740699',
    })
  }
  const phone = schemaPart(phoneNumber)
  for (const { part, value, path } of values) {
    if (typeof value === 'string') {
      if (part === phone) {
        if (/^\+[0-9]+$/.test(value) && !isFictionalNumber(value))
          add(path, formatPhoneNumber(value))
      } else if (isTranslatable(part)) {
        for (const written of realNumbers(value)) add(path, written)
      }
    } else if (isPlainObject(value)) {
      for (const [at, text] of textsIn(value.translations, [...path, 'translations'])) {
        for (const written of realNumbers(text)) add(at, written)
      }
    }
  }
  return findings
}

function realNumbers(text: string): string[] {
  return numbersInText(text)
    .filter(({ number }) => !isFictionalNumber(number))
    .map(({ written }) => written)
}

function* textsIn(
  value: unknown,
  path: (string | number)[],
): Generator<[(string | number)[], string]> {
  if (typeof value === 'string') yield [path, value]
  else if (Array.isArray(value)) {
    for (const [index, one] of value.entries()) yield* textsIn(one, [...path, index])
  } else if (isPlainObject(value)) {
    for (const [key, one] of Object.entries(value)) yield* textsIn(one, [...path, key])
  }
}
