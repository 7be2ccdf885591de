/** Rows beyond this are told, not read. */
export const mostRows = 1000
/** No table of people has so many columns; what has is no table. */
const mostCells = 50
/** So many characters are read: more than a thousand rows of a table of contacts. */
const mostCharacters = 1_000_000

export interface Table {
  rows: string[][]
  /** Rows, and characters of a text beyond all measure, that were not read. */
  cutRows: number
  cutCharacters: number
}

/**
 * A text as table: tabs, semicolons or commas between cells, whichever its first rows have most of;
 * cells in quotation marks as Excel writes them (RFC 4180), a byte order mark and `sep=;` left out. Rows
 * without anything are left out too. See docs/decisions for why this is no library.
 */
export function readTable(text: string): Table {
  const read = text.slice(0, mostCharacters).replace(/^\ufeff/, '')
  const named = /^sep=(.)\r?\n/i.exec(read)
  const body = named === null ? read : read.slice(named[0].length)
  const separator = named?.[1] ?? separatorOf(body)
  const rows = cellsOf(body, separator).filter((row) => row.some((cell) => cell.trim() !== ''))
  return {
    rows: rows.slice(0, mostRows).map((row) => row.slice(0, mostCells)),
    cutRows: Math.max(0, rows.length - mostRows),
    cutCharacters: Math.max(0, text.length - mostCharacters),
  }
}

/** A tab wins: nobody types one. A Swedish Excel writes semicolons, since its numbers have commas. */
function separatorOf(text: string): string {
  const start = text.slice(0, 5000).replace(/"[^"]*"/g, '')
  if (start.includes('\t')) return '\t'
  const lines = start.split(/[\r\n]+/).filter((line) => line.trim() !== '')
  const withIt = (separator: string) => lines.filter((line) => line.includes(separator)).length
  return withIt(';') > 0 && withIt(';') >= withIt(',')
    ? ';'
    : withIt(',') > lines.length / 2
      ? ','
      : ';'
}

function cellsOf(text: string, separator: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    const { cell, end } = cellAt(text, at, separator)
    row.push(cell)
    at = end
    if (text[at] === separator) {
      at += 1
      // A separator at the very end has an empty cell after it.
      if (at === text.length) row.push('')
      continue
    }
    rows.push(row)
    row = []
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1
  }
  return row.length > 0 ? [...rows, row] : rows
}

function cellAt(text: string, start: number, separator: string): { cell: string; end: number } {
  const quoted = text[start] === '"' ? quotedAt(text, start + 1) : undefined
  const next = quoted === undefined ? undefined : text[quoted.end]
  // A quotation mark that closes in the middle of a cell belongs to its words.
  if (quoted !== undefined && (next === undefined || next === separator || /[\r\n]/.test(next)))
    return quoted
  let end = start
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r')
    end += 1
  return { cell: text.slice(start, end), end }
}

/** Up to the mark that closes it; two stand for one. Undefined when it is never closed. */
function quotedAt(text: string, start: number): { cell: string; end: number } | undefined {
  let at = start
  for (;;) {
    const mark = text.indexOf('"', at)
    if (mark < 0) return undefined
    if (text[mark + 1] !== '"')
      return { cell: text.slice(start, mark).replaceAll('""', '"'), end: mark + 1 }
    at = mark + 2
  }
}
