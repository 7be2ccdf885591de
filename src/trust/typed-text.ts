import { fromBase64url, toBase64url, type Bytes } from './bytes.ts'
import { unframe } from './framing.ts'
import { checkLength, lineLength, withCheck, type LineVerdict } from './line-code.ts'
import { TrustError } from './trust-error.ts'
import {
  alphabet,
  charactersOf,
  holds,
  readRow,
  shapeOf,
  type Row,
  type Shape,
  type TypedCharacter,
} from './typed-line.ts'
import { typedLines } from './understand-link.ts'

/** What somebody typed turned out to be, or what is wrong with it. */
export type TypedText =
  { kind: 'join' | 'restore' | 'enrolment'; payload: string } | { problems: TypedProblem[] }

export interface TypedProblem {
  /**
   * One wrong character, two neighbours that changed places, several in a line, a line that is too short or too
   * long, one that is not there, one that is there twice; `whole`: every line holds, but not all are of one paper.
   */
  kind: 'character' | 'swapped' | 'line' | 'line-length' | 'line-missing' | 'line-doubled' | 'whole'
  /** Number of the line as printed; 0 for the whole. */
  line: number
  /** From 1, counted without spaces and without the line's number; 0 where it cannot be told. */
  column: number
  /** What was typed there. */
  found: string
  /** What stands there on the paper; where it stands so already, two or more in this line are wrong. */
  suggested?: string
  /** Characters the line lacks; below 0 there are too many. */
  missing?: number
}

/** One line by itself, while it is being typed. `column` 0: more than one character is wrong. */
export type TypedLine =
  | { state: 'whole'; text: string; isLast?: boolean }
  | { state: 'short' }
  | { state: 'long' }
  | { state: 'wrong'; column: number; found: string; suggested?: string }
  | { state: 'other-line'; number: number }

const lineData = lineLength - checkLength
const kinds = { invitation: 'join', restore: 'restore', enrolment: 'enrolment' } as const

/**
 * [T80] What stands on a paper beside the QR code: the payload's bytes (of encodeInvitation, encodeRestorePayload,
 * encodeEnrolment) in Crockford's base 32, 15 a line, in groups of four, each line with its number before and
 * two check characters at its end: `01 8G0G 0TG1 …`.
 *
 * @throws TrustError base64url-malformed; RangeError more than 99 lines
 */
export function toTypedText(payload: string): string[] {
  const values = toValues(fromBase64url(payload))
  const count = Math.ceil(values.length / lineData)
  if (count > 99) throw new RangeError('more lines than anybody types')
  return Array.from({ length: count }, (_, index) => {
    const data = values.slice(index * lineData, (index + 1) * lineData)
    return printed(withCheck(data, index + 1), index + 1)
  })
}

/**
 * [T81]–[T84] Reads such lines: with or without their numbers, in any order, small letters, any spacing, o for 0,
 * i and l for 1. Nothing is put right silently, and the checksum of the frame has the last word.
 *
 * @returns undefined for another kind of text
 */
export function readTypedText(text: string): TypedText | undefined {
  const lines = text.split(/[\r\n]+/).filter((line) => charactersOf(line).length > 0)
  const typed = readRows(lines)
  // Lines that ran together, or were broken elsewhere: their lengths alone part them.
  const flowing = typed.isWhole ? typed : readRows(cutLines(charactersOf(text)))
  const best = flowing.held > typed.held || flowing.isWhole ? flowing : typed
  if (best.isWhole) return joinRows(best.rows)
  // By chance a line of something else holds once in a thousand, not most of them.
  const straight = best.rows.filter((row) => holds(row) && !row.isMoved).length
  const isOurs = typedLines.test(text) || straight * 2 > best.rows.length
  return isOurs ? { problems: problemsOf(best) } : undefined
}

/**
 * [T85] One line by itself, so that a slip is told while its line is still before one's eyes.
 *
 * @param number from 1, as printed; the text may begin with it
 * @param first text of line 1, which says how many lines there are; without it no line is known to be the last
 */
export function checkTypedLine(text: string, number: number, first?: string): TypedLine {
  const firstRow =
    first === undefined ? undefined : readRow(first, 1, { shape: undefined, isLast: false })
  const shape = firstRow && holds(firstRow) ? shapeOf(firstRow) : undefined
  const row = readRow(text, number, { shape, isLast: false })
  if (holds(row)) {
    if (row.number !== number) return { state: 'other-line', number: row.number }
    const whole = printed(
      row.characters.map(({ value }) => value!),
      number,
    )
    return { state: 'whole', text: whole, ...(shape ? { isLast: number === shape.lines } : {}) }
  }
  const count = row.characters.length
  const printedNumber = String(number).padStart(2, '0')
  // Its number has been typed as a part of it, and its last characters are still to come.
  const isUnderWay =
    count === charactersOf(text).length &&
    charactersOf(text)
      .map(({ value }) => alphabet[value ?? 31])
      .join('')
      .startsWith(printedNumber) &&
    count < row.should + printedNumber.length
  if (count < row.should || isUnderWay) return { state: 'short' }
  if (count > row.should) return { state: 'long' }
  if (row.number !== number) return { state: 'other-line', number: row.number }
  const { column, found, suggested } = lineProblem(row, row.verdict ?? { kind: 'several' })
  return { state: 'wrong', column, found, ...(suggested === undefined ? {} : { suggested }) }
}

interface Reading {
  rows: Row[]
  shape: Shape | undefined
  /** Different lines that hold. */
  held: number
  isWhole: boolean
}

function readRows(lines: readonly string[]): Reading {
  const shape = lines
    .map((line) => {
      const row = readRow(line, 1, { shape: undefined, isLast: false, most: lines.length + 1 })
      const one = shapeOf(row)
      // Put right in one character it may be another line altogether, where more are wrong.
      return one && (holds(row) || one.lines === lines.length) ? one : undefined
    })
    .find((one) => one !== undefined)
  const most = shape?.lines ?? lines.length + 1
  const rows: Row[] = []
  for (const [index, line] of lines.entries()) {
    const expected = (rows.at(-1)?.number ?? 0) + 1
    const row = readRow(line, expected, { shape, isLast: index === lines.length - 1, most })
    // A heading that was typed or photographed with them is none of the lines.
    if (row.verdict || Math.abs(row.characters.length - row.should) <= 4) rows.push(row)
  }
  const held = new Set(rows.filter(holds).map(({ number }) => number)).size
  const isWhole = held === rows.length && held === shape?.lines
  return { rows, shape, held, isWhole }
}

/** Lines out of one long run of characters. */
function cutLines(characters: readonly TypedCharacter[]): string[] {
  const text = characters.map(({ typed }) => typed).join('')
  const step = /^[0O][1IL]/.test(text) ? 2 + lineLength : lineLength
  return text.match(new RegExp(`.{1,${step}}`, 'gu')) ?? []
}

function joinRows(rows: readonly Row[]): TypedText {
  const data = rows
    .toSorted((a, b) => a.number - b.number)
    .flatMap(({ characters }) => characters.slice(0, -checkLength).map(({ value }) => value!))
  const payload = toPayload(data)
  for (const name of ['invitation', 'restore', 'enrolment'] as const) {
    try {
      unframe(name, 1, payload ?? '')
      return { kind: kinds[name], payload: payload! }
    } catch (error) {
      const code = error instanceof TrustError ? error.code : ''
      // Made by a newer app: whoever decodes it says so.
      if (code === `${name}-version`) return { kind: kinds[name], payload: payload! }
      if (code !== `${name}-kind`) break
    }
  }
  return { problems: [{ kind: 'whole', line: 0, column: 0, found: '' }] }
}

function problemsOf({ rows, shape }: Reading): TypedProblem[] {
  const seen = new Set<number>()
  const problems = rows.flatMap((row): TypedProblem[] => {
    const { number: line, verdict } = row
    const isDoubled = seen.has(line)
    seen.add(line)
    if (isDoubled) return [{ kind: 'line-doubled', line, column: 0, found: '' }]
    if (verdict?.kind === 'holds') return []
    if (verdict) return [lineProblem(row, verdict)]
    const missing = row.should - row.characters.length
    return [{ kind: 'line-length', line, column: unevenColumn(row), found: '', missing }]
  })
  const last = shape?.lines ?? Math.max(0, ...seen)
  for (let line = 1; line <= last; line++) {
    if (!seen.has(line)) problems.push({ kind: 'line-missing', line, column: 0, found: '' })
  }
  if (problems.length === 0) return [{ kind: 'whole', line: 0, column: 0, found: '' }]
  return problems.toSorted((a, b) => a.line - b.line)
}

function lineProblem({ number: line, characters }: Row, verdict: LineVerdict): TypedProblem {
  const typed = (at: number) => characters[at]?.typed ?? ''
  if (verdict.kind === 'wrong') {
    const { at, right } = verdict
    const suggested = alphabet[right]!
    return { kind: 'character', line, column: at + 1, found: typed(at), suggested }
  }
  if (verdict.kind === 'swapped') {
    const [one, two] = [typed(verdict.at), typed(verdict.at + 1)]
    const column = verdict.at + 1
    return { kind: 'swapped', line, column, found: one + two, suggested: two + one }
  }
  // What is no character of the code is wrong in any case.
  const strange = characters.findIndex(({ value }) => value === undefined)
  return { kind: 'line', line, column: strange + 1, found: typed(strange) }
}

/** Where the first group stands that has not four characters; 0 where no groups were typed. */
function unevenColumn({ groups }: Row): number {
  let column = 1
  for (const group of groups.slice(0, -1)) {
    const length = charactersOf(group).length
    if (length !== 4) return column
    column += length
  }
  return groups.length > 1 ? column : 0
}

function printed(values: readonly number[], number: number): string {
  const text = values.map((value) => alphabet[value]).join('')
  return [String(number).padStart(2, '0'), ...(text.match(/.{1,4}/g) ?? [])].join(' ')
}

/** Bytes as numbers of five bits, the last one filled up with zeros. */
function toValues(bytes: Uint8Array): number[] {
  const values: number[] = []
  let [bits, count] = [0, 0]
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff
    for (count += 8; count >= 5;) values.push((bits >> (count -= 5)) & 31)
  }
  if (count > 0) values.push((bits << (5 - count)) & 31)
  return values
}

/** The payload again; undefined where spare bits are not zero. */
function toPayload(values: readonly number[]): string | undefined {
  const bytes: Bytes = new Uint8Array(Math.floor((values.length * 5) / 8))
  let [bits, count, at] = [0, 0, 0]
  for (const value of values) {
    bits = ((bits << 5) | value) & 0xfff
    count += 5
    if (count >= 8) bytes[at++] = (bits >> (count -= 8)) & 255
  }
  return (bits & ((1 << count) - 1)) === 0 ? toBase64url(bytes) : undefined
}
