import { describe, expect, it } from 'vitest'
import { hexOf } from './bytes.ts'
import { decodeInvitation, encodeInvitation } from './invitation.ts'
import { randomBytes } from './keys.ts'
import { encodeRestorePayload } from './restore-payload.ts'
import { readTypedText, toTypedText } from './typed-text.ts'
import { understandLink } from './understand-link.ts'

const organisation = hexOf(randomBytes(32))
const payload = encodeInvitation({
  organisation,
  department: 'hemtjanst',
  root: { v: 1, hash: organisation },
  floor: { gen: 1, v: 1, epoch: 1 },
  id: 'abcdefgh',
  epochKey: randomBytes(32),
  flags: 0,
})
const restore = encodeRestorePayload({
  type: 'recovery-key',
  organisation,
  recovery: randomBytes(32),
})
const link = `https://planb.example.se/app/#/join/${payload}`
const join = { kind: 'join', payload }

describe('[T32] links', () => {
  const whole: [string, string][] = [
    ['as it is', link],
    ['escaped once', link.replace('#', '%23')],
    ['escaped twice', link.replace('#', '%2523')],
    [
      'wrapped by a gateway',
      `https://gateway.example/?url=${encodeURIComponent(link)}&data=05%7C01%7Cx`,
    ],
    [
      'wrapped twice',
      `https://gateway.example/?u=${encodeURIComponent(`https://b.example/?url=${encodeURIComponent(link)}&id=7`)}&k=1`,
    ],
    ['with the hash lost in an entity', link.replace('#', '&#35;').replaceAll('/', '&#x2F;')],
    ['in a sentence', `Hej! Öppna ${link}. Hälsningar Anna`],
    ['in angle brackets', `<${link}>`],
    ['followed by a word on the next line', `${link}\nHälsningar\nAnna`],
    ['followed by a word after a space', `${link} tack`],
    ['broken over lines', link.replace(payload, payload.replaceAll(/(.{30})/g, '$1\r\n'))],
    [
      'broken and quoted in a reply',
      `> ${link.replace(payload, payload.replaceAll(/(.{30})/g, '$1\n> '))}`,
    ],
    [
      'broken as quoted-printable',
      link.replace(payload, payload.replaceAll(/(.{30})/g, '$1=\r\n')),
    ],
    ['with spaces between groups', link.replace(payload, payload.replaceAll(/(.{5})/g, '$1 '))],
    ['with soft hyphens and zero-width spaces', link.replaceAll(/(.{9})/g, '$1\u00ad\u200b')],
    ['with a hyphen made pretty', link.replaceAll('-', '–')],
    ['in capitals up to the payload', link.replace('#/join', '#/JOIN')],
    ['without the slash', link.replace('#/join', '#join')],
    ['the payload alone', payload],
    ['the payload alone, with spaces', `  ${payload.slice(0, 60)} ${payload.slice(60)}\n`],
  ]
  for (const [label, text] of whole) {
    it(`are understood ${label}`, () => {
      expect(understandLink(text)).toEqual(join)
      expect(decodeInvitation(understandLink(text)!.payload).department).toBe('hemtjanst')
    })
  }

  it('tell restore from join', () => {
    expect(understandLink(`https://x.se/#/restore/${restore}`)).toEqual({
      kind: 'restore',
      payload: restore,
    })
    expect(understandLink(restore)).toEqual({ kind: 'restore', payload: restore })
  })

  it.each<[string, (lines: string[]) => string]>([
    ['as they are', (lines) => lines.join('\n')],
    [
      'in small letters with o and l',
      (lines) => lines.join('\n').toLowerCase().replaceAll('0', 'o'),
    ],
    ['without numbers', (lines) => lines.map((line) => line.slice(3)).join('\n')],
    ['without spaces', (lines) => lines.join('').replaceAll(' ', '')],
    ['with a wrong first character', (lines) => lines.join('\n').replace(/^01 ./, '01 Z')],
    ['with the first line missing', (lines) => lines.slice(1).join('\n').replace(/^02/, '01')],
  ])('[T82] that are lines from a paper are known %s', (_, change) => {
    for (const given of [payload, restore]) {
      const text = change(toTypedText(given))
      expect(understandLink(text)).toEqual({ kind: 'typed', payload: text })
      expect(readTypedText(text)).toBeDefined()
    }
  })

  it('that are cut are handed on, so that somebody can say so', () => {
    expect(understandLink(link.slice(0, -20))).toEqual({
      kind: 'join',
      payload: payload.slice(0, -20),
    })
    expect(understandLink(payload.slice(0, 80))).toEqual({
      kind: 'join',
      payload: payload.slice(0, 80),
    })
  })

  it.each<[string, (text: string) => string]>([
    ['small', (text) => text.toLowerCase()],
    ['capitals', (text) => text.toUpperCase()],
    ['small but for the first letter', (text) => `J${text.slice(1).toLowerCase()}`],
  ])('whose letters have all become %s say so, alone and in a link', (_, change) => {
    const changed = change(payload)
    expect(() => decodeInvitation(changed)).toThrow(
      expect.objectContaining({ code: 'invitation-case' }),
    )
    for (const text of [changed, `  ${changed}\n`, link.replace(payload, changed)])
      expect(understandLink(text)).toEqual({ kind: 'join', payload: changed })
    expect(understandLink(restore.toLowerCase())?.kind).toBe('restore')
  })

  it('that are cut before their letters tell anything are cut', () => {
    expect(() => decodeInvitation('JAEAXQAI')).toThrow(
      expect.objectContaining({ code: 'invitation-cut' }),
    )
  })

  it('are not seen where there are none', () => {
    for (const text of [
      '',
      'https://planb.example.se/',
      'https://x.se/#/join/',
      'Jag har ingen kod',
      'jag har ingen kod och vet inte vad man ska skriva eller trycka',
      'Jag har ingen kod och vet inte vad man ska skriva eller trycka',
      'J',
      'R'.repeat(20),
      '%'.repeat(100),
      '01 januari 2026',
      '200 g smör och 4 ägg',
      'Efter klockan 17: 070-174 06 05',
      'x'.repeat(30_000),
      `${' '.repeat(20_000)}https://planb.example.se/#/join/JAEAXQAI`,
    ]) {
      expect(understandLink(text), text.slice(0, 30)).toBeUndefined()
    }
  })
})
