import { parsePhoneNumber } from '../phone-number.ts'

/** What a column of a table of contacts can be. */
export type ContactField =
  'title' | 'number' | 'second' | 'hours' | 'for' | 'organisation' | 'address' | 'short'

/** Beginnings of words in a header, Swedish and English; the first field that fits is taken. */
const words: readonly (readonly [field: ContactField | 'unused', begins: RegExp])[] = [
  ['unused', /e-?post|e-?mail|mejl|^id$|^nr$|^#$/i],
  ['second', /andra|reserv|alternativ|extra|second|other|backup|(tel|nummer|mobil|phone|number).*2/i],
  ['number', /tele|nummer|^tel|mobil|phone|number|direkt|jour(nr|num)/i],
  ['hours', /tid|öppet|bemann|hours|open|när/i],
  ['short', /kort|short/i],
  ['address', /adress|address/i],
  ['organisation', /organisation|företag|förvaltning|enhet|verksamhet|avdelning|leverantör|company|unit|department|supplier|^org/i],
  ['for', /gäller|ärende|avser|vad|anteckn|kommentar|beskriv|notes?|^for$|comment|descr/i],
  ['title', /funktion|namn|titel|roll|befattning|kontakt|vem|name|title|function|role|contact/i],
] // prettier-ignore

/** Whether a row names the columns: it has words of a header and no number in it. */
export function isHeader(row: readonly string[]): boolean {
  const named = row.filter((cell) => fieldNamed(cell) !== undefined).length
  const numbers = row.filter((cell) => parsePhoneNumber(cell).ok).length
  return named > 0 && numbers === 0 && row.every((cell) => cell.trim().length <= 40)
}

/**
 * Which column is what: by its name, else by what stands in it. Each field once; what is told apart by
 * nothing is undefined.
 */
export function contactColumns(
  header: readonly string[] | undefined,
  rows: readonly (readonly string[])[],
): (ContactField | undefined)[] {
  const width = Math.max(header?.length ?? 0, ...rows.slice(0, 50).map((row) => row.length))
  const columns = Array.from<ContactField | undefined>({ length: width })
  const unused = new Set<number>()
  const take = (place: number, field: ContactField): void => {
    const free = field === 'number' && columns.includes('number') ? 'second' : field
    if (!columns.includes(free)) columns[place] = free
  }
  for (const [place, cell] of (header ?? []).entries()) {
    const field = fieldNamed(cell)
    if (field === 'unused') unused.add(place)
    else if (field !== undefined) take(place, field)
  }
  for (const place of columns.keys()) {
    if (columns[place] !== undefined || unused.has(place)) continue
    const cells = rows.slice(0, 50).map((row) => row[place]?.trim() ?? '').filter((cell) => cell !== '') // prettier-ignore
    const field = fieldBy(cells)
    if (field !== undefined) take(place, field)
  }
  return columns
}

function fieldNamed(cell: string): ContactField | 'unused' | undefined {
  const name = cell.trim()
  return name === '' ? undefined : words.find(([, begins]) => begins.test(name))?.[0]
}

function fieldBy(cells: readonly string[]): ContactField | undefined {
  const most = (fits: (cell: string) => boolean) => cells.filter(fits).length > cells.length / 2
  if (cells.length === 0) return undefined
  if (most((cell) => parsePhoneNumber(cell).ok || isScientific(cell))) return 'number'
  if (most((cell) => cell.includes('@'))) return undefined
  if (most((cell) => /\d{1,2}([.:]\d{2})?\s?[–-]\s?\d{1,2}|dygnet|vardag/i.test(cell)))
    return 'hours'
  return most((cell) => /\p{L}{2}/u.test(cell)) ? 'title' : undefined
}

/** A long number as Excel shows it: its last digits are gone. */
export function isScientific(cell: string): boolean {
  return /^\d([.,]\d+)?E\+?\d+$/i.test(cell.trim())
}
