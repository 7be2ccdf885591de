import { checkLength, checkLine, lineLength, type LineVerdict } from './line-code.ts'

/** A character as typed; its value is undefined where it is none of the 32. */
export interface TypedCharacter {
  typed: string
  value: number | undefined
}

/** How many lines a paper has, and how long its last one is with the check characters. */
export interface Shape {
  lines: number
  last: number
}

/** What somebody typed as one line, read as the line it most likely is. */
export interface Row {
  number: number
  characters: TypedCharacter[]
  /** Characters a line of this number has. */
  should: number
  /** Holds, but as a line of another number than it was typed as or expected to be. */
  isMoved: boolean
  /** Undefined where the length is wrong: then nothing more can be told. */
  verdict: LineVerdict | undefined
  /** The groups as typed, without the line's number. */
  groups: string[]
}

interface RowOptions {
  shape: Shape | undefined
  isLast: boolean
  most?: number
}

/** Crockford's base 32: no I, L, O, U. */
export const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const numberLength = 2
const separator = /[^\p{L}\p{N}?*]/u
/** A number by itself at the start: "3", "03.", "O3 -" */
const numberToken = /^[^\p{L}\p{N}?*]*([0-9oil]{1,2})[^\p{L}\p{N}?*]+(?=.)/iu

/** Reads o as 0, i and l as 1, small letters; `?` and `*` stand for a character that cannot be read. */
export function charactersOf(text: string): TypedCharacter[] {
  const characters: TypedCharacter[] = []
  for (const typed of text.normalize('NFC').toUpperCase()) {
    if (separator.test(typed)) continue
    const plain = typed === 'O' ? '0' : typed === 'I' || typed === 'L' ? '1' : typed
    const value = alphabet.indexOf(plain)
    characters.push({ typed, value: value === -1 ? undefined : value })
  }
  return characters
}

/**
 * @param expected number of the line that should come here
 * @param options.isLast nothing follows: where the shape is not known, the line may be short
 * @param options.most the highest number there may be
 */
export function readRow(text: string, expected: number, options: RowOptions): Row {
  const as = (characters: TypedCharacter[], number: number, part: string): Row => {
    const read = readAs(characters, number, options)
    return { ...read, characters, groups: part.split(/\s+/).filter((group) => group !== '') }
  }
  const token = numberToken.exec(text)
  const characters = charactersOf(text)
  const plain = as(characters, expected, text)
  if (token) {
    const rest = text.slice(token[0].length)
    const numbered = as(charactersOf(rest), numberOf(charactersOf(token[1]!)), rest)
    return !holds(numbered) && holds(plain) ? plain : numbered
  }
  const own = numberOf(characters.slice(0, numberLength))
  const numbered = as(characters.slice(numberLength), own, text)
  if (own < 1 || holds(plain)) return plain
  const isLikely = own === expected && characters.length > plain.should
  return holds(numbered) || isLikely || (numbered.verdict && !plain.verdict) ? numbered : plain
}

/** What line 1 says of the whole: the frame's length stands in its bytes 3 and 4. */
export function shapeOf({ number, characters, verdict }: Row): Shape | undefined {
  if (number !== 1) return undefined
  const values = characters.map(({ value }) => value ?? 0)
  if (verdict?.kind === 'wrong') values[verdict.at] = verdict.right
  else if (verdict?.kind !== 'holds') return undefined
  // Bits 16 to 31 of five each: the characters 4 to 7.
  const bits = values.slice(3, 7).reduce((sum, value) => sum * 32 + value, 0)
  const length = Math.ceil((((bits >> 3) & 0xffff) * 8) / 5)
  const data = lineLength - checkLength
  const lines = Math.ceil(length / data)
  if (lines < 1 || lines > 99) return undefined
  return { lines, last: length - (lines - 1) * data + checkLength }
}

function readAs(
  characters: readonly TypedCharacter[],
  number: number,
  { shape, isLast, most = shape?.lines ?? 99 }: RowOptions,
): Pick<Row, 'number' | 'should' | 'isMoved' | 'verdict'> {
  const open = !shape && isLast && characters.length < lineLength
  const length = (line: number) =>
    open ? characters.length : shape?.lines === line ? shape.last : lineLength
  const should = length(number)
  const isReadable =
    number >= 1 &&
    characters.length > checkLength &&
    // A line may stand where another was expected: the last, which is shorter, too.
    [should, lineLength, shape?.last].includes(characters.length)
  const asTyped = { number, should, isMoved: false }
  if (!isReadable) return { ...asTyped, verdict: undefined }
  const verdict = checkLine(
    characters.map(({ value }) => value),
    number,
  )
  // Only the number is wrong: the line is that of the right one, and stands in its place.
  if (verdict.kind === 'number') {
    const { right } = verdict
    return right >= 1 && right <= most && characters.length === length(right)
      ? { number: right, should: length(right), isMoved: true, verdict: { kind: 'holds' } }
      : { ...asTyped, verdict: { kind: 'several' } }
  }
  if (characters.length !== should) return { ...asTyped, verdict: undefined }
  return { ...asTyped, verdict: number > most ? { kind: 'several' } : verdict }
}

export function holds(row: Row): boolean {
  return row.verdict?.kind === 'holds'
}

function numberOf(characters: readonly TypedCharacter[]): number {
  const digits = characters.map(({ value }) => alphabet[value ?? 31])
  const number = Number(digits.join(''))
  return Number.isInteger(number) ? number : 0
}
