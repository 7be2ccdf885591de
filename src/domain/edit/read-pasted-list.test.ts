import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sentencesOf } from '../sentences.ts'
import { cleanText } from './clean-text.ts'
import { mostCharacters, mostLines, readPastedList } from './read-pasted-list.ts'

const lines = (text: string) => readPastedList(text).lines

describe('a pasted list', () => {
  it.each([
    ['numbers', '1. Ring\n2. Vänta\r\n10) Åk\n(3) Skriv\n1.2. Läs\n4: Gå'],
    ['letters', 'a) Ring\nb. Vänta\nii) Åk\niv. Skriv\nå) Läs\n(c) Gå'],
    ['bullets', '• Ring\n– Vänta\n- Åk\n* Skriv\n●Läs\n\uf0b7\tGå'],
    ['check boxes', '☐ Ring\n[ ] Vänta\n[x] Åk\n☑️ Skriv\n1. ☐ Läs\n[] Gå'],
    ['Word', '•\tRing\n1.\tVänta\no\tÅk\n\u200b•\u00a0Skriv\n\u200f- Läs\n\u00a7 Gå'],
    ['Excel', '1\tRing\n2\tVänta\n3\tÅk\n\tSkriv\n\n \t \nLäs\n6\tGå'],
    ['other ends of lines', 'Ring\rVänta\fÅk\u2029Skriv\u0085Läs\r\n\r\nGå'],
  ])('is read without %s', (_, text) => {
    expect(lines(text)).toEqual(['Ring', 'Vänta', 'Åk', 'Skriv', 'Läs', 'Gå'])
  })
  it('keeps what only looks like a number or a bullet', () => {
    const kept = ['112 ska ringas', '1.5 liter', '08:00 Ring', 'A. Svensson ringer', '-5 grader', '+46 70', 'i kväll', 'o hej', '§'] // prettier-ignore
    expect(lines(kept.join('\n'))).toEqual(kept.slice(0, -1))
  })
  it('keeps soft line breaks and line breaks in a cell within the line', () => {
    expect(
      lines('Ring\vchefen\n"Skriv ""läge""\npå tavlan"\tPärmen\n"Ge inte" betyder nej'),
    ).toEqual(['Ring chefen', 'Skriv "läge" på tavlan – Pärmen', '"Ge inte" betyder nej'])
  })
  it('takes away what cannot be seen, and leaves emoji whole', () => {
    expect(lines('\u202eRi\u0000ng\u200b \u001b\t👩\u200d⚕️\u2066 nu\ud800')).toEqual([
      'Ri ng – 👩\u200d⚕️ nu',
    ])
    expect(cleanText('A\u030a  \u00a0ö')).toBe('Å ö')
  })
  it('divides a long line at its sentences, else at a space, else anywhere', () => {
    const sentence = `${'Ring alla på listan nu '.repeat(8).trim()}.`
    expect(readPastedList(`${sentence} ${sentence} ${sentence}`)).toEqual({
      lines: [`${sentence} ${sentence}`, sentence],
      split: 1,
      cutCharacters: 0,
      cutLines: 0,
    })
    expect(lines('ord '.repeat(150)).map((line) => line.length)).toEqual([399, 199])
    expect(lines(`a${'🚑'.repeat(300)}`).map((line) => line.length)).toEqual([399, 202])
  })
  it('is cut where it is too long, and says how much', () => {
    const { cutCharacters, cutLines, lines } = readPastedList('Ring alla\n'.repeat(100_000))
    expect(cutCharacters).toBe(1_000_000 - mostCharacters)
    expect(lines).toHaveLength(mostLines)
    expect(cutLines).toBe(20_000 - mostLines)
  })
  it('is read in a moment whatever it is made of', () => {
    for (const piece of [
      ' ',
      '\t',
      '\u200d',
      'a\u200d',
      '"',
      '""a\n',
      '"a\n',
      '. ',
      '. A',
      '1.',
      '• ',
      '(',
    ])
      expect(() => readPastedList(piece.repeat(40_000))).not.toThrow()
  })
  it('fits a plan, whatever is pasted, and keeps every word', () => {
    const piece = fc.oneof(fc.array(fc.nat(0xffff), { maxLength: 12 }).map((units) => String.fromCharCode(...units)), fc.constantFrom('\n', '\t', '1. ', '"', '• ', 'ord ', '. A'), fc.nat(300).map((n) => 'Ring. ord'.repeat(n))) // prettier-ignore
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('')
        const unfit = (line: string) => line === '' || line.length > 400 || cleanText(line) !== line
        expect(lines(text).filter(unfit)).toEqual([])
      }),
      { numRuns: 50 },
    )
    const words = fc.array(fc.stringMatching(/^[A-Zåäö]{2,9}[.,]?$/), {
      minLength: 1,
      maxLength: 150,
    })
    fc.assert(
      fc.property(words, (all) => {
        expect(lines(`1. ${all.join(' ')}`).join(' ')).toBe(all.join(' '))
      }),
      { numRuns: 50 },
    )
  })
})

describe('sentencesOf', () => {
  it('ends no sentence at an abbreviation, a time or a number', () => {
    expect(sentencesOf('Ring t.ex. Anna. Vänta kl. 8 i ca. 5 min! Åk 08.30 till Bo.')).toEqual([
      'Ring t.ex. Anna.',
      'Vänta kl. 8 i ca. 5 min!',
      'Åk 08.30 till Bo.',
    ])
    expect(sentencesOf(' Stanna upp. Ge inget. ')).toEqual(['Stanna upp.', 'Ge inget.'])
    expect(sentencesOf('')).toEqual([])
  })
})
