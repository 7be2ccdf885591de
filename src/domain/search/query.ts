import { meantBy, synonymsOf } from './synonyms.ts'
import {
  callWords,
  foldText,
  peopleWords,
  plainWords,
  stemWord,
  stopWords,
  wordsOf,
} from './words.ts'

/** One word of a question and everything that would answer it. */
export interface QueryToken {
  /** The word's own stem first; then parts of a compound and other words for the same thing. */
  terms: { term: string; weight: number }[]
  /** How much this word counts among the others. */
  weight: number
}

export interface Query {
  /** Folded words with single spaces, stop words among them. */
  words: string
  tokens: QueryToken[]
  /** It has a word like "vem", "ringa", "nummer". */
  asksWhomToCall: boolean
  /** The digits, when it is a phone number or the beginning of one. */
  digits?: string
  /** The stem of the last word, when it may be unfinished. */
  typing?: string
}

/** No question needs more words; a pasted page is not searched for. */
const mostWords = 12

/** Takes a question apart into what is to be looked for. */
export function understandQuery(text: string, split: (word: string) => readonly string[]): Query {
  const folded = foldText(text.slice(0, 200))
  const words = plainWords(folded).split(' ').slice(0, mostWords)
  const digits = /^[\d\s+()./-]{3,}$/.test(folded) ? nationalDigits(folded) : undefined
  const all = wordsOf(folded).slice(0, mostWords)
  const last = all.at(-1)
  const meaning = all.filter(
    (word) => !stopWords.has(word) && !isUnfinishedStopWord(word, last, all),
  )
  // A word of calling is only an aside where something else is asked for.
  const asides = meaning.filter((word) => callWords.has(word))
  const mainWords = meaning.filter((word) => !callWords.has(word))
  const namesThing = mainWords.some((word) => !peopleWords.has(word))
  const query: Query = {
    words: words.join(' '),
    tokens: [
      ...mainWords.map((word) =>
        toToken(word, split, namesThing && peopleWords.has(word) ? 0.3 : 1),
      ),
      ...(mainWords.length > 0 ? asides.map((word) => toToken(word, split, 0.25)) : []),
      // "Kommer inte in" alone means logging in; "kommer inte in i TES" asks for TES first.
      ...meantBy(folded).map((stem) => toMeaning(stem, mainWords.length > 0 ? 0.5 : 1)),
    ],
    asksWhomToCall: all.some((word) => callWords.has(word)),
  }
  if (digits !== undefined) query.digits = digits
  if (last !== undefined && /[\p{L}\p{N}]$/u.test(folded)) query.typing = stemWord(last)
  return query
}

/** "vad fung": the beginning of a word that will say nothing is not searched for yet. */
function isUnfinishedStopWord(
  word: string,
  last: string | undefined,
  all: readonly string[],
): boolean {
  if (word !== last || all.length < 2 || word.length < 3) return false
  return [...stopWords].some(
    (stopWord) => stopWord.length > word.length && stopWord.startsWith(word),
  )
}

function toToken(
  word: string,
  split: (word: string) => readonly string[],
  weight: number,
): QueryToken {
  const stem = stemWord(word)
  const terms = [{ term: stem, weight: 1 }]
  const addAll = (stems: readonly string[], of: number): void => {
    for (const term of stems) {
      if (!terms.some((one) => one.term === term)) terms.push({ term, weight: of })
    }
  }
  const parts = split(word)
  addAll(synonymsOf(stem), 0.6)
  addAll(parts, 0.4)
  addAll(parts.flatMap(synonymsOf), 0.2)
  return { terms, weight }
}

function toMeaning(term: string, weight: number): QueryToken {
  return { terms: [{ term, weight: 1 }], weight }
}

function nationalDigits(text: string): string | undefined {
  const digits = text
    .trim()
    .replace(/^(\+|00)46/, '0')
    .replace(/\D/g, '')
  return digits.length >= 3 ? digits : undefined
}
