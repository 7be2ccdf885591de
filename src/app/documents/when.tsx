import { useTranslation } from '#app/ui/translation.tsx'
import { daysBefore, formatClock, formatDay, formatInstant } from '#i18n/format.ts'
import { useLive } from '#app/ui/live.tsx'
import { useDocuments } from './words.tsx'

/**
 * A point in time: "i dag 07:40" on a living page, the date in the reading copy, which may be read
 * on another day than it was drawn. `short` leaves out "i dag" where that goes without saying.
 */
export function When({ at, short }: { at: string; short?: boolean }) {
  const { t } = useTranslation()
  const { language } = useDocuments()
  const live = useLive()
  const days = live.live ? daysBefore(at, live.now) : undefined
  const near =
    days === 0 ? 'today' : days === 1 ? 'yesterday' : days === -1 ? 'tomorrow' : undefined
  const clock = formatClock(at, language)
  const text =
    near === undefined
      ? formatInstant(at, language, live.live ? live.now : undefined)
      : near === 'today' && short === true
        ? clock
        : t(`time.${near}`, { time: clock })
  return <time dateTime={at}>{text}</time>
}

/** How long ago something was: "i dag 07:40", "för 3 dagar sedan"; the day in the reading copy. */
export function Ago({ at }: { at: string }) {
  const { t } = useTranslation()
  const live = useLive()
  const days = live.live ? daysBefore(at, live.now) : undefined
  if (days === undefined) return <Day on={at} />
  if (days < 2) return <When at={at} />
  return <time dateTime={at}>{t('time.ago', { days })}</time>
}

/** A calendar day. */
export function Day({ on }: { on: string }) {
  const { language } = useDocuments()
  return <time dateTime={on}>{formatDay(on, language)}</time>
}

/** A duration of the schema (`30 min`, `4 h`) in words. */
export function useDuration(): (duration: string) => string {
  const { t } = useTranslation()
  return (duration) => {
    const [count, unit] = duration.split(' ')
    if (unit !== 'min' && unit !== 'h' && unit !== 'd' && unit !== 'w') return duration
    return t(`time.${unit}`, { count: Number(count) })
  }
}
