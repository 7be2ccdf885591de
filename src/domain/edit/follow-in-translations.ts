import { isPlainObject } from '../schema/walk-schema.ts'

/**
 * The `translations` of an object after one of its Swedish texts changed, so that no reader is shown a
 * translation of something else:
 *
 * - the translation of a text that changed is dropped; readers see the Swedish one until it is
 *   translated again (the published version keeps the old one);
 * - the translated lines of a list follow their Swedish lines, wherever those were moved; a line that is
 *   new or changed has a blank translation, which readers see in Swedish;
 * - a translated list that had another length than the Swedish one was shown to nobody, and is dropped.
 *
 * Gives `after` itself where there is nothing to follow.
 */
export function followInTranslations(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  field: string,
): Record<string, unknown> {
  const { translations } = after
  if (!Object.hasOwn(after, 'translations') || !isPlainObject(translations)) return after
  if (
    !Object.values(translations).some(
      (texts) => isPlainObject(texts) && Object.hasOwn(texts, field),
    )
  )
    return after
  const old = Object.hasOwn(before, field) ? before[field] : undefined
  const swedish = Object.hasOwn(after, field) ? after[field] : undefined
  if (old === swedish) return after
  const followed = Object.entries(translations).map(([language, texts]): [string, unknown] => {
    if (!isPlainObject(texts) || !Object.hasOwn(texts, field)) return [language, texts]
    const kept = linesFollowing(old, swedish, texts[field])
    const others = Object.entries(texts).filter(([name]) => name !== field)
    return [language, Object.fromEntries(kept ? [...others, [field, kept]] : others)]
  })
  const written = followed.filter(
    ([, texts]) => !isPlainObject(texts) || Object.keys(texts).length > 0,
  )
  const rest = Object.entries(after).filter(([name]) => name !== 'translations')
  return Object.fromEntries(
    written.length > 0 ? [...rest, ['translations', Object.fromEntries(written)]] : rest,
  )
}

/** The translated lines in the order of the Swedish ones they belong to; undefined when none is left. */
function linesFollowing(old: unknown, swedish: unknown, lines: unknown): unknown[] | undefined {
  if (!Array.isArray(old) || !Array.isArray(swedish) || !Array.isArray(lines)) return undefined
  if (old.length !== lines.length) return undefined
  const linesByText = new Map<unknown, unknown[]>()
  for (const [index, text] of old.entries()) {
    linesByText.set(text, [...(linesByText.get(text) ?? []), lines[index]])
  }
  const followed = swedish.map((text: unknown) => linesByText.get(text)?.shift() ?? '')
  return followed.some((line) => line !== '') ? followed : undefined
}
