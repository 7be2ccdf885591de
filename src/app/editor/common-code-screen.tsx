import { useState } from 'react'
import { commonDepartment } from '#domain/schema/document.ts'
import { rotate } from '#sync/manage/rotate.ts'
import { Ask } from '#app/ui/ask.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { useEditor } from './editor-parts.ts'
import { NeedsRole } from './needs-role.tsx'
import { openOffice } from './office.ts'
import { useAuthority } from './use-authority.ts'
import { useText } from './use-text.ts'
import { useWork } from './use-work.ts'
import { WorkNotice } from './work-notice.tsx'

/** [M26] A new code for what all departments share. Nobody has joined that: its code comes with a department's. */
export function CommonCodeScreen() {
  const t = useText()
  const organisation = useAuthority().value?.organisation
  return (
    <Page
      name={t('common.title')}
      title={t('common.title')}
      lead={t('common.lead')}
      back={{ href: '#/edit', text: t('home.title') }}
    >
      <NeedsRole who="coordinator">
        {organisation !== undefined && <CommonCode organisation={organisation} />}
      </NeedsRole>
    </Page>
  )
}

function CommonCode({ organisation }: { organisation: string }) {
  const t = useText()
  const editor = useEditor()
  const work = useWork()
  const [isAsked, setAsked] = useState(false)
  const run = () =>
    work.run(async () => {
      const office = await openOffice(editor, organisation)
      const signer = office.authority.signerFor(commonDepartment)
      if (signer === undefined) throw Object.assign(new Error(), { code: 'not-a-publisher' })
      const epoch = office.authority.release(commonDepartment)?.epoch
      // Its code is wrapped for publishers alone; everybody else has it from a department.
      const options = { department: commonDepartment, leaveOut: [], phones: {}, signer }
      const rotated = await rotate(office, { ...options, ...(epoch !== undefined && { epoch }) })
      // What was stopped midway is finished first; that gives no new code yet.
      if (rotated.outcome === 'finished') await rotate(office, options)
    })
  if (work.state.at === 'done')
    return (
      <div className="narrow stack">
        <Notice kind="good" title={t('common.done')} announce>
          <p>{t('common.doneText')}</p>
        </Notice>
        <a className="button is-wide" href="#/edit">
          {t('home.title')}
        </a>
      </div>
    )
  return (
    <div className="narrow stack">
      <Notice kind="info" title={t('common.first')}>
        <p>{t('common.firstText')}</p>
      </Notice>
      <ul className="bullets">
        <li>{t('common.known')}</li>
        <li>{t('common.others')}</li>
        <li>{t('common.posters')}</li>
        <li>{t('common.all')}</li>
      </ul>
      {work.state.at === 'failed' && work.state.code === 'not-readable' ? (
        <Notice kind="warning" title={t('common.notReadable')} announce>
          <p>{t('common.notReadableText')}</p>
          <div className="buttons">
            <a className="button" href="#/restore">
              {t('common.restore')}
            </a>
          </div>
        </Notice>
      ) : (
        <WorkNotice state={work.state} doing={t('common.doing')} onAgain={() => void run()} />
      )}
      <button
        type="button"
        className="button is-wide is-main"
        disabled={work.state.at === 'working'}
        onClick={() => setAsked(true)}
      >
        {t('rotate.button')}
      </button>
      {isAsked && (
        <Ask
          title={t('common.ask')}
          no={t('rotate.no')}
          yes={t('rotate.yes')}
          grave
          onNo={() => setAsked(false)}
          onYes={() => {
            setAsked(false)
            void run()
          }}
        >
          <p>{t('common.askText')}</p>
        </Ask>
      )}
    </div>
  )
}
