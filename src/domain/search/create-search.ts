import type { PlanBDocument } from '../schema/document.ts'
import type { TranslationLanguage } from '../schema/entry.ts'
import { describeHit } from './describe-hit.ts'
import { understandQuery, type Query } from './query.ts'
import { searchEntries, type SearchEntry, type SearchKind } from './search-entry.ts'
import { createCompoundSplitter } from './split-compound.ts'
import { WordIndex, type Hit } from './word-index.ts'
import { plainWords, stemWord, stopWords, wordsOf } from './words.ts'

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
  const built: Built = {
    entries,
    index,
    phrases: phrasesOf(entries),
    firstNumbers: firstNumbersOf(documents),
    split,
  }
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
  /** The same words without endings, so that "nyckelskåpet" is the whole name "nyckelskåp". */
  stems: string
  /** It says nothing by itself, as "kommer inte in". */
  isCommon: boolean
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
      if (phrase !== undefined) phrase.entries.push(entry)
      else {
        const isCommon = words.split(' ').every((word) => stopWords.has(word))
        phraseByWords.set(words, { words, stems: stemsOf(words), isCommon, entries: [entry] })
      }
    }
  }
  return [...phraseByWords.values()]
}

function stemsOf(words: string): string {
  return words.split(' ').map(stemWord).join(' ')
}

/** Names of the contacts that stand first on a department's start screen, each with its place there. */
function firstNumbersOf(documents: readonly PlanBDocument[]): Map<string, Map<string, number>> {
  return new Map(
    documents
      .filter((document) => document.kind === 'department')
      .map(({ department, body }) => [
        department,
        new Map(body.firstNumbers.map((reference, place) => [reference, place])),
      ]),
  )
}

interface Built {
  entries: readonly SearchEntry[]
  index: WordIndex
  phrases: readonly Phrase[]
  firstNumbers: ReadonlyMap<string, ReadonlyMap<string, number>>
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
  if (query.tokens.length === 0 && query.digits === undefined)
    scoreQuestions(built, { query, own }, hits)
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

/**
 * A whole name counts most; one of several words that is part of the question, or is being typed, too.
 * Single words score as much as they are rare, without a limit: a name of several words counts in
 * proportion to the best of them, so that it is not drowned ("sjuksköterskan svarar inte").
 */
function scorePhrases(phrases: readonly Phrase[], query: Query, scores: Map<number, Hit>): void {
  const { words } = query
  const stems = stemsOf(words)
  const typing = words.length >= 6 && words.includes(' ')
  const best = Math.max(0, ...[...scores.values()].map(({ score }) => score))
  const whole = Math.max(60, best)
  const part = Math.max(25, best / 2)
  for (const phrase of phrases) {
    const isSeveral = phrase.words.includes(' ')
    const isWhole = phrase.words === words || phrase.stems === stems
    const isPart =
      isSeveral &&
      (` ${stems} `.includes(` ${phrase.stems} `) || (typing && phrase.words.startsWith(words)))
    if (!isWhole && !isPart) continue
    // "Kommer inte in" is the name of a locked door; in "kommer inte in i TES" it says little.
    const isAside = phrase.isCommon && !isWhole && query.tokens.length > 0
    const score = isAside ? 5 : isWhole ? (isSeveral ? 2 * whole : whole) : part
    for (const entry of phrase.entries) add(scores, entry, score)
  }
}

/**
 * A question of nothing but common words: "vem ringer jag" asks for the numbers that stand first, then
 * phone trees and other numbers; anything else ("vad fungerar inte?", "hjälp") for the card one takes
 * when one does not know.
 */
function scoreQuestions(
  { entries, firstNumbers }: Built,
  { query, own }: { query: Query; own: ReadonlySet<string> },
  scores: Map<number, Hit>,
): void {
  const placeOf = (name: string) =>
    [...own].map((each) => firstNumbers.get(each)?.get(name)).find((place) => place !== undefined)
  for (const [at, { name, kind, document }] of entries.entries()) {
    if (query.asksWhomToCall) {
      if (kind === 'phone-tree') add(scores, at, 12)
      if (kind === 'contact') {
        const place = placeOf(name)
        add(scores, at, place === undefined ? 10 : 20 - place)
      }
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
