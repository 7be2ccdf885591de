import { isPlainObject, isTranslatable, schemaPart, walkSchema } from './schema/walk-schema.ts'
import { documentSchemas, type DocumentKind, type PlanBDocument } from './schema/document.ts'
import { nationalNumbers } from './schema/values.ts'

/**
 * A document to begin one's own from: as the example has it, without what only the example can know. It need not fit
 * its schema: a contact has no number until somebody writes the one that is theirs.
 */
export interface TemplateDocument {
  department: string
  kind: DocumentKind
  id: string
  body: Record<string, unknown>
}

/** Kinds that say what happened, or who works when, in the example. */
const ownOnly: ReadonlySet<DocumentKind> = new Set(['organisation', 'situation', 'rota'])

/** Fields that say that somebody has done something: read, decided, approved, tried, printed, counted. */
const doneFields: Readonly<Partial<Record<DocumentKind, readonly string[]>>> = {
  routine: ['reviewed', 'nextReview', 'approval'],
  plan: ['reviewed', 'nextReview', 'decided', 'version', 'exercises'],
  contacts: ['checked'],
  'phone-tree': ['checked', 'drills'],
  exercise: ['log'],
}

/** Fields with a number, which is the example's and nobody's; national ones stay. */
const numberFields = ['number', 'second', 'emergency'] as const

/** Documents of the example as templates: a fictional number left in a real plan would be called one night. */
export function makeTemplate(documents: readonly PlanBDocument[]): TemplateDocument[] {
  return documents
    .filter(({ kind }) => !ownOnly.has(kind))
    .map(({ department, kind, id, body }) => ({
      department,
      kind,
      id,
      body: withoutDone(kind, withoutNumbers(body) as Record<string, unknown>),
    }))
}

/** A body without what says that somebody has done something. */
export function withoutDone(
  kind: DocumentKind,
  body: Record<string, unknown>,
): Record<string, unknown> {
  const done = new Set(doneFields[kind])
  const kept = Object.fromEntries(Object.entries(body).filter(([field]) => !done.has(field)))
  if (!isPlainObject(kept['binder'])) return kept
  const { printed: _, ...binder } = kept['binder']
  return { ...kept, binder }
}

function withoutNumbers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNumbers)
  if (!isPlainObject(value)) return value
  const isOwnNumber = (field: string, inner: unknown) =>
    (numberFields as readonly string[]).includes(field) &&
    typeof inner === 'string' &&
    !(nationalNumbers as readonly string[]).includes(inner)
  return Object.fromEntries(
    Object.entries(value)
      .filter(([field, inner]) => !isOwnNumber(field, inner))
      .map(([field, inner]) => [field, withoutNumbers(inner)]),
  )
}

/** What differs between municipalities, in the words of the texts. */
export interface OwnWords {
  /** Whole words of the template and what is said here instead: `TES` → `Lifecare Planering`. */
  words: ReadonlyMap<string, string>
  /** What is said here instead of "brukare". */
  client?: ClientWord
}

/** Texts with one's own words; references, ids and values that are no text stay as they are. */
export function adaptTemplate(
  documents: readonly TemplateDocument[],
  { words, client = 'brukare' }: OwnWords,
): TemplateDocument[] {
  const replaceWords = replacer(words)
  const replace = (text: string) => replaceWords(sayClient(text, client))
  return documents.map((document) => {
    const body = structuredClone(document.body)
    for (const { value, path, part } of walkSchema(
      schemaPart(documentSchemas[document.kind]),
      body,
    )) {
      if (isPlainObject(value)) replaceTranslations(value, replace)
      if (typeof value === 'string' && isTranslatable(part)) put(body, path, replace(value))
    }
    return { ...document, body }
  })
}

function replaceTranslations(value: Record<string, unknown>, replace: (text: string) => string) {
  const { translations } = value
  if (!isPlainObject(translations)) return
  for (const fields of Object.values(translations)) {
    if (!isPlainObject(fields)) continue
    for (const [field, text] of Object.entries(fields)) {
      if (typeof text === 'string') fields[field] = replace(text)
      else if (Array.isArray(text)) fields[field] = text.map((one) => replace(String(one)))
    }
  }
}

/** The longest first, so that "TES i mobilen" is not cut by "TES". */
function replacer(words: OwnWords['words']): (text: string) => string {
  const sought = [...words.keys()].filter((word) => word !== '').sort((a, b) => b.length - a.length)
  if (sought.length === 0) return (text) => text
  const escaped = sought.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})(?![\\p{L}\\p{N}])`, 'gu')
  return (text) => text.replace(pattern, (word) => words.get(word) ?? word)
}

function put(body: unknown, path: readonly (string | number)[], text: string): void {
  let within = body as Record<string | number, unknown>
  for (const key of path.slice(0, -1)) within = within[key] as Record<string | number, unknown>
  within[path.at(-1)!] = text
}

/** The words for whom one cares for, as municipalities say (DOMAIN, "Words"). */
export const clientWords = ['brukare', 'omsorgstagare', 'kund'] as const
export type ClientWord = (typeof clientWords)[number]

/**
 * How a text that says "brukare" says it with another word, in every form the language has. Where the form does not
 * show whether one or many are meant, the word before it does: "en brukare", "varje brukare".
 */
export function sayClient(text: string, word: ClientWord): string {
  if (word === 'brukare') return text
  return text.replace(
    /(?<before>(?<![\p{L}])(?:en|ett|varje|ingen|någon|annan|denna|samma|per|viss|ny|enskild)\s+)?(?<![\p{L}\p{N}])(?<form>[Bb]rukar(?:enas|nas|ens|es|en|na|e))(?![\p{L}\p{N}])/gu,
    (_, ...rest: unknown[]) => {
      const { before = '', form } = rest.at(-1) as { before?: string; form: string }
      const said = formOf(form.toLowerCase().slice('brukar'.length), word, before !== '')
      return before + (form.startsWith('B') ? said.charAt(0).toUpperCase() + said.slice(1) : said)
    },
  )
}

function formOf(ending: string, word: ClientWord, isOne: boolean): string {
  if (word === 'omsorgstagare') return `omsorgstagar${ending}`
  const forms: Record<string, string> = {
    e: isOne ? 'kund' : 'kunder',
    es: isOne ? 'kunds' : 'kunders',
    en: 'kunden',
    ens: 'kundens',
    na: 'kunderna',
    nas: 'kundernas',
    enas: 'kundernas',
  }
  return forms[ending] ?? `kund${ending}`
}
