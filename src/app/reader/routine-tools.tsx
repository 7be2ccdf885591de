import { useTranslation } from '#app/ui/translation.tsx'
import type { Routine } from '#domain/schema/routine.ts'
import {
  translatedLines,
  translatedText,
  type TranslatedText,
} from '#app/documents/translated-text.ts'
import { useDocuments } from '#app/documents/words.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { plainText } from '#app/ui/parse-inline.ts'
import { useReadAloud } from '#app/ui/read-aloud.ts'

/** Read aloud, where the phone can; print. */
export function RoutineTools({ routine }: { routine: Routine }) {
  const { t } = useTranslation()
  const { language } = useDocuments()
  const voice = useReadAloud()
  const read = () => {
    const steps = routine.phases.minutes15.steps
    const say = (text: string): TranslatedText => ({ text, language })
    voice.read(
      [
        translatedText(routine, 'title', language),
        ...(routine.harm.length > 0 ? [say(t('routine.harm'))] : []),
        ...translatedLines(routine, 'harm', language),
        say(t('routine.phase.minutes15')),
        ...steps.map((step, index) => {
          const found = translatedText(step, 'text', language)
          return { ...found, text: `${index + 1}. ${found.text}` }
        }),
        ...(routine.dont.length > 0 ? [say(t('routine.dont'))] : []),
        ...translatedLines(routine, 'dont', language),
      ].map(({ text, language: its }) => ({ text: plainText(text), language: its })),
    )
  }
  return (
    <div className="tools" data-needs-script="">
      {voice.isPossible && (
        <button
          type="button"
          className="tool"
          aria-pressed={voice.isReading}
          onClick={() => (voice.isReading ? voice.stop() : read())}
        >
          <Icon name={voice.isReading ? 'stop' : 'speaker'} />
          {t(voice.isReading ? 'routine.stopReading' : 'routine.readAloud')}
        </button>
      )}
      <PrintTool />
    </div>
  )
}

export function PrintTool() {
  const { t } = useTranslation()
  return (
    <button type="button" className="tool is-print" onClick={() => window.print()}>
      <Icon name="print" />
      {t('routine.print')}
    </button>
  )
}
