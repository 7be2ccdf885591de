import { createContext, use } from 'react'
import type { InterfaceLanguage } from '#i18n/create-i18n.ts'
import { indexDocuments, type DocumentIndex } from '#domain/resolve.ts'
import { InlineText, Prose } from '#app/ui/inline-text.tsx'
import { translatedLines, translatedText, type TranslatedText } from './translated-text.ts'

/** What every drawn document needs: the other documents it points at, and the reader's language. */
export const DocumentsContext = createContext<{
  index: DocumentIndex
  language: InterfaceLanguage
}>({ index: indexDocuments([]), language: 'sv' })

export function useDocuments() {
  return use(DocumentsContext)
}

/**
 * A text of a document in the reader's language. Where it has no translation the Swedish stands, and
 * is marked as Swedish so that it is hyphenated and read aloud as what it is (WCAG 3.1.2).
 */
export function Words<E extends object>(props: { of: E; field: keyof E & string }) {
  const { language } = useDocuments()
  return <Marked found={translatedText(props.of, props.field, language)} />
}

/** Several sentences of a document in the reader's language. */
export function ProseWords<E extends object>(props: { of: E; field: keyof E & string }) {
  const { language } = useDocuments()
  const found = translatedText(props.of, props.field, language)
  return (
    <div lang={found.language === language ? undefined : found.language}>
      <Prose>{found.text}</Prose>
    </div>
  )
}

/** A list of lines of a document. Draws nothing when it is empty. */
export function Lines<E extends object>(props: {
  of: E
  field: keyof E & string
  className?: string
}) {
  const { language } = useDocuments()
  const lines = translatedLines(props.of, props.field, language)
  if (lines.length === 0) return null
  return (
    <ul className={props.className ?? 'bullets'}>
      {lines.map((line, index) => (
        <li key={index}>
          <Marked found={line} />
        </li>
      ))}
    </ul>
  )
}

/** The attribute for text that only exists in Swedish. */
export function useSwedish(): { lang?: 'sv' } {
  const { language } = useDocuments()
  return language === 'sv' ? {} : { lang: 'sv' }
}

function Marked({ found }: { found: TranslatedText }) {
  const { language } = useDocuments()
  const text = <InlineText>{found.text}</InlineText>
  return found.language === language ? text : <span lang={found.language}>{text}</span>
}
