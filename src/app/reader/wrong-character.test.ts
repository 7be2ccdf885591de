import { describe, expect, it } from 'vitest'
import { toTypedText, checkTypedLine } from '#trust/typed-text.ts'
import { encodeInvitation } from '#trust/invitation.ts'
import { randomBytes } from '#trust/keys.ts'
import { hexOf } from '#trust/bytes.ts'
import { wrongCharacter } from './wrong-character.ts'

const organisation = hexOf(randomBytes(32))
const lines = toTypedText(
  encodeInvitation({
    organisation,
    department: 'hemtjanst',
    root: { v: 1, hash: organisation },
    floor: { gen: 1, v: 1, epoch: 1 },
    id: 'abcdefgh',
    epochKey: randomBytes(32),
    flags: 0,
  }),
)

/** The line with its nth character (after the number, without spaces) changed. */
function spoil(line: string, column: number): string {
  let seen = -2
  return line.replaceAll(/\S/g, (character) => {
    seen += 1
    return seen === column ? (character === 'X' ? 'Y' : 'X') : character
  })
}

describe('the wrong character of a typed line', () => {
  const forms: [string, (line: string) => string][] = [
    ['as printed', (line) => line],
    ['without its number', (line) => line.slice(3)],
    ['without spaces', (line) => line.replaceAll(' ', '')],
    ['without number and spaces', (line) => line.slice(3).replaceAll(' ', '')],
    ['in small letters', (line) => line.toLowerCase()],
    ['with hyphens', (line) => line.replaceAll(' ', '-')],
  ]
  it.each(forms)('is found and put right in every line, typed %s', (_, form) => {
    for (const [index, line] of lines.entries())
      for (const column of [1, 5, 12]) {
        const length = line.replaceAll(' ', '').length - 2
        if (column > length) continue
        const typed = form(spoil(line, column))
        const verdict = checkTypedLine(typed, index + 1, lines[0])
        if (verdict.state !== 'wrong') throw new Error(`${typed}: ${verdict.state}`)
        expect(verdict.column).toBe(column)
        const wrong = wrongCharacter(typed, index + 1, verdict)!
        expect(`${wrong.before}${wrong.found}${wrong.after}`.replaceAll(' ', '')).toBe(
          spoil(line, column).replaceAll(' ', '').slice(2),
        )
        expect(checkTypedLine(wrong.corrected!, index + 1, lines[0])).toMatchObject({
          state: 'whole',
          text: line,
        })
      }
  })

  it('keeps the groups of the paper', () => {
    expect(
      wrongCharacter('01 ABCD EFGH JKMN', 1, { column: 6, found: 'F', suggested: 'S' }),
    ).toEqual({ before: 'ABCD E', found: 'F', after: 'GH JKMN', corrected: 'ABCD ESGH JKMN' })
    expect(wrongCharacter('ABCDEFGH', 1, { column: 4, found: 'D' })).toEqual({
      before: 'ABC',
      found: 'D',
      after: ' EFGH',
    })
  })

  it('is not guessed where none was named, or another stands there', () => {
    expect(wrongCharacter('ABCD', 1, { column: 0, found: '' })).toBeUndefined()
    expect(wrongCharacter('ABCD', 1, { column: 2, found: 'X' })).toBeUndefined()
  })
})
