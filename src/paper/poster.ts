import { posterLanguages } from '#i18n/poster-languages.ts'
import { fillText } from '#i18n/fill-text.ts'

export interface PosterInput {
  /** Titles as people know them. */
  organisation: string
  department: string
  /** The invitation as an address: what the code holds. */
  link: string
  /** Where the app opens; absolute, without an invitation. */
  app: string
  /** Eight words. */
  words: readonly string[]
  /** The invitation as lines to type. */
  typed: readonly string[]
  /** When it is printed, and the edition people have then: as shown, `23 nov. 2026`. */
  made: string
  edition?: number
  /** What the invitation was noted for, such as "personalrummet": tells two posters apart. */
  place?: string
  example: boolean
}

/** A poster as plain data: one A4 sheet, drawn by whoever prints it. */
export interface Poster {
  organisation: string
  department: string
  /** How large the name of the department is: a long one has its one line too. */
  size: 'short' | 'long' | 'longer'
  qr: string
  /** As people type it: without `https://` and the closing slash. */
  address: string
  words: readonly string[]
  typed: readonly string[]
  languages: readonly PosterPart[]
  wordsTitle: string
  typedTitle: string
  ends: string
  foot: string
  /** Said over the sheet where it belongs to an exercise. */
  drill?: string
}

export interface PosterPart {
  lang: string
  dir: 'ltr' | 'rtl'
  name: string
  title: string
  iphone: readonly string[]
  android: readonly string[]
  words: string
  noCamera: string
}

/** Says in four languages how a phone gets a department's plans (TRUST "Joining"). */
export function poster(input: PosterInput): Poster {
  const address = shortAddress(input.app)
  const foot = [
    'Plan B',
    input.department,
    ...(input.place ? [input.place] : []),
    ...(input.edition === undefined ? [] : [`utgåva ${input.edition}`]),
    `utskriven ${input.made}`,
  ].join(' · ')
  return {
    organisation: input.organisation,
    department: input.department,
    size: sizeOf(input.department),
    qr: input.link,
    address,
    words: input.words,
    typed: input.typed,
    languages: posterLanguages.map((language) => ({
      ...language,
      // Left to right, also within Arabic: an address is not turned.
      noCamera: fillText(language.noCamera, { address: `\u2066${address}\u2069` }),
    })),
    wordsTitle: 'Kontrollord',
    typedTitle: 'Utan kamera: välj ”Skriv av koden” i appen och skriv raderna',
    ends: 'Bara för personal. Koden slutar gälla när chefen byter den.',
    foot,
    ...(input.example ? { drill: 'ÖVNING, inga riktiga nummer' } : {}),
  }
}

function sizeOf(title: string): Poster['size'] {
  if (title.length <= 26) return 'short'
  return title.length <= 40 ? 'long' : 'longer'
}

/** `planb.kommun.se` of `https://planb.kommun.se/`: what somebody types into a browser. */
export function shortAddress(app: string): string {
  return app.replace(/^https:\/\//, '').replace(/\/$/, '')
}
