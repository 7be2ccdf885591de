import { useTranslation } from '#app/ui/translation.tsx'
import { InlineText } from '#app/ui/inline-text.tsx'
import { useSwedish } from './words.tsx'

/** What a document rests on. What no report says, and what nobody has checked, is said. */
export function SourceList(props: {
  sources: readonly { text: string; practice?: boolean; verified?: boolean }[]
}) {
  const { t } = useTranslation()
  const swedish = useSwedish()
  if (props.sources.length === 0) return null
  return (
    <div className="sources">
      <h3>{t('routine.sources')}</h3>
      <ul className="bullets">
        {props.sources.map((source, index) => (
          <li key={index}>
            <span {...swedish}>
              <InlineText>{source.text}</InlineText>
            </span>
            {source.practice === true && <em className="source-mark"> {t('routine.practice')}</em>}
            {source.verified === false && (
              <em className="source-mark"> {t('routine.unverified')}</em>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
