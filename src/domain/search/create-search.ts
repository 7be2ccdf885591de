import type { PlanBDocument } from '../schema/document.ts'
import type { TranslationLanguage } from '../schema/entry.ts'
import { describeHit } from './describe-hit.ts'
import { understandQuery, type Query } from './query.ts'
import { searchEntries, type SearchEntry, type SearchKind } from './search-entry.ts'
import { createCompoundSplitter } from './split-compound.ts'
import { WordIndex, type Hit } from './word-index.ts'
import { foldText, stemWord, stopWords, wordsOf } from './words.ts'

export interface SearchResult {
  /** `department/kind/id`; `department/contact/id` for a number. */
  name: string
  kind: SearchKind
  department: string
  id: string
  /** What people call it, in the language asked for where it is translated. */
  title: string
  /** One line that says what it is, or the line in which the words were found. */
  snippet: string
  score: number
}

export interface SearchOptions {
  /** Whose things come first among equals; several where departments are shown together. */
  department?: string | readonly string[]
  language?: 'sv' | TranslationLanguage
  /** At most so many; 30 when not given. */
  limit?: number
}

export interface Search {
  /** What fits a question, best first; nothing for a blank one. */
  find(query: string, options?: SearchOptions): SearchResult[]
  /**
   * Names, aliases, systems and summaries are searched from the start; the long texts (steps, fields of
   * forms) after this has been called until it gives false: each call takes in a few more.
   */
  deepen(count?: number): boolean
}

/** Routines first, then forms, numbers, plans. */
const weightByKind: Readonly<Record<SearchKind, number>> = {
  routine: 1.8,
  form: 1.5,
  contact: 1.2,
  'phone-tree': 1.2,
  plan: 0.8,
  situation: 1,
  exercise: 0.3,
}

/** Makes a search over documents: what a department's phone holds, or all of a municipality. */
export function createSearch(documents: readonly PlanBDocument[]): Search {
  const entries = searchEntries(documents)
  const split = createCompoundSplitter(vocabularyOf(entries))
  const index = new WordIndex(entries, split)
  const built: Built = { entries, index, phrases: phrasesOf(entries), split }
  return {
    find: (query, options = {}) => find(built, query, options),
    deepen: (count = 10) => index.deepen(count),
  }
}

/** The words documents are named by: what compounds are split into. */
function vocabularyOf(entries: readonly SearchEntry[]): Set<string> {
  const named = entries.flatMap(({ title, aliases, systems }) => [...title, ...aliases, ...systems])
  return new Set(
    named
      .flatMap(wordsOf)
      .filter((word) => !stopWords.has(word))
      .map(stemWord),
  )
}

interface Phrase {
  /** Folded words with single spaces. */
  words: string
  /** Places of the entries that are called so. */
  entries: number[]
}

/**
 * What entries are called, as a whole: "vem ska jag till" consists of words too common to search for, and
 * "stab" is the name of one thing and part of many.
 */
function phrasesOf(entries: readonly SearchEntry[]): Phrase[] {
  const phraseByWords = new Map<string, Phrase>()
  for (const [entry, { title, aliases }] of entries.entries()) {
    for (const words of new Set([...title, ...aliases].map(plainWords))) {
      const phrase = phraseByWords.get(words)
      if (phrase === undefined) phraseByWords.set(words, { words, entries: [entry] })
      else phrase.entries.push(entry)
    }
  }
  return [...phraseByWords.values()]
}

function plainWords(text: string): string {
  return foldText(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

interface Built {
  entries: readonly SearchEntry[]
  index: WordIndex
  phrases: readonly Phrase[]
  split: (word: string) => readonly string[]
}

function find(built: Built, text: string, options: SearchOptions): SearchResult[] {
  const { entries, index } = built
  const { department = [], language = 'sv', limit = 30 } = options
  const own = new Set(typeof department === 'string' ? [department] : department)
  const query = understandQuery(text, built.split)
  if (query.words === '') return []
  const hits = query.digits === undefined ? index.find(query) : new Map<number, Hit>()
  scoreNumbers(entries, query, hits)
  scorePhrases(built.phrases, query, hits)
  if (query.tokens.length === 0 && query.digits === undefined) scoreQuestions(entries, query, hits)
  const ranked = [...hits]
    .map(([at, hit]) => {
      const entry = entries[at] as SearchEntry
      return { entry, hit, score: hit.score * weightOf(entry, query, own) }
    })
    .sort((a, b) => b.score - a.score || (a.entry.name < b.entry.name ? -1 : 1))
  return withoutTwins(ranked)
    .slice(0, limit)
    .map(({ entry, hit, score }) => ({ ...describeHit(entry, hit.terms, language), score }))
}

/** A function stands in the contacts of several departments with the same id and number: once is enough. */
function withoutTwins<R extends { entry: SearchEntry }>(ranked: R[]): R[] {
  const seen = new Set<string>()
  return ranked.filter(({ entry: { contactId, number } }) => {
    if (contactId === undefined) return true
    const twin = `${contactId} ${number}`
    return seen.size !== seen.add(twin).size
  })
}

function weightOf(entry: SearchEntry, query: Query, own: ReadonlySet<string>): number {
  const asked = query.asksWhomToCall && (entry.kind === 'contact' || entry.kind === 'phone-tree')
  return weightByKind[entry.kind] * (own.has(entry.department) ? 1.2 : 1) * (asked ? 1.5 : 1)
}

function scoreNumbers(
  entries: readonly SearchEntry[],
  { digits }: Query,
  scores: Map<number, Hit>,
): void {
  if (digits === undefined) return
  for (const [at, { number }] of entries.entries()) {
    if (number?.split(' ').some((one) => one.startsWith(digits))) add(scores, at, 100)
    else if (number?.includes(digits)) add(scores, at, 30)
  }
}

/** A whole name counts most; one of several words that is part of the question, or is being typed, too. */
function scorePhrases(
  phrases: readonly Phrase[],
  { words }: Query,
  scores: Map<number, Hit>,
): void {
  const asked = ` ${words} `
  const typing = words.length >= 6 && words.includes(' ')
  for (const { words: phrase, entries } of phrases) {
    const several = phrase.includes(' ')
    const score =
      phrase === words
        ? 60
        : several && asked.includes(` ${phrase} `)
          ? 25
          : several && typing && phrase.startsWith(words)
            ? 25
            : 0
    if (score > 0) for (const entry of entries) add(scores, entry, score)
  }
}

/**
 * A question of nothing but common words: "vem ringer jag" asks for phone trees and numbers, anything else
 * ("vad fungerar inte?", "hjälp") for the card one takes when one does not know.
 */
function scoreQuestions(
  entries: readonly SearchEntry[],
  query: Query,
  scores: Map<number, Hit>,
): void {
  for (const [at, { kind, document }] of entries.entries()) {
    if (query.asksWhomToCall) {
      if (kind === 'phone-tree') add(scores, at, 12)
      if (kind === 'contact') add(scores, at, 10)
    } else if (document.kind === 'routine') {
      // 44: "what works, what does not, what may and may not be done".
      add(
        scores,
        at,
        document.body.answers.includes(44) ? 20 : document.body.group === 'other' ? 6 : 5,
      )
    } else if (kind === 'situation') add(scores, at, 8)
  }
}

function add(scores: Map<number, Hit>, at: number, score: number): void {
  const earlier = scores.get(at)
  scores.set(at, { score: (earlier?.score ?? 0) + score, terms: earlier?.terms ?? [] })
}
