import { useId, useState } from 'react'
import { formatClock } from '#i18n/format.ts'
import { Choice } from '#app/ui/choice.tsx'
import { useLive } from '#app/ui/live.tsx'
import { useEditor } from '../editor-parts.ts'
import { useManageText } from './use-manage-text.ts'

const hourMs = 3_600_000
const fiveMinutesMs = 300_000

/** Since when it is so: now, unless somebody says another time. */
export function SinceField(props: {
  since: string
  isUpdate: boolean
  onChange: (since: string | undefined) => void
}) {
  const t = useManageText()
  const [kind, setKind] = useState<'now' | 'other'>(props.isUpdate ? 'other' : 'now')
  const field = useId()
  return (
    <div className="field">
      <Choice
        legend={t('situation.since')}
        name="since"
        value={kind}
        options={[
          { value: 'now', text: t('situation.sinceNow') },
          { value: 'other', text: t('situation.sinceOther') },
        ]}
        onChange={(value) => {
          setKind(value)
          if (value === 'now') props.onChange(undefined)
          else props.onChange(props.since)
        }}
      />
      {kind === 'other' && (
        <>
          <label htmlFor={field}>{t('situation.sinceTime')}</label>
          <TimeInput id={field} value={props.since} onChange={props.onChange} />
        </>
      )}
    </div>
  )
}

export type NextKind = 'hour' | 'two' | 'other' | 'none'

/** When the next word comes: in an hour, in two, at a time, or not known. */
export function NextField(props: {
  kind: NextKind
  time: string | undefined
  onChange: (kind: NextKind, time: string | undefined) => void
}) {
  const t = useManageText()
  const live = useLive()
  const { language } = useEditor().state.settings
  const field = useId()
  const now = live.live ? live.now : new Date(0)
  const clock = (hours: number) => formatClock(inHours(now, hours), language)
  return (
    <div className="field">
      <Choice
        legend={t('situation.next')}
        name="next"
        value={props.kind}
        options={[
          { value: 'hour', text: t('situation.nextAt', { time: clock(1) }) },
          { value: 'two', text: t('situation.nextAt', { time: clock(2) }) },
          { value: 'other', text: t('situation.nextOther') },
          { value: 'none', text: t('situation.nextNone') },
        ]}
        onChange={(kind) =>
          props.onChange(kind, kind === 'other' ? (props.time ?? inHours(now, 3)) : props.time)
        }
      />
      {props.kind === 'other' && (
        <>
          <label htmlFor={field}>{t('situation.nextTime')}</label>
          <TimeInput
            id={field}
            value={props.time ?? ''}
            onChange={(time) => props.onChange('other', time)}
          />
        </>
      )}
    </div>
  )
}

/** So many hours from a time, on the next whole five minutes: nobody promises 15:07. */
export function inHours(now: Date, hours: number): string {
  const at = now.getTime() + hours * hourMs
  return new Date(Math.ceil(at / fiveMinutesMs) * fiveMinutesMs).toISOString()
}

/** A day and a time of day, as the phone asks for them. Gives RFC 3339. */
function TimeInput(props: { id: string; value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(() => localText(props.value))
  return (
    <input
      id={props.id}
      className="input"
      type="datetime-local"
      value={typed}
      onChange={(event) => {
        const { value } = event.currentTarget
        setTyped(value)
        const time = new Date(value)
        props.onChange(Number.isNaN(time.getTime()) ? '' : time.toISOString())
      }}
    />
  )
}

/** `2026-11-23T14:32` by the phone's own clock, which is what the field takes. */
function localText(instant: string): string {
  const time = new Date(instant)
  if (Number.isNaN(time.getTime())) return ''
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
