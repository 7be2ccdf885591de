import { useState } from 'react'
import { shortId } from '#journal/short-id.ts'
import { wipe } from '#sync/manage/wipe.ts'
import { Fact, Facts } from '#app/documents/facts.tsx'
import { When } from '#app/documents/when.tsx'
import { Ask } from '#app/ui/ask.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { useEditor } from './editor-parts.ts'
import type { Kept } from './kept-versions.ts'
import type { ListedPhone } from './listed-phones.ts'
import { openOffice } from './office.ts'
import { Invitation } from './phone-name.tsx'
import { useText } from './use-text.ts'
import { WhichVersion } from './which-version.tsx'
import { useWork } from './use-work.ts'
import { WorkNotice } from './work-notice.tsx'

/** Ends a phone's access. The coordinator's alone: a manager's stolen key must not empty every phone. */
export function WipePhone(props: {
  organisation: string
  /** Departments it may publish: that ends too. */
  publishes: readonly string[]
  phone: ListedPhone
  onClose: () => void
}) {
  const t = useText()
  const editor = useEditor()
  const work = useWork()
  const [isAsked, setAsked] = useState(true)
  const [keep, setKeep] = useState<Kept>()
  const { phone } = props
  const { device } = phone
  const name = `${phone.name} (${shortId(device)})`
  const run = () =>
    work.run(async () => {
      const office = await openOffice(editor, props.organisation)
      await wipe(office, { devices: [device], ...(keep && { keep }) })
    })
  if (isAsked)
    return (
      <Ask
        title={t('wipe.ask', { name })}
        no={t('wipe.no')}
        yes={t('wipe.yes')}
        grave
        isReady={keep !== undefined}
        onNo={props.onClose}
        onYes={() => {
          setAsked(false)
          void run()
        }}
      >
        <div className="card">
          <Facts>
            <Fact name={t('phones.name')}>
              <span dir="auto">{phone.name}</span>
            </Fact>
            <Fact name={t('phones.id')}>
              <span className="number">{shortId(device)}</span>
            </Fact>
            <Fact name={t('phones.invitation')}>
              <Invitation phone={phone} />
            </Fact>
            <Fact name={t('phones.joined')}>
              <When at={phone.joinedAt} />
            </Fact>
            <Fact name={t('phones.lastSaid')}>
              {phone.confirmed === undefined ? (
                t('phones.neverSaid')
              ) : (
                <When at={phone.confirmed.at} />
              )}
            </Fact>
          </Facts>
        </div>
        <p>{t('wipe.sure')}</p>
        <ul className="bullets">
          <li>{t('wipe.what')}</li>
          <li>{t('wipe.when')}</li>
          <li>{t('wipe.back')}</li>
        </ul>
        <WhichVersion
          organisation={props.organisation}
          gone={device}
          departments={props.publishes}
          onKeep={setKeep}
        />
      </Ask>
    )
  return (
    <div className="over-page">
      <WorkNotice state={work.state} doing={t('wipe.doing')} onAgain={() => void run()} />
      {work.state.at === 'done' && (
        <Notice kind="good" title={t('wipe.done', { name })} announce>
          <p>{t('wipe.doneText')}</p>
        </Notice>
      )}
      {work.state.at !== 'working' && (
        <button type="button" className="button is-wide" onClick={props.onClose}>
          {t('wipe.close')}
        </button>
      )}
    </div>
  )
}
