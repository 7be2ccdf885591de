/**
 * Words as the search compares them: folded (small letters; å, ä, ö and accents as plain letters, as
 * they are typed in haste or on a foreign keyboard) and without Swedish endings.
 */

/** Small letters without marks: `Läkemedel` becomes `lakemedel`. */
export function foldText(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

/** A text as folded words with single spaces, without any other marks. */
export function plainWords(text: string): string {
  return foldText(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/**
 * The words of a text, folded. A hyphen parts words, and the whole is a word too (`wi-fi`: wi, fi, wifi),
 * but a single letter stays with what follows (`e-post`: epost).
 */
export function wordsOf(text: string): string[] {
  const words: string[] = []
  for (const [found] of foldText(text).matchAll(
    /[\p{L}\p{N}]+(?:[-\u2010\u2011][\p{L}\p{N}]+)*/gu,
  )) {
    const parts = found.split(/[-\u2010\u2011]/)
    if (parts.length === 1) words.push(found)
    else
      words.push(
        parts.join(''),
        ...parts.filter((part) => part.length > 1 && parts[0]?.length !== 1),
      )
  }
  return words
}

/** Words that end like a plural or a definite form, but are not. */
const wholeWords =
  /(ator|ktor|ntor|motor|ffor|njor|papper|nummer|kalender|server|router|fonster|filter|vatten|personal|jour|medicin|sen|igen)$/

/** Endings of nouns, adjectives and verbs, folded; the longest that fits is taken off. */
const endings = [
  'erade',
  'erat',
  'erar',
  'era',
  'ningarna', 'heterna', 'elserna', 'andena', 'arnas', 'ernas', 'ornas', 'arna', 'erna', 'orna', 'ande',
  'ades', 'ade', 'ast', 'ana', 'ens', 'ets', 'ans', 'ars', 'ers', 'ors', 'en', 'et', 'an', 'ar', 'er',
  'or', 'at', 'as', 'na', 'a', 'e',
] // prettier-ignore

/** Endings that are part of the word's own middle: only what follows it goes (`inloggningarna`). */
const keptHeads: Readonly<Record<string, string>> = {
  ningarna: 'ning',
  heterna: 'het',
  elserna: 'els',
}

/**
 * A folded word without its ending, so that `skrivaren`, `skrivare` and `skrivarens`, or `nycklar` and
 * `nyckel`, meet. Light on purpose: what it misses, prefix and fuzzy search find.
 */
export function stemWord(word: string): string {
  if (word.length < 4 || /[0-9]/.test(word)) return word
  // "skrivarens", "datorns", "läkemedels-": the s of the genitive, not that of "hus" or "press".
  const bare =
    word.length > 4 && /[^s]s$/.test(word) && /[nrtldgm]s$/.test(word) ? word.slice(0, -1) : word
  if (wholeWords.test(bare)) return bare
  // "datorn", "kalendern", "nyckeln"
  if (/[rl]n$/.test(bare) && bare.length > 4) return contracted(bare.slice(0, -1))
  // "skrivare" and "skrivaren" keep their ar: else they would be the same as "skriva".
  if (bare.endsWith('are')) return bare.slice(0, -1)
  if (bare.endsWith('aren')) return bare.slice(0, -2)
  const ending = endings.find(
    (one) => bare.endsWith(one) && bare.length - one.length >= (one.startsWith('era') ? 4 : 3),
  )
  if (ending === undefined) return contracted(bare)
  const stem = bare.slice(0, bare.length - ending.length) + (keptHeads[ending] ?? '')
  return contracted(stem)
}

/** `nyckel` and `nycklar`, `läkemedel` and `läkemedlet`: the e before l comes and goes. */
function contracted(stem: string): string {
  return /[bcdfgkmpstv]el$/.test(stem) && stem.length > 4 ? `${stem.slice(0, -2)}l` : stem
}

/**
 * Words that say nothing of what is asked for, folded: small words of Swedish and English, and the words
 * every routine is about ("fungerar inte", "är nere", "funkar", "not working").
 */
export const stopWords: ReadonlySet<string> = new Set(
  (
    'och att det som en ett den de i pa av for med till runt om ar var har kan ska skall vill maste far fick inte ej ingen ' +
    'inget inga jag du vi ni han hon hen man mig dig oss er min mitt mina din ditt dina sin vart vara sa da nar ' +
    'dar har hur vad vem vilka vilken vilket varfor vart nu an men eller ocksa bara alla allt nagon nagot nagra ' +
    'fungerar fungera funkar funka funkr gar ga nere ner trasig trasigt sonder krangla krangler krasch kraschat ' +
    'dott dod borta slut stangd stangt kommer komma blir bli blivit gor gora helt fel problem hjalp hej snalla ' +
    'gatt ligger anvanda anvander star hittar hitta finns finnas mycket lite igen upp ut in hos under over efter fore vid fran mot genom utan innan medan kvar la mer ' +
    'the a an is are was be to of and or in on at it i we you my our not no dont does doesnt do did can cant cannot ' +
    'working work works down broken what who how when where why which help please out off up with for'
  ).split(' '),
)

/** Words for those everything is done for, folded: beside another word they say little. */
export const peopleWords: ReadonlySet<string> = new Set(
  'brukare brukaren brukarna brukarens kund kunden kunderna patient patienten patienterna client patients'.split(
    ' ',
  ),
)

/** Words that ask for somebody to call, folded: they bring numbers and phone trees forward. */
export const callWords: ReadonlySet<string> = new Set(
  'ring ringa ringer ringer vem telefonnummer numret nummer nr kontakt kontakta kontakter na nar nas svarar svarade svara call phone who number'.split(
    ' ',
  ),
)
