import { useState } from 'react'
import type { Authority } from '#device/authority.ts'
import { rotate } from '#sync/manage/rotate.ts'
import { openKeys } from '#release/open-keys.ts'
import { blobPath, LIMITS } from '#store/layout.ts'
import { Ask } from '#app/ui/ask.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { useEditor } from './editor-parts.ts'
import { openOffice } from './office.ts'
import { When } from '#app/documents/when.tsx'
import type { Listed } from './listed-phones.ts'
import { silentAfterDays } from './phone-item.tsx'
import { PhoneName, PhoneOrigin, ShortId } from './phone-name.tsx'
import type { StandingPhone } from './phone-standing.ts'
import { rotationChoice, rotationList } from './rotation-list.ts'
import { useLoaded } from './use-loaded.ts'
import { useText } from './use-text.ts'
import { useWork } from './use-work.ts'
import { WorkNotice } from './work-notice.tsx'

/** A new code for a department: which phones come along, what happens, and the way to the new invitation. */
export function ChangeCode(props: {
  authority: Authority
  department: string
  title: string
  phones: readonly (StandingPhone & Listed)[]
  /** Devices that have left the department. */
  left: readonly string[]
  onClose: () => void
}) {
  const t = useText()
  const editor = useEditor()
  const work = useWork()
  const { authority, department, title } = props
  const { root } = authority
  const isCoordinator = authority.rootKey !== undefined
  const [changed, setChanged] = useState<ReadonlyMap<string, boolean>>(new Map())
  const [leftOver, setLeftOver] = useState(0)
  // As it was chosen: after the change every phone is behind until it has said otherwise.
  const [wasLeftOut, setLeftOut] = useState(false)
  const [isAsked, setAsked] = useState(false)
  // Who may publish gets every new code: that right is taken away first, by the coordinator.
  const publishers = root.departments[department]?.publish ?? []
  const release = authority.release(department)
  const { value: agreement = {} } = useLoaded(async (view) => {
    if (release === undefined) return {}
    const { store } = await openOffice(view, authority.organisation)
    const blob = async (hash: string) =>
      (await authority.blob(hash)) ?? (await store.get(blobPath(hash), { maxBytes: LIMITS.blob }))
    return (await openKeys({ head: release.head, blob })).agreement ?? {}
  })
  const own = authority.device.device
  const { phones, left } = props
  const list = rotationList({ phones, agreement, publishers, own, wiped: root.wiped, left })
  const isTicked = (device: string) => changed.get(device) ?? list.ticked.has(device)
  const choice = rotationChoice(list, isTicked)
  const nameOf = (device: string) =>
    phones.find((phone) => phone.device === device)?.name ?? t('rotate.unknown')
  const box = (device: string) => (
    <input
      type="checkbox"
      checked={isTicked(device)}
      disabled={list.fixed.has(device) || work.state.at === 'working'}
      onChange={(event) => setChanged(new Map(changed).set(device, event.currentTarget.checked))}
    />
  )
  const run = () =>
    work.run(async () => {
      const office = await openOffice(editor, authority.organisation)
      const signer = office.authority.signerFor(department)
      if (signer === undefined) throw Object.assign(new Error(), { code: 'not-a-publisher' })
      const options = { department, ...choice, signer }
      const rotated = await rotate(office, {
        ...options,
        ...(release !== undefined && { epoch: release.epoch }),
      })
      // What was stopped midway is finished first; that gives no new code yet.
      if (rotated.outcome === 'finished') await rotate(office, options)
      setLeftOut(choice.leaveOut.length > 0)
      setLeftOver(rotated.unusable.length + rotated.tooMany.length)
    })
  if (work.state.at === 'done')
    return (
      <div className="narrow stack">
        <Notice kind="good" title={t('rotate.done', { title })} announce>
          <p>{t('rotate.doneText')}</p>
          {leftOver > 0 && <p>{t('rotate.leftOver', { count: leftOver })}</p>}
        </Notice>
        {wasLeftOut && (
          <Notice
            kind="warning"
            title={t(isCoordinator ? 'rotate.commonLeft' : 'rotate.commonLeftAsk')}
          >
            {isCoordinator && (
              <div className="buttons">
                <a className="button" href="#/edit/common">
                  {t('rotate.commonLink')}
                </a>
              </div>
            )}
          </Notice>
        )}
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
        <li>{t('rotate.common')}</li>
      </ul>
      <fieldset className="choice-field">
        <legend>{t('rotate.who')}</legend>
        <div className="card">
          {list.phones.map((phone) => (
            <label className="check-row" key={phone.device}>
              {box(phone.device)}
              <span>
                <PhoneName phone={phone} />
                <span className="meta">
                  {phone.device === authority.device.device
                    ? ` · ${t('phones.this')}`
                    : publishers.includes(phone.device)
                      ? ` · ${t('rotate.publisher')}`
                      : phone.isBehindCode
                        ? ` · ${t('rotate.behind')}`
                        : phone.silentDays >= silentAfterDays
                          ? ` · ${t('phones.silent', { count: phone.silentDays })}`
                          : ''}
                </span>
                <span className="meta">
                  <PhoneOrigin phone={phone} />
                  {phone.confirmed !== undefined && (
                    <>
                      {' · '}
                      {t('phones.said')} <When at={phone.confirmed.at} />
                    </>
                  )}
                </span>
              </span>
            </label>
          ))}
          {list.unknown.map((device) => (
            <label className="check-row" key={device}>
              {box(device)}
              <span>
                {t('rotate.unknown')} <ShortId device={device} />
                <span className="meta"> · {t('rotate.unknownText')}</span>
              </span>
            </label>
          ))}
          {list.phones.length + list.unknown.length === 0 && (
            <p className="check-row">{t('rotate.nobody')}</p>
          )}
        </div>
      </fieldset>
      {choice.leaveOut.length > 0 && <p className="meta">{t('rotate.quiet')}</p>}
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
            {choice.leaveOut.length === 0
              ? t('rotate.askAll')
              : t('rotate.askSome', { count: choice.leaveOut.length })}
          </p>
          {choice.leaveOut.length > 0 && (
            <ul className="bullets">
              {choice.leaveOut.map((device) => (
                <li key={device}>
                  <PhoneName phone={{ device, name: nameOf(device) }} />
                </li>
              ))}
            </ul>
          )}
        </Ask>
      )}
    </div>
  )
}
