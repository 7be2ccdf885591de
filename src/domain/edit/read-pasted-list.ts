import { sentencesOf } from '../sentences.ts'
import { cleanText } from './clean-text.ts'

/** So many characters of what is pasted are read: a hundred pages. */
export const mostCharacters = 200_000
/** And so many lines of it become steps. */
export const mostLines = 500
/** A line of a plan holds so many (see `schema/entry.ts`). */
const longest = 400

export interface PastedList {
  /** One each for a step or a line of a list: not blank, at most 400 characters, without its bullet. */
  lines: string[]
  /** How many lines were longer and became several, at the end of a sentence where there is one. */
  split: number
  /** Characters at the end that were not read, and lines that were too many. */
  cutCharacters: number
  cutLines: number
}

/**
 * The lines of a list as it is pasted from Word, Excel, a mail or a web page. Bullets, numbers and check
 * boxes go, and so does what cannot be seen. Cells of a row stand in one line, with a dash between them;
 * soft line breaks (Shift+Enter in Word, Alt+Enter in Excel) do not end a line.
 */
export function readPastedList(pasted: string): PastedList {
  const text = withoutBreaksInCells(pasted.slice(0, mostCharacters).replace(/\r\n?/g, '\n'))
  const all = text
    .split(/[\n\f\u0085\u2029]/)
    .map((line) => cleanText(withoutBullet(line.replace(/[\v\u2028]/g, ' '))))
    .filter((line) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(line))
  const divided = all.map(divide)
  const lines = divided.flat()
  return {
    lines: lines.slice(0, mostLines),
    split: divided.filter((parts) => parts.length > 1).length,
    cutCharacters: Math.max(0, pasted.length - mostCharacters),
    cutLines: Math.max(0, lines.length - mostLines),
  }
}

/** Excel puts a cell with line breaks in quotation marks, and doubles those within. */
function withoutBreaksInCells(text: string): string {
  return text.replace(
    /(^|\t)"((?:[^"]|"")*)"(?=\t|\n|$)/gm,
    (whole, before: string, cell: string) =>
      /\n|""/.test(cell) ? before + cell.replace(/\n/g, ' ').replaceAll('""', '"') : whole,
  )
}

/** Signs no sentence begins with (those of private use are Word's Symbol and Wingdings). */
const sign = String.raw`[•◦▪▫●○■□◆◇☐☑☒✓✔✗✘➢➤►▶▸‣⁃∙·§\uf000-\uf0ff]\ufe0f?\s*`
/** Signs a sentence may begin with, which are bullets when a space follows. */
const dash = String.raw`(?:[-–—*+]|\[[ xX]?\])\s+`
/** `1.` `1)` `(1)` `1.2.` `a)` `ii.`: with a space after. A capital and a full stop is somebody's initial. */
const number = String.raw`\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zåäö]|[ivx]{1,4})(?:[.:]\)?|\))\s+`
/** A cell of its own with the number, or Word's round bullet of the second level. */
const cell = String.raw`(?:\d{1,3}|o)\t\s*`
const bullet = new RegExp(`^(?:${sign}|${dash}|${number}|${cell})`)

/** A line may have several: `1.` and a check box. */
function withoutBullet(line: string): string {
  let rest = visible(line)
  for (let left = 3; left > 0 && bullet.test(rest); left--)
    rest = rest.replace(bullet, '').trimStart()
  return rest.trim().replace(/\s+/g, (space) => (space.includes('\t') ? ' – ' : ' '))
}

/** Without what would hide a bullet; tabs are still needed. */
function visible(line: string): string {
  return line
    .replace(/[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/^[\s\u00a0]+/, '')
}

function divide(line: string): string[] {
  if (line.length <= longest) return [line]
  const parts: string[] = []
  for (const sentence of sentencesOf(line).flatMap(divideSentence)) {
    const last = parts.at(-1)
    if (last !== undefined && last.length + 1 + sentence.length <= longest)
      parts[parts.length - 1] = `${last} ${sentence}`
    else parts.push(sentence)
  }
  return parts
}

/** At the last space before the limit; where there is none, at the limit, but in no character of two units. */
function divideSentence(sentence: string): string[] {
  const parts: string[] = []
  let rest = sentence
  while (rest.length > longest) {
    const space = rest.lastIndexOf(' ', longest)
    const at =
      space > 0 ? space : /[\ud800-\udbff]/.test(rest.charAt(longest - 1)) ? longest - 1 : longest
    parts.push(rest.slice(0, at).trim())
    rest = rest.slice(at).trim()
  }
  return rest === '' ? parts : [...parts, rest]
}
