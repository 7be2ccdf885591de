import MiniSearch, { type SearchResult } from 'minisearch'
import type { Query } from './query.ts'
import type { SearchEntry } from './search-entry.ts'
import { stemWord, stopWords, wordsOf } from './words.ts'

/** How well an entry fits, and the stems that were found in it. */
export interface Hit {
  score: number
  terms: readonly string[]
}

/** How much a word says, by where it stands. */
const headBoost = { title: 5, aliases: 4, systems: 2, summary: 1.5 }
const textBoost = { text: 0.4 }

type Indexed = { at: number; entry: SearchEntry }
type WordsIndex = MiniSearch<Indexed>

/**
 * The words of entries, by their place in the list. What entries are called is indexed at once; their
 * long texts, which are ten times as much, a few at a time by `deepen`, so that a frame can pass between.
 */
export class WordIndex {
  readonly #heads: WordsIndex
  readonly #texts: WordsIndex
  readonly #entries: readonly SearchEntry[]
  #deepened = 0

  constructor(entries: readonly SearchEntry[], split: (word: string) => readonly string[]) {
    const termsOf = rememberTerms(split)
    this.#entries = entries
    this.#heads = createIndex(Object.keys(headBoost), (entry, field) =>
      entry[field as keyof typeof headBoost].flatMap(wordsOf).flatMap(termsOf),
    )
    // Each word of a text counts once: how often it is repeated says little about a routine.
    this.#texts = createIndex(Object.keys(textBoost), (entry) => [
      ...new Set([...new Set(entry.text().flatMap(wordsOf))].flatMap(termsOf)),
    ])
    for (const [at, entry] of entries.entries()) this.#heads.add({ at, entry })
  }

  /** Indexes the texts of so many more entries. Gives whether some are left. */
  deepen(count: number): boolean {
    const end = Math.min(this.#entries.length, this.#deepened + count)
    for (const entry of this.#entries.slice(this.#deepened, end)) {
      this.#texts.add({ at: this.#deepened++, entry })
    }
    return end < this.#entries.length
  }

  /** Entries that hold words of the query, by their place in the list. */
  find(query: Query): Map<number, Hit> {
    const texts = findTerms(this.#texts, query, textBoost)
    let heads = findTerms(this.#heads, query, headBoost)
    const misspelt = misspeltTerms(query, heads, texts)
    if (misspelt.size > 0) heads = findTerms(this.#heads, query, headBoost, misspelt)
    const hits = new Map<number, Hit & { matched: Set<string> }>()
    for (const { id, score, terms, queryTerms } of [...heads, ...texts]) {
      const hit = hits.get(id as number)
      hits.set(id as number, {
        score: (hit?.score ?? 0) + score,
        terms: [...(hit?.terms ?? []), ...terms],
        matched: new Set([...(hit?.matched ?? []), ...queryTerms]),
      })
    }
    const whole = weightOf(query.tokens)
    for (const hit of hits.values()) {
      const met = query.tokens.filter(({ terms }) =>
        terms.some(({ term }) => hit.matched.has(term)),
      )
      // Squared: what holds all words of the question stands before what repeats one of them.
      hit.score *= (weightOf(met) / whole) ** 2
    }
    return hits
  }
}

function createIndex(
  fields: string[],
  termsOfField: (entry: SearchEntry, field: string) => string[],
): WordsIndex {
  return new MiniSearch<Indexed>({
    idField: 'at',
    fields,
    extractField: (indexed, field): unknown =>
      field === 'at' ? indexed.at : termsOfField(indexed.entry, field),
    // Terms are made above, from several texts of a field; nothing is to be cut apart again.
    stringifyField: (terms) => terms as unknown as string,
    tokenize: (terms) => terms as unknown as string[],
    processTerm: (term) => term,
  })
}

function rememberTerms(
  split: (word: string) => readonly string[],
): (word: string) => readonly string[] {
  const termsByWord = new Map<string, readonly string[]>()
  return (word) => {
    const earlier = termsByWord.get(word)
    if (earlier !== undefined) return earlier
    const terms = stopWords.has(word) ? [] : [stemWord(word), ...split(word)]
    termsByWord.set(word, terms)
    return terms
  }
}

/**
 * Words of the query that no entry is called by and that no text holds as they stand: misspellings are
 * looked for only there, since that costs most and finds the wrong thing most easily.
 */
function misspeltTerms(query: Query, heads: SearchResult[], texts: SearchResult[]): Set<string> {
  const metInHeads = new Set(heads.flatMap(({ queryTerms }) => queryTerms))
  const inTexts = new Set(texts.flatMap(({ terms }) => terms))
  return new Set(
    query.tokens
      .filter(({ terms }) => !terms.some(({ term }) => metInHeads.has(term)))
      .map(({ terms }) => terms[0]?.term ?? '')
      .filter((term) => term.length > 3 && !inTexts.has(term)),
  )
}

function findTerms(
  index: WordsIndex,
  query: Query,
  boost: typeof headBoost | typeof textBoost,
  misspelt: ReadonlySet<string> = new Set(),
): SearchResult[] {
  const weightByTerm = new Map<string, number>()
  for (const { terms, weight: ofToken } of query.tokens) {
    for (const { term, weight } of terms) {
      weightByTerm.set(term, Math.max(weightByTerm.get(term) ?? 0, weight * ofToken))
    }
  }
  return index.search([...weightByTerm.keys()].join(' '), {
    tokenize: (terms) => terms.split(' ').filter((term) => term !== ''),
    processTerm: (term) => term,
    boost,
    boostTerm: (term) => weightByTerm.get(term) ?? 1,
    // One or two letters begin too many words, except what a thing is called while somebody types it.
    prefix: (term) => term.length > 2 || (term === query.typing && boost === headBoost),
    fuzzy: (term) => (misspelt.has(term) ? (term.length > 5 ? 2 : 1) : false),
    weights: { fuzzy: 0.4, prefix: 0.6 },
  })
}

function weightOf(tokens: Query['tokens']): number {
  return tokens.reduce((total, { weight }) => total + weight, 0)
}
