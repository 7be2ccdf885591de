import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { contacts } from './contacts.ts'
import { unknownFields } from './unknown-fields.ts'

const body = (contact: Record<string, unknown>) => ({
  title: 'Kontakter',
  contacts: [{ id: 'tib', title: 'Tjänsteman i beredskap', number: '+46701740605', ...contact }],
})
const codes = (contact: Record<string, unknown>) =>
  unknownFields('contacts', body(contact)).map(({ code, path, likely }) => ({
    code,
    path: path.join('.'),
    likely,
  }))

describe('unknown fields', () => {
  it('finds none where there is none', () => {
    expect(
      codes({
        aliases: ['jour', 'TiB'],
        translations: { en: { title: 'Duty officer', aliases: ['on call', 'duty'] } },
        secrecy: { number: 'OSL 39:3' },
      }),
    ).toEqual([])
  })

  it('names the field that was most likely meant', () => {
    expect(codes({ secnd: '+46701740606' })).toEqual([
      { code: 'unknown-field', path: 'contacts.0.secnd', likely: 'second' },
    ])
  })

  it('checks fields and languages of translations, and secrecy marks', () => {
    expect(codes({ translations: { eng: { title: 'x' } } })).toEqual([
      { code: 'unknown-language', path: 'contacts.0.translations.eng', likely: 'en' },
    ])
    expect(codes({ translations: { en: { titel: 'x' } }, secrecy: { numer: 'OSL' } })).toEqual([
      { code: 'unknown-field', path: 'contacts.0.secrecy.numer', likely: 'number' },
      { code: 'unknown-field', path: 'contacts.0.translations.en.titel', likely: 'title' },
    ])
  })

  it('lets no translation change a number, and no list change its length', () => {
    const found = codes({
      aliases: ['jour', 'TiB'],
      translations: { en: { number: '112', aliases: ['on call'], title: ['x'], for: 'x' } },
    })
    expect(found.map(({ code }) => code)).toEqual([
      'not-translatable',
      'translation-length',
      'translation-shape',
      'translation-of-nothing',
    ])
  })

  it('leaves a document of a newer version readable to the schema', () => {
    const newer = body({ fax: '1', translations: { no: { fax: 'y' } }, secrecy: { fax: 'OSL' } })
    expect(v.safeParse(contacts, newer).success).toBe(true)
    expect(v.parse(contacts, newer)).toMatchObject({ contacts: [{ fax: '1' }] })
  })

  it('treats __proto__ as any unknown field', () => {
    const hostile = JSON.parse('{"title":"K","contacts":[],"__proto__":{"x":1}}')
    expect(unknownFields('contacts', hostile).map(({ field }) => field)).toEqual(['__proto__'])
  })
})
