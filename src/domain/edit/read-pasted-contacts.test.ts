import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isIdentifier } from '../validate-document.ts'
import { decodeTableBytes } from './decode-table-bytes.ts'
import { readPastedContacts } from './read-pasted-contacts.ts'
import { readTable } from './read-table.ts'

const table = (...lines: string[]) => lines.join('\r\n')
const told = (text: string) => readPastedContacts(text).problems.map(({ row, code }) => [row, code])

describe('readTable', () => {
  it('reads what Excel writes', () => {
    expect(readTable('\ufeffa;b\r\n"x;y";"säg ""hej""\r\nnu"\r\n\r\nsist;\r\n').rows).toEqual([
      ['a', 'b'],
      ['x;y', 'säg "hej"\r\nnu'],
      ['sist', ''],
    ])
    expect(readTable('sep=,\r\na;b,c').rows).toEqual([['a;b', 'c']])
    expect(readTable('a\tb, c; d\n').rows).toEqual([['a', 'b, c; d']])
    expect(readTable('a,b\nc,d\n').rows).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
  })
  it('takes a quotation mark that closes nothing for a sign', () => {
    expect(readTable('"a" b;c\n"d;e').rows).toEqual([
      ['"a" b', 'c'],
      ['"d', 'e'],
    ])
  })
  it('gives back what was written, whatever stood in the cells', () => {
    const cell = fc
      .string({ unit: fc.constantFrom('a', ' ', ';', '"', '\n', '\r', 'å') })
      .map((text) => `x${text}`)
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 }),
        (rows) => {
          const text = rows
            .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(';'))
            .join('\n')
          expect(readTable(text).rows).toEqual(rows)
        },
      ),
    )
  })
  it('ends whatever is pasted', () => {
    for (const piece of ['"', '""', '"\n', ';', '\n', '";', 'a";'])
      expect(() => readPastedContacts(piece.repeat(30_000))).not.toThrow()
  })
})

describe('decodeTableBytes', () => {
  const text = 'Funktion;Nummer\r\nSjuksköterska;08-465 004 00'
  const two = (big: boolean, mark: boolean) => {
    const bytes = Array.from(mark ? `\ufeff${text}` : text).flatMap((sign) => {
      const code = sign.charCodeAt(0)
      return big ? [code >> 8, code & 255] : [code & 255, code >> 8]
    })
    return new Uint8Array(bytes)
  }
  it.each([
    ['utf-8', new TextEncoder().encode(text)],
    ['utf-8', new TextEncoder().encode(`\ufeff${text}`)],
    ['windows-1252', Uint8Array.from(text, (sign) => sign.charCodeAt(0))],
    ['utf-16le', two(false, true)],
    ['utf-16be', two(true, true)],
    ['utf-16le', two(false, false)],
    ['utf-16be', two(true, false)],
  ])('reads %s', (encoding, bytes) => {
    expect(decodeTableBytes(bytes)).toEqual({ text, encoding })
  })
  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => typeof decodeTableBytes(bytes).text === 'string'),
    )
  })
})

describe('pasted contacts', () => {
  it('are known by the names of their columns', () => {
    const { contacts, problems, columns } = readPastedContacts(
      table(
        'Funktion;E-post;Telefon;Mobil;Tid;Enhet;Anteckning',
        'Sjuksköterska kväll;x@y.se;08-465 004 00;070-174 06 05;16–22;Norr;Frågor om läkemedel',
        'IT-jouren;;0701740606;;Dygnet runt;;',
      ),
    )
    expect(columns).toEqual([
      'title',
      undefined,
      'number',
      'second',
      'hours',
      'organisation',
      'for',
    ])
    expect(problems).toEqual([])
    expect(contacts).toEqual([
      {
        row: 2,
        id: 'sjukskoterska-kvall',
        title: 'Sjuksköterska kväll',
        number: '+46846500400',
        second: '+46701740605',
        hours: '16–22',
        organisation: 'Norr',
        for: 'Frågor om läkemedel',
      },
      { row: 3, id: 'it-jouren', title: 'IT-jouren', number: '+46701740606', hours: 'Dygnet runt' },
    ])
  })
  it('are known by what stands in them', () => {
    const { contacts, columns } = readPastedContacts(
      '070-174 06 05\tChef i beredskap\t16–07\n112\tLarm\tdygnet runt',
    )
    expect(columns).toEqual(['number', 'title', 'hours'])
    expect(contacts.map(({ title, number, hours }) => [title, number, hours])).toEqual([
      ['Chef i beredskap', '+46701740605', '16–07'],
      ['Larm', '112', 'dygnet runt'],
    ])
  })
  it('may have no header, also where the first is called as a column could be', () => {
    const { contacts } = readPastedContacts('Kontaktcenter;08-465 004 00\nEnhetschef;070-174 06 05')
    expect(contacts.map(({ title }) => title)).toEqual(['Kontaktcenter', 'Enhetschef'])
  })
  it('may be a list without columns', () => {
    const { contacts } = readPastedContacts(
      'Chef i beredskap: 070-174 06 05\nNattpatrullen, +46 70 174 06 06\n',
    )
    expect(contacts.map(({ title, number }) => [title, number])).toEqual([
      ['Chef i beredskap', '+46701740605'],
      ['Nattpatrullen', '+46701740606'],
    ])
  })
  it('may have two numbers in a cell, or words around one', () => {
    const { contacts, problems } = readPastedContacts(
      'Namn\tTelefon\nA\t070-174 06 05 / 08-465 004 00\nB\t070-174 06 06 (kväll)',
    )
    expect(problems).toEqual([])
    expect(contacts.map(({ number, second }) => [number, second])).toEqual([
      ['+46701740605', '+46846500400'],
      ['+46701740606', undefined],
    ])
  })
  it('tell what is wrong row by row', () => {
    const text = table(
      'Namn;Telefon',
      'A;4,67017E+10',
      'B;701740605',
      'C;',
      ';070-174 06 06',
      'E;fråga växeln',
      'B;070-174 06 05',
      'G;070-174 06 05',
      'H;070-17',
      'I;46701740607.0',
    )
    expect(told(text)).toEqual([
      [2, 'scientific'],
      [3, 'zero-restored'],
      [4, 'no-number'],
      [5, 'no-title'],
      [6, 'not-a-number'],
      [7, 'twice'],
      [8, 'number-again'],
      [9, 'too-short'],
    ])
    const { contacts } = readPastedContacts(text)
    expect(contacts.map(({ title, number }) => [title, number])).toEqual([
      ['A', undefined],
      ['B', '+46701740605'],
      ['C', undefined],
      ['', '+46701740606'],
      ['E', undefined],
      ['G', '+46701740605'],
      ['H', undefined],
      ['I', '+46701740607'],
    ])
  })
  it('have ids of their own, and are at most a thousand', () => {
    const rows = Array.from({ length: 1200 }, (_, n) => `Chef;0701740${String(600 + (n % 100))}`)
    const { contacts, cutRows } = readPastedContacts(table('Namn;Nummer', ...rows), ['chef'])
    expect(cutRows).toBe(201)
    expect(contacts).toHaveLength(100)
    expect(new Set(contacts.map(({ id }) => id)).size).toBe(100)
    expect(contacts.every(({ id }) => id !== 'chef' && isIdentifier(id))).toBe(true)
  })
  it('never throw, and hold only what a plan may hold', () => {
    const piece = fc.oneof(
      fc.array(fc.nat(0xffff), { maxLength: 12 }).map((units) => String.fromCharCode(...units)),
      fc.constantFrom(';', '\n', '\t', ',', '"', '070-174 06 05', 'Namn', 'Telefon'),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const { contacts } = readPastedContacts(pieces.join(''))
        const unfit = contacts.filter(
          ({ id, title, number }) =>
            !isIdentifier(id) ||
            title.length > 400 ||
            (number !== undefined && !/^(\+\d{7,15}|112|11313|11414|1177)$/.test(number)),
        )
        expect(unfit).toEqual([])
        expect(new Set(contacts.map(({ id }) => id)).size).toBe(contacts.length)
      }),
    )
  })
})
