import { useTranslation } from '#app/ui/translation.tsx'

/** Eight words that also stand on the poster: the same organisation, whatever the address says. */
export function CheckWords({ words }: { words: readonly string[] }) {
  const { t } = useTranslation()
  if (words.length === 0) return null
  return (
    <section className="section">
      <h2>{t('ready.words')}</h2>
      <p className="meta list-meta">{t('ready.wordsText')}</p>
      <ol className="check-words" lang="sv">
        {words.map((word, index) => (
          <li key={index}>{word}</li>
        ))}
      </ol>
    </section>
  )
}
