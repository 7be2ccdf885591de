import { useState } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import { useLive } from '#app/ui/live.tsx'
import { Later } from './later.tsx'
import type { Place } from './place.ts'

/** Below each document: a small way to say that something in it is wrong. Asks for the rest when it is used. */
export function ReportLink({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { live: isLive } = useLive()
  const [isOpen, setOpen] = useState(false)
  if (!isLive || place.organisation === undefined) return null
  return (
    <div className="offers">
      {isOpen ? (
        <Later part="report" place={place} />
      ) : (
        <button type="button" className="button is-quiet" onClick={() => setOpen(true)}>
          {t('report.ask')}
        </button>
      )}
    </div>
  )
}
