import { numbersInText, parsePhoneNumber, type PhoneNumberProblem } from '../phone-number.ts'
import { cleanText } from './clean-text.ts'
import { contactColumns, isHeader, isScientific, type ContactField } from './contact-columns.ts'
import { newId } from './new-id.ts'
import { readTable, type Table } from './read-table.ts'

/** A row as contact; without a number where none could be read, so that somebody can write it. */
export type PastedContact = { id: string; title: string; row: number } & Partial<
  Record<Exclude<ContactField, 'title'>, string>
>

export interface RowProblem {
  /** As counted in the table, the first is 1; empty rows do not count. */
  row: number
  code:
    | 'no-title'
    /** Nothing in the column of numbers. */
    | 'no-number'
    | Exclude<PhoneNumberProblem, 'empty'>
    /** `4,67017E+10`: Excel has thrown the last digits away; they must be looked up again. */
    | 'scientific'
    /** A first zero that a spreadsheet took was put back; worth a look. */
    | 'zero-restored'
    /** The same title and number as an earlier row: left out. */
    | 'twice'
    /** The same number as an earlier row under another title: both are kept. */
    | 'number-again'
    /** Longer than a line of a plan: cut. */
    | 'text-cut'
  /** What stood there. */
  value: string
}

export interface PastedContacts extends Omit<Table, 'rows'> {
  contacts: PastedContact[]
  problems: RowProblem[]
  /** What each column was taken for. */
  columns: (ContactField | undefined)[]
}

/** A line of a plan, and the name on a big button (see `schema/contacts.ts`). */
const longest = { line: 400, short: 24 }

/**
 * Contacts of a table pasted from Excel or Word, or of the text of a CSV file (`decodeTableBytes`). A list
 * without columns, a name and a number in each line, is understood too.
 *
 * @param taken ids of contacts there are; new ones get others
 */
export function readPastedContacts(pasted: string, taken: Iterable<string> = []): PastedContacts {
  const { rows, ...cut } = readTable(pasted)
  const split = rows.every((row) => row.length === 1)
    ? rows.map(([line = '']) => nameAndNumber(line))
    : rows
  const header = split[0] !== undefined && isHeader(split[0]) ? split[0] : undefined
  const first = header === undefined ? 0 : 1
  const body = split.slice(first)
  const columns = contactColumns(header, body)
  const problems: RowProblem[] = []
  const contacts: PastedContact[] = []
  const ids = new Set(taken)
  const titlesByNumber = new Map<string, string[]>()
  for (const [index, cells] of body.entries()) {
    const row = index + first + 1
    const read = readRow(cells, columns, row)
    const { number, title } = read.fields
    if (number !== undefined) {
      const titles = titlesByNumber.get(number) ?? []
      if (titles.includes(title ?? '')) {
        problems.push({ row, code: 'twice', value: title ?? number })
        continue
      }
      if (titles.length > 0)
        read.problems.push({ row, code: 'number-again', value: titles[0] ?? '' })
      titlesByNumber.set(number, [...titles, title ?? ''])
    }
    problems.push(...read.problems)
    const id = newId(title ?? number ?? '', ids)
    ids.add(id)
    contacts.push({ ...read.fields, id, title: title ?? '', row })
  }
  return { contacts, problems, columns, ...cut }
}

type Fields = Partial<Record<ContactField, string>>

function readRow(
  cells: readonly string[],
  columns: readonly (ContactField | undefined)[],
  row: number,
): { fields: Fields; problems: RowProblem[] } {
  const fields: Fields = {}
  const problems: RowProblem[] = []
  for (const [place, field] of columns.entries()) {
    const text = cleanText(cells[place] ?? '')
    if (field === undefined || text === '') continue
    if (field === 'number' || field === 'second') {
      const { numbers, problem } = readNumbers(text)
      if (problem !== undefined) problems.push({ row, code: problem, value: text.slice(0, 100) })
      for (const number of numbers) {
        if (fields.number === undefined) fields.number = number
        else if (fields.number !== number) fields.second ??= number
      }
      continue
    }
    const limit = field === 'short' ? longest.short : longest.line
    if (text.length > limit) problems.push({ row, code: 'text-cut', value: text.slice(0, 100) })
    fields[field] = cleanText(text.slice(0, limit))
  }
  if (fields.title === undefined)
    problems.unshift({ row, code: 'no-title', value: fields.number ?? '' })
  if (
    fields.number === undefined &&
    problems.every(({ code }) => code === 'no-title' || code === 'text-cut')
  ) {
    problems.push({ row, code: 'no-number', value: fields.title ?? '' })
  }
  return { fields, problems }
}

/** One number or several in a cell: `070-174 06 05 / 08-465 004 00`, `070-174 06 05 (kväll)`. */
function readNumbers(cell: string): { numbers: string[]; problem?: RowProblem['code'] } {
  if (isScientific(cell)) return { numbers: [], problem: 'scientific' }
  // A number that Excel took for one: `46701740605.0`.
  const text = cell.replace(/^(\d+)[.,]0+$/, '$1')
  const whole = parsePhoneNumber(text)
  if (whole.ok) {
    return /^[1-9]/.test(text) && !text.startsWith('46') && text.length > 6
      ? { numbers: [whole.number], problem: 'zero-restored' }
      : { numbers: [whole.number] }
  }
  const parts = text.split(/[,;/|]|\s(?:eller|och|or|and)\s/i).map(parsePhoneNumber)
  const numbers = parts.every(({ ok }) => ok)
    ? parts.flatMap((part) => (part.ok ? [part.number] : []))
    : numbersInText(text).map(({ number }) => number)
  if (numbers.length > 0) return { numbers }
  return { numbers, problem: whole.code === 'empty' ? 'no-number' : whole.code }
}

/** `Chef i beredskap: 070-174 06 05`: what stands before the digits at the end, and the digits. */
function nameAndNumber(line: string): string[] {
  const text = cleanText(line)
  const number = /(?<![\p{L}\d])\+?\d[\d\s()-]{1,24}$/u.exec(text)?.[0] ?? ''
  const name = text.slice(0, text.length - number.length)
  return /\p{L}/u.test(name) ? [name.replace(/[\s:,–-]+$/, ''), number] : [text, '']
}
