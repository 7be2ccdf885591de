import { useRef, useState } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import type { Routine } from '#domain/schema/routine.ts'
import { Ask } from '#app/ui/ask.tsx'
import { useLive } from '#app/ui/live.tsx'
import { StepList, type Ticking } from './step-list.tsx'
import { When } from './when.tsx'
import { Words } from './words.tsx'

/** Ticks belong to an occasion: one evening's loss. It begins with the first tick. */
export interface OccasionControl extends Ticking {
  /** When it began and was last touched, ISO instants; undefined before the first tick. */
  occasion?: { id: string; startedAt: string; changedAt: string }
  onStartOver(): void
}

/** After this long without a tick it may be another evening's loss, in hours. */
const askAfterHours = 4

/** The box with the first fifteen minutes. */
export function FirstMinutes(props: {
  routine: Routine
  keys: readonly string[]
  occasion: OccasionControl
}) {
  const { t } = useTranslation()
  const live = useLive()
  const box = useRef<HTMLElement>(null)
  const [asking, setAsking] = useState(false)
  const [continued, setContinued] = useState<string>()
  const { occasion } = props.occasion
  const phase = props.routine.phases.minutes15
  const isOld =
    occasion !== undefined &&
    live.live &&
    live.now.getTime() - Date.parse(occasion.changedAt) > askAfterHours * 3_600_000 &&
    continued !== occasion.id
  return (
    <section className="card first" ref={box} aria-labelledby="first-minutes">
      <div className="phase-head">
        <h2 id="first-minutes">{t('routine.phase.minutes15')}</h2>
        {occasion !== undefined && (
          <span className="phase-started">
            {t('routine.started')} <When at={occasion.startedAt} short />
          </span>
        )}
      </div>
      {phase.note !== undefined && (
        <p className="phase-note">
          <Words of={phase} field="note" />
        </p>
      )}
      {isOld && (
        <div className="phase-ask">
          <p>{t('routine.continueOrStartOver')}</p>
          <div className="buttons">
            <button
              type="button"
              className="button is-main"
              onClick={() => setContinued(occasion.id)}
            >
              {t('routine.continue')}
            </button>
            <button type="button" className="button" onClick={() => setAsking(true)}>
              {t('routine.startOver')}
            </button>
          </div>
        </div>
      )}
      <StepList steps={phase.steps} keys={props.keys} ticking={props.occasion} />
      <div className="phase-foot">
        <p>{occasion === undefined ? t('routine.tickToStart') : t('routine.onlyHere')}</p>
        {occasion !== undefined && !isOld && (
          <button type="button" className="button is-quiet" onClick={() => setAsking(true)}>
            {t('routine.startOver')}
          </button>
        )}
      </div>
      {asking && (
        <Ask
          title={t('routine.startOverAsk')}
          no={t('routine.cancel')}
          yes={t('routine.startOver')}
          onNo={() => setAsking(false)}
          onYes={() => {
            setAsking(false)
            props.occasion.onStartOver()
            box.current?.scrollIntoView()
          }}
        >
          <p>{t('routine.startOverText')}</p>
        </Ask>
      )}
    </section>
  )
}
