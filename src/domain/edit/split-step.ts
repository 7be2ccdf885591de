import { isPlainObject } from '../schema/walk-schema.ts'
import { insertAt, removeAt, setAt, valueAt, type Path } from './change-at.ts'

/**
 * The body with a step, or a line of a list, divided at a place in its text (counted as a caret is, in
 * UTF-16 units). Who, where, whom to call and with which form stay with the first part; a translation of
 * the whole is one of neither part and goes. Where no step with a text stands the body is given back.
 *
 * @param path the step: the last part is its number in the list
 */
export function splitStep(body: unknown, path: Path, caret: number): unknown {
  const entry = valueAt(body, path)
  const number = path.at(-1)
  const text = isPlainObject(entry) ? entry.text : entry
  if (typeof number !== 'number' || typeof text !== 'string') return body
  const at = betweenCharacters(text, caret)
  const [first, second] = [text.slice(0, at).trim(), text.slice(at).trim()]
  const after = [...path.slice(0, -1), number + 1]
  if (!isPlainObject(entry)) return insertAt(setAt(body, path, first), after, second)
  const secrecy = valueAt(entry, ['secrecy', 'text'])
  return insertAt(setAt(body, [...path, 'text'], first), after, {
    text: second,
    // What was secret as a whole is secret in each part.
    ...(secrecy === undefined ? {} : { secrecy: { text: secrecy } }),
  })
}

/** A place within the text, and never within a character of two units. */
function betweenCharacters(text: string, caret: number): number {
  const at = Math.max(0, Math.min(text.length, Math.trunc(caret) || 0))
  return /^[\udc00-\udfff]/.test(text.slice(at)) && /[\ud800-\udbff]$/.test(text.slice(0, at))
    ? at - 1
    : at
}

/** A field that the two steps had different words in: those of the first are kept. */
export interface DroppedField {
  field: string
  kept: unknown
  dropped: unknown
}

/**
 * The body with a step and the one after it made one: texts joined as sentences, calls of both, whatever
 * only one of them has. What cannot be united is the first one's, and is told. Lines of a list are joined
 * likewise. Where there are not two such entries the body is given back.
 *
 * @param path the first of the two
 */
export function mergeSteps(body: unknown, path: Path): { body: unknown; dropped: DroppedField[] } {
  const number = path.at(-1)
  const unchanged = { body, dropped: [] }
  if (typeof number !== 'number') return unchanged
  const after = [...path.slice(0, -1), number + 1]
  const [first, second] = [valueAt(body, path), valueAt(body, after)]
  if (typeof first === 'string' && typeof second === 'string') {
    return { body: setAt(removeAt(body, after), path, joined(first, second)), dropped: [] }
  }
  if (!isPlainObject(first) || !isPlainObject(second)) return unchanged
  const dropped: DroppedField[] = []
  const step = united(first, second, dropped)
  return { body: setAt(removeAt(body, after), path, step), dropped }
}

function united(
  first: Record<string, unknown>,
  second: Record<string, unknown>,
  dropped: DroppedField[],
): Record<string, unknown> {
  const fields = [...new Set([...Object.keys(first), ...Object.keys(second)])]
  const values = fields.map((field): [string, unknown] => {
    const [one, other] = [valueAt(first, [field]), valueAt(second, [field])]
    if (field === 'translations') return [field, unitedTranslations(one, other)]
    if (one === undefined || other === undefined) return [field, one ?? other]
    if (field === 'text' && typeof one === 'string' && typeof other === 'string') {
      return [field, joined(one, other)]
    }
    if (Array.isArray(one) && Array.isArray(other)) return [field, [...new Set([...one, ...other])]]
    if (field === 'secrecy' && isPlainObject(one) && isPlainObject(other)) {
      return [field, { ...other, ...one }]
    }
    if (JSON.stringify(one) !== JSON.stringify(other))
      dropped.push({ field, kept: one, dropped: other })
    return [field, one]
  })
  return Object.fromEntries(values.filter(([, value]) => value !== undefined))
}

/** Texts in the languages both have; other fields hold for the Swedish ones, which are the first one's. */
function unitedTranslations(one: unknown, other: unknown): unknown {
  if (!isPlainObject(one) && !isPlainObject(other)) return undefined
  const languages = [one, other].flatMap((texts) =>
    isPlainObject(texts) ? Object.keys(texts) : [],
  )
  const united = [...new Set(languages)].map((language): [string, Record<string, unknown>] => {
    const [left, right] = [valueAt(one, [language]), valueAt(other, [language])]
    const texts = { ...(isPlainObject(right) ? right : {}), ...(isPlainObject(left) ? left : {}) }
    const both = [valueAt(left, ['text']), valueAt(right, ['text'])]
    delete texts.text
    const isJoined = both.every((text) => typeof text === 'string' && text.trim() !== '')
    return [
      language,
      isJoined ? { ...texts, text: joined(String(both[0]), String(both[1])) } : texts,
    ]
  })
  const written = united.filter(([, texts]) => Object.keys(texts).length > 0)
  return written.length > 0 ? Object.fromEntries(written) : undefined
}

/** Two texts as sentences: a full stop between them where the first has no mark at its end. */
function joined(first: string, second: string): string {
  const [one, other] = [first.trim(), second.trim()]
  if (one === '' || other === '') return one + other
  return /[.!?:;,…–—-]["”»)]?$/u.test(one) ? `${one} ${other}` : `${one}. ${other}`
}
