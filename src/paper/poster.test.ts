import { describe, expect, it } from 'vitest'
import { posterLanguages } from '#i18n/poster-languages.ts'
import { poster, shortAddress, type PosterInput } from './poster.ts'

const input: PosterInput = {
  organisation: 'Lövåsa kommun',
  department: 'Hemtjänst',
  link: 'https://planb.lovasa.se/#/join/JAEAabc',
  app: 'https://planb.lovasa.se/',
  words: ['ett', 'två', 'tre', 'fyra', 'fem', 'sex', 'sju', 'åtta'],
  typed: ['01 4G0G 0Q80', '02 6JGZ CG0'],
  made: '23 nov. 2026',
  edition: 12,
  place: 'personalrummet',
  example: false,
}

describe('the poster', () => {
  it('holds the invitation, the eight words and the lines to type as they were given', () => {
    const sheet = poster(input)
    expect(sheet).toMatchObject({
      organisation: 'Lövåsa kommun',
      department: 'Hemtjänst',
      qr: input.link,
      words: input.words,
      typed: input.typed,
    })
    expect(sheet.drill).toBeUndefined()
  })

  it('says when it was printed, of which edition, and for which place', () => {
    expect(poster(input).foot).toBe(
      'Plan B · Hemtjänst · personalrummet · utgåva 12 · utskriven 23 nov. 2026',
    )
    expect(poster({ ...input, place: undefined, edition: undefined }).foot).toBe(
      'Plan B · Hemtjänst · utskriven 23 nov. 2026',
    )
  })

  it('says in each of four languages what to do with each kind of phone, and without a camera', () => {
    const { languages } = poster(input)
    expect(languages.map(({ lang }) => lang)).toEqual(['sv', 'en', 'ar', 'fi'])
    expect(languages.map(({ dir }) => dir)).toEqual(['ltr', 'ltr', 'rtl', 'ltr'])
    for (const part of languages) {
      expect(part.iphone).toHaveLength(3)
      expect(part.android).toHaveLength(2)
      expect(part.words).not.toBe('')
      // An address is not turned within Arabic.
      expect(part.noCamera).toContain('\u2066planb.lovasa.se\u2069')
      expect(part.noCamera).not.toContain('{{')
    }
  })

  it('names nothing of one language in another: only products and the address are alike', () => {
    const letters = posterLanguages.find(({ lang }) => lang === 'ar')!
    for (const text of [letters.title, letters.words, ...letters.iphone, ...letters.android])
      expect(text.replaceAll(/Safari|Chrome|Plan B/g, '')).not.toMatch(/[a-z]/i)
  })

  it('makes a long name smaller, so that it takes one line', () => {
    const sizeOf = (department: string) => poster({ ...input, department }).size
    expect(sizeOf('Hemtjänst')).toBe('short')
    expect(sizeOf('Hemtjänst och nattpatrull, norra')).toBe('long')
    expect(sizeOf('Trygghetslarm och nattpatrull, södra kommundelen')).toBe('longer')
  })

  it('is marked where its organisation is an example', () => {
    expect(poster({ ...input, example: true }).drill).toContain('ÖVNING')
  })

  it('gives the address as somebody types it', () => {
    expect(shortAddress('https://planb.lovasa.se/')).toBe('planb.lovasa.se')
    expect(shortAddress('https://lovasa.se/planb/')).toBe('lovasa.se/planb')
    // Without a certificate the browser must be told.
    expect(shortAddress('http://10.0.0.2:4173/')).toBe('http://10.0.0.2:4173')
  })
})
