import { isPlainObject } from '#domain/schema/walk-schema.ts'
import { ownValue, sameJson } from '#trust/json.ts'
import type { FieldConflict } from './merge.ts'
import type { Sides } from './merge-values.ts'

type Path = readonly (string | number)[]
type Merge = (sides: Sides, path: Path, conflicts: FieldConflict[]) => unknown
/** The objects the translations stand in, and what their other fields were merged to, which of them in conflict. */
type Holders = Record<keyof Sides | 'merged', Record<string, unknown>> & {
  collides: ReadonlySet<string>
}

/**
 * [R76] [R77] Merges `translations` field by field. A translation holds for the Swedish text it was made
 * of: where that text is now the other's, it is a conflict. The lines of a list follow their Swedish
 * lines.
 */
export function mergeTranslations(
  sides: Sides,
  holders: Holders,
  merge: Merge,
  path: Path,
  conflicts: FieldConflict[],
): unknown {
  const { base, mine, theirs } = sides
  const all = [base, mine, theirs]
  if (!all.every((one) => one === undefined || isPlainObject(one))) {
    return merge(sides, path, conflicts)
  }
  const languages = keysOf(mine, theirs).map((language): [string, unknown] => {
    const texts = {
      base: at(base, language),
      mine: at(mine, language),
      theirs: at(theirs, language),
    }
    const place = [...path, language]
    if (
      ![texts.base, texts.mine, texts.theirs].every(
        (one) => one === undefined || isPlainObject(one),
      )
    ) {
      return [language, merge(texts, place, conflicts)]
    }
    const fields = keysOf(texts.mine, texts.theirs).map((field): [string, unknown] => [
      field,
      mergeText(
        {
          base: at(texts.base, field),
          mine: at(texts.mine, field),
          theirs: at(texts.theirs, field),
        },
        {
          base: at(holders.base, field),
          mine: at(holders.mine, field),
          theirs: at(holders.theirs, field),
          merged: at(holders.merged, field),
          collides: holders.collides.has(field),
        },
        merge,
        [...place, field],
        conflicts,
      ),
    ])
    return [language, withoutAbsent(fields, texts.mine !== undefined && texts.theirs !== undefined)]
  })
  return withoutAbsent(languages, mine !== undefined && theirs !== undefined)
}

/** The fields that are there; undefined where none is, unless both sides have an object here. */
function withoutAbsent(fields: [string, unknown][], keepEmpty: boolean): unknown {
  const there = fields.filter(([, value]) => value !== undefined)
  return there.length > 0 || keepEmpty ? Object.fromEntries(there) : undefined
}

interface Swedish extends Sides {
  merged: unknown
  /** Both changed it, each in another way. */
  collides: boolean
}

function mergeText(
  translation: Sides,
  swedish: Swedish,
  merge: Merge,
  path: Path,
  conflicts: FieldConflict[],
): unknown {
  const { base, mine, theirs } = translation
  if (sameJson(mine, theirs)) return mine
  // Who alone changed it knew the Swedish text that holds now, or took the translation away.
  const knew = (side: 'mine' | 'theirs', other: 'mine' | 'theirs') =>
    translation[side] === undefined ||
    [swedish[side], swedish.base].some((text) => sameJson(text, swedish[other]))
  if (sameJson(base, theirs) && knew('mine', 'theirs')) return mine
  if (sameJson(base, mine) && knew('theirs', 'mine')) return theirs
  if (
    isTextList(swedish.merged) &&
    (inStep(swedish.mine, mine) || inStep(swedish.theirs, theirs))
  ) {
    return mergeLines(translation, { ...swedish, merged: swedish.merged }, merge, path, conflicts)
  }
  conflicts.push({ path: [...path], base, mine, theirs })
  return mine
}

/** The translated line of each merged Swedish line, from whoever has that Swedish line. */
function mergeLines(
  translation: Sides,
  swedish: Swedish & { merged: string[] },
  merge: Merge,
  path: Path,
  conflicts: FieldConflict[],
): unknown {
  const take = {
    base: takerOf(swedish.base, translation.base),
    mine: takerOf(swedish.mine, translation.mine),
    theirs: takerOf(swedish.theirs, translation.theirs),
  }
  const found: FieldConflict[] = []
  const lines: unknown[] = []
  const theirLines: unknown[] = []
  for (const line of swedish.merged) {
    const sides = { base: take.base(line), mine: take.mine(line), theirs: take.theirs(line) }
    // A side that has not the Swedish line has nothing to say of its translation.
    const isMineAlone = sides.theirs === undefined
    const isTheirsAlone = sides.mine === undefined
    const before = found.length
    const merged = isMineAlone
      ? sides.mine
      : isTheirsAlone
        ? sides.theirs
        : merge(sides, path, found)
    lines.push(merged ?? '')
    theirLines.push((found.length > before ? sides.theirs : merged) ?? '')
  }
  // What somebody wrote whose Swedish line is gone is shown after the others: nobody is shown such a list
  // in place of the Swedish one, since it is longer.
  const seen = new Set([...lines, ...theirLines, ...linesOf(translation.base), ''])
  const unseen = (side: unknown) => linesOf(side).filter((line) => !seen.has(line))
  const mine = [...lines, ...unseen(translation.mine)]
  const theirs = [...theirLines, ...unseen(translation.theirs)]
  const isSeen = mine.length === lines.length && theirs.length === lines.length
  if (swedish.collides || found.length > 0 || !isSeen) {
    conflicts.push({ path: [...path], base: translation.base, mine, theirs })
  }
  return lines.every((line) => line === '') ? undefined : lines
}

/** Gives the translation of a Swedish line, of equal lines one after the other; undefined when the list has no such line. */
function takerOf(swedish: unknown, lines: unknown): (line: string) => unknown {
  const byLine = new Map<unknown, unknown[]>()
  const translated = inStep(swedish, lines) && Array.isArray(lines) ? lines : []
  for (const [index, line] of (Array.isArray(swedish) ? swedish : []).entries()) {
    byLine.set(line, [...(byLine.get(line) ?? []), translated[index] ?? ''])
  }
  return (line) => byLine.get(line)?.shift()
}

/** Lists out of step are shown to nobody (see `translate.ts`): which line belongs to which is not known. */
function inStep(swedish: unknown, lines: unknown): boolean {
  return Array.isArray(swedish) && Array.isArray(lines) && swedish.length === lines.length
}

function linesOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value]
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((line) => typeof line === 'string')
}

function at(value: unknown, field: string): unknown {
  return isPlainObject(value) ? ownValue(value, field) : undefined
}

function keysOf(...values: unknown[]): string[] {
  return [...new Set(values.flatMap((value) => (isPlainObject(value) ? Object.keys(value) : [])))]
}
