import fc from 'fast-check'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { createTestOrganisation } from '../../tests/support/organisation.ts'
import { fromBase64url, hexOf, toBase64url } from './bytes.ts'
import { encodeEnrolment } from './enrolment.ts'
import { frame } from './framing.ts'
import { encodeInvitation } from './invitation.ts'
import { createAgreementKey, createSigningKey, randomBytes } from './keys.ts'
import { encodeRestorePayload } from './restore-payload.ts'
import { checkTypedLine, readTypedText, toTypedText } from './typed-text.ts'

// Thousands of tries, on a machine that may do other things at the same time.
vi.setConfig({ testTimeout: 60_000 })

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const organisation = hexOf(randomBytes(32))
const restore = encodeRestorePayload({
  type: 'root-key',
  organisation,
  signing: { kid: 'A'.repeat(43), secret: randomBytes(32) },
})
const recovery = encodeRestorePayload({
  type: 'recovery-key',
  organisation,
  recovery: randomBytes(32),
})
let coordinator: string
let invitation: string
let enrolment: string

beforeAll(async () => {
  const test = await createTestOrganisation()
  coordinator = await test.coordinatorText()
  invitation = encodeInvitation(test.invitation('hemtjanst'))
  const signing = await createSigningKey({ extractable: false })
  const agreement = await createAgreementKey({ extractable: false })
  enrolment = encodeEnrolment({
    organisation,
    signing: signing.jwk,
    agreement: agreement.jwk,
    role: 'Enhetschef',
    departments: ['hemtjanst'],
  })
})

const payloads = fc.uint8Array({ minLength: 8, maxLength: 300 }).map((b) => frame('restore', 1, b))
const problemsIn = (text: string) => {
  const read = readTypedText(text)
  return read && 'problems' in read ? read.problems : undefined
}
/** Puts `letter` in the place of the character at a column, counted without spaces and number. */
function withLetter(lines: readonly string[], line: number, column: number, letter: string) {
  let seen = 0
  const text = lines[line]!
  const at = text.split('').findIndex((one, i) => i > 2 && one !== ' ' && ++seen === column)
  return lines.with(line, text.slice(0, at) + letter + text.slice(at + 1))
}
const lettersOf = (line: string) => line.slice(3).replaceAll(' ', '')

describe('typed text', () => {
  it('[T85] knows the last line by line 1 only, and only by one that says how many there are', () => {
    const [first = '', second = ''] = toTypedText(restore)
    expect(checkTypedLine(second, 2, first)).toHaveProperty('isLast', false)
    expect(checkTypedLine(second, 2, second)).not.toHaveProperty('isLast')
    // A line 2 in whose bytes a length of three lines stands where line 1 has it.
    const bytes = new Uint8Array(48)
    bytes.set([0x44, 1, 0, 48])
    const at = 24 * 5 + 16
    for (let bit = at; bit < at + 16; bit++)
      if ((48 >> (at + 15 - bit)) & 1) bytes[bit >> 3]! |= 0x80 >> (bit & 7)
    const [, alike = ''] = toTypedText(toBase64url(bytes))
    expect(checkTypedLine(alike, 2, alike)).toMatchObject({ state: 'whole' })
    expect(checkTypedLine(alike, 2, alike)).not.toHaveProperty('isLast')
    const [empty = ''] = toTypedText(toBase64url(Uint8Array.from([0x44, 1, ...Array(40).fill(0)])))
    expect(checkTypedLine(empty, 1, empty)).toMatchObject({ state: 'whole' })
    expect(checkTypedLine(empty, 1, empty)).not.toHaveProperty('isLast')
  })

  it('[T80] is lines of groups of four, of letters nobody mistakes', () => {
    const lines = toTypedText(restore)
    expect(lines).toHaveLength(7)
    for (const [index, line] of lines.entries()) {
      expect(line).toMatch(/^\d\d( [0-9A-HJKMNP-TV-Z]{4})*( [0-9A-HJKMNP-TV-Z]{1,4})$/)
      expect(line.slice(0, 2)).toBe(`0${index + 1}`)
      expect(line.length).toBeLessThanOrEqual(35)
    }
    expect(toTypedText(recovery)).toHaveLength(5)
    expect(() => toTypedText(frame('restore', 1, new Uint8Array(1600)))).toThrow(RangeError)
  })

  it('[T81] comes back as it was, for every kind', () => {
    const all = [
      ['restore', coordinator],
      ['restore', restore],
      ['restore', recovery],
      ['join', invitation],
      ['enrolment', enrolment],
    ] as const
    for (const [kind, payload] of all) {
      expect(readTypedText(toTypedText(payload).join('\n'))).toEqual({ kind, payload })
    }
    fc.assert(
      fc.property(payloads, (payload) => {
        expect(readTypedText(toTypedText(payload).join('\n'))).toEqual({ kind: 'restore', payload })
      }),
    )
  })

  it.each<[string, (lines: string[]) => string]>([
    ['in small letters', (lines) => lines.join('\n').toLowerCase()],
    ['with o for 0 and l for 1', (l) => l.join('\n').replaceAll('0', 'o').replaceAll('1', 'l')],
    ['with O for 0 and I for 1', (l) => l.join('\n').replaceAll('0', 'O').replaceAll('1', 'I')],
    ['without spaces', (lines) => lines.join('\n').replaceAll(' ', '')],
    ['with spaces everywhere', (lines) => lines.join('\n').replaceAll(/([A-Z0-9])/g, '$1 ')],
    ['with hyphens', (lines) => lines.join('\n').replaceAll(' ', '-')],
    ['without line numbers', (lines) => lines.map((line) => line.slice(3)).join('\n')],
    ['with single digits', (lines) => lines.map((line) => line.replace(/^0/, '')).join('\n')],
    ['with dots after the numbers', (l) => l.map((one) => one.replace(' ', '.  ')).join('\r\n')],
    ['as one long line', (lines) => lines.join(' ')],
    ['as one long line without spaces', (lines) => lines.join('').replaceAll(' ', '')],
    ['as one long line without numbers', (lines) => lines.map((line) => line.slice(3)).join(' ')],
    ['with the lines in another order', (lines) => lines.toReversed().join('\n')],
    ['with empty lines between', (lines) => lines.join('\n\n  \n')],
    ['with the line broken in two', (lines) => lines.join('\n').replace(/^(02.{14})/m, '$1\n')],
    ['with a heading', (lines) => ['Nyckel 1 av 2', ...lines].join('\n')],
    ['with a number that is wrong', (lines) => lines.join('\n').replace(/^03/m, '08')],
  ])('[T82] is read %s', (_, change) => {
    for (const payload of [restore, recovery, coordinator, invitation, enrolment]) {
      expect(readTypedText(change(toTypedText(payload)))).toMatchObject({ payload })
    }
  })

  it(
    '[T83] points out any single wrong character, in any line, and says what stands there',
    { timeout: 60_000 },
    () => {
      for (const payload of [recovery, enrolment]) {
        const lines = toTypedText(payload)
        for (const [line, text] of lines.entries()) {
          for (const [at, right] of lettersOf(text).split('').entries()) {
            const next = alphabet.charAt((alphabet.indexOf(right) + 7) % 32)
            for (const letter of [next, 'U', '?']) {
              const wrong = withLetter(lines, line, at + 1, letter).join('\n')
              const expected = { line: line + 1, column: at + 1, found: letter, suggested: right }
              expect(problemsIn(wrong), `${letter} at ${line}.${at}`).toEqual([
                { kind: 'character', ...expected },
              ])
            }
          }
        }
      }
    },
  )

  it('[T83] does so whichever letter is typed', () => {
    const lines = toTypedText(restore)
    for (const [index, line] of lines.entries()) {
      for (const [at, right] of lettersOf(line).split('').entries()) {
        for (const letter of alphabet.replace(right, '').split('')) {
          const wrong = withLetter(lines, index, at + 1, letter)[index]!
          const expected = { state: 'wrong', column: at + 1, found: letter, suggested: right }
          // That of line 1 says how many lines there are.
          const first = index === 0 ? undefined : lines[0]
          expect(checkTypedLine(wrong, index + 1, first), `${letter} at ${at}`).toEqual(expected)
        }
      }
    }
  })

  it('[T83] points out one wrong character in each of several lines, without numbers and spaces too', () => {
    const lines = toTypedText(restore)
    const letter = (line: number, column: number) =>
      lettersOf(lines[line]!)[column - 1] === 'X' ? 'Y' : 'X'
    let wrong = lines
    for (const [line, column] of [
      [0, 9],
      [3, 1],
      [6, 3],
    ] as const)
      // prettier-ignore
      wrong = withLetter(wrong, line, column, letter(line, column))
    for (const text of [
      wrong.join('\n'),
      wrong.map((line) => line.slice(3)).join('\n'),
      wrong.join('').replaceAll(' ', '').toLowerCase(),
    ]) {
      expect(problemsIn(text)?.map(({ line, column }) => [line, column])).toEqual([
        [1, 9],
        [4, 1],
        [7, 3],
      ])
    }
  })

  it('[T83] says which two characters changed places', () => {
    const lines = toTypedText(restore)
    const letters = lettersOf(lines[2]!)
    const at = letters.split('').findIndex((one, i) => i > 4 && one !== letters[i + 1])
    const [one, two] = [letters[at]!, letters[at + 1]!]
    const swapped = withLetter(withLetter(lines, 2, at + 1, two), 2, at + 2, one).join('\n')
    const [problem] = problemsIn(swapped)!
    // Another pair can explain the same by chance: then only the line is named.
    if (problem!.kind === 'swapped')
      expect(problem).toMatchObject({
        line: 3,
        column: at + 1,
        found: two + one,
        suggested: one + two,
      })
    else expect(problem).toMatchObject({ kind: 'line', line: 3 })
  })

  it('[T84] says that a line is missing, is there twice, is too short or too long', () => {
    const [lines, shorter] = [toTypedText(restore), toTypedText(recovery)]
    const plain = (some: string[]) => some.map((line) => line.slice(3))
    // The last line of one is as long as the others, that of the other shorter.
    expect(shorter.at(-1)!.length).toBeLessThan(lines.at(-1)!.length)
    for (const numbered of [lines, plain(lines), shorter, plain(shorter)]) {
      for (let line = 0; line < numbered.length; line++) {
        const without = numbered.toSpliced(line, 1).join('\n')
        if (line > 0)
          expect(problemsIn(without), `without ${line + 1}`).toEqual([
            { kind: 'line-missing', line: line + 1, column: 0, found: '' },
          ])
        const twice = numbered.toSpliced(line, 0, numbered[line]!).join('\n')
        expect(problemsIn(twice), `twice ${line + 1}`).toEqual([
          { kind: 'line-doubled', line: line + 1, column: 0, found: '' },
        ])
      }
    }
    expect(problemsIn(lines.slice(1).join('\n'))).toContainEqual({
      kind: 'line-missing',
      line: 1,
      column: 0,
      found: '',
    })
    const short = lines.with(2, lines[2]!.replace(/^(.{9})./, '$1')).join('\n')
    expect(problemsIn(short)).toEqual([
      { kind: 'line-length', line: 3, column: 5, found: '', missing: 1 },
    ])
    const long = lines.with(2, lines[2]!.replace(/^(.{9})/, '$1Z')).join('\n')
    expect(problemsIn(long)).toEqual([
      { kind: 'line-length', line: 3, column: 5, found: '', missing: -1 },
    ])
  })

  it('[T84] names line 1, and hardly another, where several of its characters are wrong', () => {
    const lines = toTypedText(restore)
    const column = fc.integer({ min: 1, max: 26 })
    const shift = fc.integer({ min: 1, max: 31 })
    const wrong = fc.uniqueArray(fc.tuple(column, shift), {
      minLength: 2,
      maxLength: 4,
      selector: ([one]) => one,
    })
    fc.assert(
      fc.property(wrong, (places) => {
        let changed = lines
        for (const [at, by] of places) {
          const right = lettersOf(lines[0]!).charAt(at - 1)
          changed = withLetter(changed, 0, at, alphabet.charAt((alphabet.indexOf(right) + by) % 32))
        }
        const problems = problemsIn(changed.join('\n'))!
        // By chance, once in some thousand times, it is a line 1 that holds: no line code can tell. Refused it is.
        if (checkTypedLine(changed[0]!, 1).state === 'whole') {
          expect(problems).not.toEqual([])
          return
        }
        // It may pass for another line by chance: then that one is there twice.
        expect(problems[0]!.line).toBe(1)
        expect(problems.length).toBeLessThanOrEqual(2)
      }),
    )
  })

  it('[T84] is not led astray by a length that makes no sense', () => {
    for (const length of [0, 1, 0xffff]) {
      const bytes = fromBase64url(restore)
      new DataView(bytes.buffer).setUint16(2, length)
      const problems = problemsIn(toTypedText(toBase64url(bytes)).join('\n'))!
      expect(problems.length, String(length)).toBeLessThanOrEqual(7)
    }
  })

  it('[T84] says when every line holds but they are of two papers', () => {
    const other = encodeRestorePayload({
      type: 'root-key',
      organisation,
      signing: { kid: 'B'.repeat(42) + 'A', secret: randomBytes(32) },
    })
    const mixed = toTypedText(restore).with(5, toTypedText(other)[5]!)
    expect(problemsIn(mixed.join('\n'))).toEqual([{ kind: 'whole', line: 0, column: 0, found: '' }])
  })

  it('[T81] hands on what a newer app has made, so that its decoder says so', () => {
    const later = frame('invitation', 9, randomBytes(40))
    expect(readTypedText(toTypedText(later).join('\n'))).toEqual({ kind: 'join', payload: later })
  })

  it('[T82] is not seen in other texts', () => {
    for (const text of [
      '',
      'Hej',
      restore,
      invitation,
      `https://planb.example/#/join/${invitation}`,
      'Ring 070-174 06 05 efter klockan 17',
      '01',
      '\n\n',
      'x'.repeat(5000),
    ])
      expect(readTypedText(text), text.slice(0, 20)).toBeUndefined()
  })

  it('[T81] mutated in any way is never read as another payload', () => {
    const texts = fc.constantFrom(restore, recovery, 'coordinator', 'invitation').map((name) => {
      const payload = { coordinator, invitation }[name] ?? name
      return { payload, text: toTypedText(payload).join('\n') }
    })
    const letters = fc.constantFrom(...`${alphabet} \nolOL?Åu-`.split(''))
    const change = fc.record({ at: fc.nat(), letter: letters, what: fc.nat({ max: 4 }) })
    fc.assert(
      fc.property(texts, fc.array(change, { minLength: 1, maxLength: 6 }), (given, changes) => {
        let { text } = given
        for (const { at, letter, what } of changes) {
          const i = at % text.length
          const rest = text.slice(i + 1)
          if (what === 0) text = text.slice(0, i) + letter + rest
          else if (what === 1) text = text.slice(0, i) + rest
          else if (what === 2) text = text.slice(0, i) + letter + text.slice(i)
          else if (what === 3) text = text.slice(0, i) + text.slice(i, i + 36) + text.slice(i)
          else text = text.slice(0, i) + rest.slice(0, 1) + text[i]! + rest.slice(1)
        }
        const read = readTypedText(text)
        if (read && 'payload' in read) expect(read.payload).toBe(given.payload)
        else if (read) expect(read.problems.length).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })

  it('[T81] of any bytes never breaks the reader', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const read = readTypedText(`01 ${text}`)
        if (read && 'payload' in read) throw new Error('nothing was there')
        checkTypedLine(text, 3)
      }),
    )
  })
})

describe('one line by itself', () => {
  it('[T85] is whole, with or without its number', () => {
    const lines = toTypedText(restore)
    for (const [index, line] of lines.entries()) {
      const isLast = index === lines.length - 1
      for (const text of [line, line.slice(3), line.toLowerCase().replaceAll(' ', '')]) {
        expect(checkTypedLine(text, index + 1, lines[0])).toEqual({
          state: 'whole',
          text: line,
          isLast,
        })
      }
    }
    expect(checkTypedLine(lines[0]!, 1)).toEqual({ state: 'whole', text: lines[0] })
  })

  it('[T85] is short until its last character is typed', () => {
    const lines = toTypedText(restore)
    for (const [index, line] of lines.entries()) {
      for (const text of [line, line.replaceAll(' ', ''), line.slice(3)]) {
        for (let length = 0; length < text.length; length++) {
          expect(
            checkTypedLine(text.slice(0, length), index + 1, lines[0]).state,
            `${index + 1}: ${text.slice(0, length)}`,
          ).toBe('short')
        }
        expect(checkTypedLine(`${text}Z`, index + 1, lines[0]).state).toBe('long')
      }
    }
  })

  it('[T85] tells a wrong character and another line', () => {
    const lines = toTypedText(restore)
    const right = lettersOf(lines[1]!)[6]!
    const letter = right === 'Z' ? 'Y' : 'Z'
    const wrong = withLetter(lines, 1, 7, letter)[1]!
    const expected = { state: 'wrong', column: 7, found: letter, suggested: right }
    expect(checkTypedLine(wrong, 2, lines[0])).toEqual(expected)
    expect(checkTypedLine(wrong.slice(3), 2)).toEqual(expected)
    expect(checkTypedLine(lines[3]!, 2, lines[0])).toEqual({ state: 'other-line', number: 4 })
    expect(checkTypedLine(lines[3]!.slice(3), 2, lines[0])).toEqual({
      state: 'other-line',
      number: 4,
    })
  })
})
