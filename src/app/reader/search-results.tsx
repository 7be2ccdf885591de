import { useDeferredValue, useMemo } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import { documentName } from '#domain/schema/document.ts'
import type { DocumentIndex } from '#domain/resolve.ts'
import type { SearchResult } from '#domain/search/create-search.ts'
import { startList } from '#domain/start-list.ts'
import { addressOf } from '#app/documents/address-of.ts'
import { languageOfText } from '#app/documents/language-of-text.ts'
import { ContactCalls } from '#app/documents/contact-call.tsx'
import { RoutineRows, rowKindOf } from '#app/documents/routine-rows.tsx'
import { useDocuments, Words } from '#app/documents/words.tsx'
import { Icon, type IconName } from '#app/ui/icon.tsx'
import { useLive } from '#app/ui/live.tsx'
import { plainText } from '#app/ui/parse-inline.ts'
import type { Place } from './place.ts'
import { searchAddress } from './search-query.ts'
import { useSearch } from './use-search.ts'

/** A list one can take in: the answer is among the first, or another word is quicker. */
const mostResults = 12

const icons: Partial<Record<string, IconName>> = {
  routine: 'routine',
  plan: 'routine',
  form: 'paper',
  'phone-tree': 'phone',
  contact: 'phone',
  exercise: 'exercise',
  situation: 'info',
}

/** What fits the words, as one types. With none: words to try. With nothing found: a way on. */
export function SearchResults(props: { query: string; place: Place }) {
  const { t } = useTranslation()
  const { index, language } = useDocuments()
  const { live: isLive } = useLive()
  const { search, depth } = useSearch(index, { isLive, isWanted: true })
  // A key press is shown at once; the list may follow a moment later.
  const query = useDeferredValue(props.query)
  const { shown } = props.place
  const departments = useMemo(() => shown.map((each) => each.department), [shown])
  const results = useMemo(
    () =>
      search?.find(query, {
        language,
        limit: mostResults,
        ...(departments.length === 0 ? {} : { department: departments }),
      }) ?? [],
    // Looked up again when the long texts have been taken in.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `depth` stands for what `search` holds inside
    [search, depth, query, language, departments],
  )
  if (query.trim() === '') return <WordsToTry />
  return (
    <section aria-label={t('search.title')}>
      <p className="meta list-meta is-count" role="status">
        {results.length === 0
          ? t('search.none', { query: query.trim() })
          : t('search.results', { count: results.length })}
      </p>
      {results.length === 0 ? (
        <NothingFound place={props.place} />
      ) : (
        <ul className="card rows">
          {results.map((result) => (
            <li key={result.name}>
              <HitRow result={result} departments={departments} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function HitRow({ result, departments }: { result: SearchResult; departments: readonly string[] }) {
  const { t } = useTranslation()
  const { index, language } = useDocuments()
  const document = sourceOf(result, index)
  const marked = (text: string) => {
    const its = document === undefined ? 'sv' : languageOfText(document, text, language)
    return its === language ? {} : { lang: its }
  }
  const kind = rowKindOf(result.kind)
  const owner = index.department(result.department)
  return (
    <>
      <a className={`row kind-${kind}`} href={addressOf(result.name)}>
        <span className="hit-kind">
          <Icon name={icons[result.kind] ?? 'info'} />
          {t(`kind.${result.kind}`)}
          {!departments.includes(result.department) && owner !== undefined && (
            <span className="hit-whose">
              {' · '}
              <Words of={owner.body} field="title" />
            </span>
          )}
        </span>
        <strong {...marked(result.title)}>{plainText(result.title)}</strong>
        {result.snippet !== '' && (
          <span className="under is-cut" {...marked(result.snippet)}>
            {plainText(result.snippet)}
          </span>
        )}
        <Icon name="forward" />
      </a>
      {result.kind === 'contact' && (
        <div className="hit-call">
          <ContactCalls references={[result.name]} />
        </div>
      )}
    </>
  )
}

/** Where a hit's texts come from: a document, or one of the contacts. */
function sourceOf(result: SearchResult, index: DocumentIndex): object | undefined {
  return result.kind === 'contact' ? index.contact(result.name)?.contact : index.get(result.name)
}

function WordsToTry() {
  const { t } = useTranslation()
  return (
    <section aria-labelledby="try">
      <h2 id="try" className="list-head">
        {t('search.try')}
      </h2>
      <ul className="tries" lang="sv">
        {t('search.words')
          .split('|')
          .map((word) => (
            <li key={word}>
              <a href={`#${searchAddress(word)}`}>{word}</a>
            </li>
          ))}
      </ul>
    </section>
  )
}

function NothingFound({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { index } = useDocuments()
  const card = place.shown
    .map((each) => startList(index, each.department).firstCard)
    .find((each) => each !== undefined)
  return (
    <div className="stack">
      <p>{t('search.noneText')}</p>
      {card !== undefined && (
        <>
          <p>{t('search.noneFirst')}</p>
          <RoutineRows routines={[card]} key={documentName(card)} />
        </>
      )}
      <WordsToTry />
    </div>
  )
}
