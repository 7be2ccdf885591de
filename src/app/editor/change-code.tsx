import { useState } from 'react'
import type { Authority } from '#device/authority.ts'
import { rotate } from '#sync/manage/rotate.ts'
import { Ask } from '#app/ui/ask.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { useEditor } from './editor-parts.ts'
import { openOffice } from './office.ts'
import { PhoneName, silentAfterDays } from './phone-item.tsx'
import type { StandingPhone } from './phone-standing.ts'
import { useText } from './use-text.ts'
import { useWork } from './use-work.ts'
import { WorkNotice } from './work-notice.tsx'

/** A new code for a department: which phones come along, what happens, and the way to the new invitation. */
export function ChangeCode(props: {
  authority: Authority
  department: string
  title: string
  phones: readonly StandingPhone[]
  onClose: () => void
}) {
  const t = useText()
  const editor = useEditor()
  const work = useWork()
  const { authority, department, title } = props
  const { root } = authority
  const [leftOut, setLeftOut] = useState<readonly string[]>([])
  const [isAsked, setAsked] = useState(false)
  // Who may publish gets every new code: that right is taken away first, by the coordinator.
  const publishers = root.departments[department]?.publish ?? []
  const isFixed = (device: string) =>
    publishers.includes(device) || device === authority.device.device
  const run = () =>
    work.run(async () => {
      const office = await openOffice(editor, authority.organisation)
      const signer = office.authority.signerFor(department)
      if (signer === undefined) throw Object.assign(new Error(), { code: 'not-a-publisher' })
      await rotate(office, {
        department,
        leaveOut: leftOut,
        phones: Object.fromEntries(
          props.phones.map(({ device, agreement }) => [device, agreement]),
        ),
        signer,
      })
    })
  if (work.state.at === 'done')
    return (
      <div className="narrow stack">
        <Notice kind="good" title={t('rotate.done', { title })} announce>
          <p>{t('rotate.doneText')}</p>
        </Notice>
        <a className="button is-main is-wide" href={`#/edit/invite/${department}`}>
          {t('rotate.invite')}
        </a>
        <button type="button" className="button is-wide" onClick={props.onClose}>
          {t('rotate.back')}
        </button>
      </div>
    )
  return (
    <div className="narrow stack">
      <h2>{t('rotate.title')}</h2>
      <ul className="bullets">
        <li>{t('rotate.known')}</li>
        <li>{t('rotate.others')}</li>
        <li>{t('rotate.posters')}</li>
        <li>{t('rotate.read')}</li>
      </ul>
      <fieldset className="choice-field">
        <legend>{t('rotate.who')}</legend>
        <div className="card">
          {props.phones.map((phone) => (
            <label className="check-row" key={phone.device}>
              <input
                type="checkbox"
                checked={!leftOut.includes(phone.device)}
                disabled={isFixed(phone.device) || work.state.at === 'working'}
                onChange={(event) =>
                  setLeftOut(
                    event.currentTarget.checked
                      ? leftOut.filter((each) => each !== phone.device)
                      : [...leftOut, phone.device],
                  )
                }
              />
              <span>
                <PhoneName phone={phone} />
                <span className="meta">
                  {phone.device === authority.device.device
                    ? ` · ${t('phones.this')}`
                    : publishers.includes(phone.device)
                      ? ` · ${t('rotate.publisher')}`
                      : phone.silentDays >= silentAfterDays
                        ? ` · ${t('phones.silent', { count: phone.silentDays })}`
                        : ''}
                </span>
              </span>
            </label>
          ))}
          {props.phones.length === 0 && <p className="check-row">{t('rotate.nobody')}</p>}
        </div>
      </fieldset>
      <WorkNotice state={work.state} doing={t('rotate.doing')} onAgain={() => void run()} />
      <div className="buttons">
        <button
          type="button"
          className="button is-wide is-main"
          disabled={work.state.at === 'working'}
          onClick={() => setAsked(true)}
        >
          {t('rotate.button')}
        </button>
        <button
          type="button"
          className="button is-wide"
          disabled={work.state.at === 'working'}
          onClick={props.onClose}
        >
          {t('rotate.no')}
        </button>
      </div>
      {isAsked && (
        <Ask
          title={t('rotate.ask', { title })}
          no={t('rotate.no')}
          yes={t('rotate.yes')}
          grave
          onNo={() => setAsked(false)}
          onYes={() => {
            setAsked(false)
            void run()
          }}
        >
          <p>
            {leftOut.length === 0
              ? t('rotate.askAll')
              : t('rotate.askSome', { count: leftOut.length })}
          </p>
        </Ask>
      )}
    </div>
  )
}
