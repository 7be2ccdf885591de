import { stemWord } from './words.ts'

/** Short words that begin or end compounds; longer ones are learnt from the documents themselves. */
const shortParts: ReadonlySet<string> = new Set(
  'kor las nat mat dos hem bil tur el it ut in lon vak sal kyl rum jour'.split(' '),
)

/** Everyday parts of compounds, as stems, for words the documents do not use by themselves. */
const usualParts: readonly string[] = (
  'lista kort system telefon nummer plan schema journal blankett papper larm nyckel dator skrivare lakemedel ' +
  'medicin signering delegering personal brukare patient sjuk skoterska besok avbrott strom server webb plats ' +
  'sida tjanst post meddelande register uppgift bestallning ordning ansvarig chef moten mote kedja ring bok ' +
  'mapp parm avtal faktura kassa nattverk trygghet inloggning losen ord kod vikarie pass halsa sjukvard vard'
)
  .split(' ')
  .map(stemWord)

/** Shorter parts would be found in words that are no compounds. */
const shortestPart = 4

/**
 * Makes a splitter of Swedish compounds: `läkemedelslista` into `läkemedel` and `lista`. A word is split
 * where both sides are words of the vocabulary, with or without an s between. Give words folded; stems
 * come back, without the whole.
 */
export function createCompoundSplitter(
  vocabulary: Iterable<string>,
): (word: string) => readonly string[] {
  const known = new Set([
    ...usualParts,
    ...[...vocabulary].filter((stem) => stem.length >= shortestPart),
  ])
  const isPart = (stem: string, word: string) =>
    shortParts.has(word) ||
    (word.length >= shortestPart && (known.has(stem) || shortParts.has(stem)))
  const partsByWord = new Map<string, readonly string[]>()

  const split = (word: string): readonly string[] => {
    for (let at = word.length - 3; at >= 2; at--) {
      const tail = stemWord(word.slice(at))
      if (!isPart(tail, word.slice(at))) continue
      const head = word.slice(0, at)
      for (const whole of [head, head.replace(/s$/, '')]) {
        const stem = stemWord(whole)
        if (isPart(stem, whole)) return [stem, tail]
        const inner = whole.length >= 7 ? splitOnce(whole) : []
        if (inner.length > 0) return [...inner, tail]
      }
    }
    return []
  }
  const splitOnce = (word: string): readonly string[] => {
    const earlier = partsByWord.get(word)
    if (earlier !== undefined) return earlier
    // Set before it is known: a word is never looked through inside itself.
    partsByWord.set(word, [])
    const whole = stemWord(word)
    const parts = word.length < 6 ? [] : split(word).filter((part) => part !== whole)
    partsByWord.set(word, parts)
    return parts
  }
  return splitOnce
}
