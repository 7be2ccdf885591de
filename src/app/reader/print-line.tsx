import { useEffect } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import { formatDay } from '#i18n/format.ts'
import { versionCode } from '#release/version-code.ts'
import { useLive } from '#app/ui/live.tsx'
import type { Place } from './place.ts'
import { useReader } from './reader-context.ts'

/**
 * Whose it is, which edition, when it was printed and the code to compare it by: at the top of the first sheet, and in the lower
 * margin of every sheet where the browser draws that (styles/print.css), so that a loose one can be
 * traced. The reading copy does not know the day it is printed, and does not say one.
 */
export function PrintLine(props: { department: string; name: string; place: Place }) {
  const { t } = useTranslation()
  const { state } = useReader()
  const live = useLive()
  const department = props.place.all.find((each) => each.department === props.department)
  const { release } = department ?? {}
  const parts = [
    department?.title,
    release !== undefined && t('ready.edition', { edition: release.edition }),
    live.live &&
      t('frame.printed', { day: formatDay(live.now.toISOString(), state.settings.language) }),
    release !== undefined && `${t('trust.code')}: ${versionCode(release.head)}`,
  ].filter((part) => typeof part === 'string')
  const foot = `"${[props.name, ...parts].join(' · ').replaceAll(/["\\\n]/g, ' ')}"`
  useEffect(() => {
    if (!live.live) return undefined
    const { style } = document.documentElement
    style.setProperty('--print-foot', foot)
    return () => void style.removeProperty('--print-foot')
  }, [live.live, foot])
  return <p className="on-paper print-line">{parts.join(' · ')}</p>
}
