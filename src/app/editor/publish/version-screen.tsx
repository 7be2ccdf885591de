import { useId, useState } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import { documentName } from '#domain/schema/document.ts'
import { formatInstant } from '#i18n/format.ts'
import type { VerifiedRelease } from '#release/open-release.ts'
import { listVersions } from '#release/versions.ts'
import { Choice } from '#app/ui/choice.tsx'
import { Fold } from '#app/ui/fold.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import type { ScreenProps } from '../editor.tsx'
import { useEditor } from '../editor-parts.ts'
import { errorText } from '../error-text.ts'
import { NeedsRole } from '../needs-role.tsx'
import { useLoaded } from '../use-loaded.ts'
import { useText } from '../use-text.ts'
import { ComparedVersions } from './compared-versions.tsx'
import { DocumentBody } from './document-body.tsx'
import { useManageText } from './use-manage-text.ts'
import { parsePlaceText, useVersion, type ReadVersion } from './use-version.ts'

/** One old version: beside another, as readers saw it, and back as a draft. */
export function VersionScreen({ parts: [department = '', place = ''] }: ScreenProps) {
  const t = useManageText()
  const name = t('history.versionTitle')
  return (
    <Page
      name={name}
      title={name}
      back={{ href: `#/edit/history/${department}`, text: t('history.back') }}
    >
      <NeedsRole who="publisher" department={department}>
        <OneVersion department={department} place={place} />
      </NeedsRole>
    </Page>
  )
}

function OneVersion({ department, place }: { department: string; place: string }) {
  const t = useManageText()
  const { language } = useEditor().state.settings
  const [mode, setMode] = useState<'compare' | 'content'>('compare')
  const [otherPlace, setOther] = useState<string>()
  const field = useId()
  const { value: held, isRead } = useLoaded(async ({ device, organisation }) =>
    organisation === undefined
      ? undefined
      : (await device.authority(organisation.id)).release(department),
  )
  const { version, again } = useVersion(department, parsePlaceText(place), held)
  const newest = held && `${held.gen}-${held.v}`
  const with_ = otherPlace ?? newest
  const other = useVersion(
    department,
    with_ === undefined ? undefined : parsePlaceText(with_),
    held,
  )
  if (!isRead) return null
  if (version.at !== 'opened') return <NotOpened version={version} onAgain={again} />
  const { release } = version
  const versions = held === undefined ? [] : listVersions(held)
  return (
    <div className="stack">
      <p>
        <strong>{t('history.edition', { edition: release.edition })}</strong> ·{' '}
        {formatInstant(release.issued, language)} · {release.publishedBy}
        {place === newest && ` · ${t('history.inForce')}`}
      </p>
      <Choice
        legend={t('history.show')}
        name="mode"
        value={mode}
        options={[
          { value: 'compare', text: t('history.compare') },
          { value: 'content', text: t('history.content') },
        ]}
        onChange={setMode}
      />
      {mode === 'content' ? (
        <Content release={release} />
      ) : (
        <>
          <div className="field">
            <label htmlFor={field}>{t('history.with')}</label>
            <select
              id={field}
              className="input"
              value={with_}
              onChange={(event) => setOther(event.currentTarget.value)}
            >
              {versions.map((one) => (
                <option key={`${one.gen}-${one.v}`} value={`${one.gen}-${one.v}`}>
                  {t('history.edition', { edition: one.edition })} ·{' '}
                  {formatInstant(one.issued, language)}
                </option>
              ))}
            </select>
          </div>
          {other.version.at === 'opened' && held !== undefined ? (
            <ComparedVersions
              department={department}
              version={release}
              other={other.version.release}
              held={held}
            />
          ) : (
            <NotOpened version={other.version} onAgain={other.again} />
          )}
        </>
      )}
    </div>
  )
}

/** The documents as readers saw them then. */
function Content({ release }: { release: VerifiedRelease }) {
  const { t } = useTranslation()
  return (
    <div className="card">
      {release.documents.map((document) => (
        <LaterDrawn
          key={documentName(document)}
          name={documentName(document)}
          title={'title' in document.body ? document.body.title : document.id}
          small={t(`kind.${document.kind}`)}
        >
          {() => <DocumentBody document={document} among={release.documents} />}
        </LaterDrawn>
      ))}
    </div>
  )
}

/** A part that is drawn when it is opened: a department has a hundred documents. */
function LaterDrawn(props: {
  name: string
  title: string
  small: string
  children: () => React.ReactNode
}) {
  const [isOpen, setOpen] = useState(false)
  return (
    <div
      onToggle={(event) => {
        if (event.target instanceof HTMLDetailsElement && event.target.open) setOpen(true)
      }}
    >
      <Fold
        name={props.name}
        title={<span lang="sv">{props.title}</span>}
        small={props.small}
        level={2}
      >
        {isOpen && props.children()}
      </Fold>
    </div>
  )
}

function NotOpened({ version, onAgain }: { version: ReadVersion; onAgain: () => void }) {
  const t = useManageText()
  const tEditor = useText()
  switch (version.at) {
    case 'reading':
      return (
        <div className="progress working" role="status">
          <p>{t('history.reading')}</p>
          <progress aria-label={t('history.reading')} />
        </div>
      )
    case 'gone':
      return (
        <Notice kind="info" title={t('history.gone')} announce>
          <p>{t('history.goneText')}</p>
        </Notice>
      )
    case 'no-key':
      return (
        <Notice kind="info" title={t('history.noKey')} announce>
          <p>{t('history.noKeyText')}</p>
        </Notice>
      )
    case 'failed':
      return (
        <Notice kind="warning" title={errorText(tEditor, version.code)} announce>
          <div className="buttons">
            <button type="button" className="button" onClick={onAgain}>
              {tEditor('work.again')}
            </button>
          </div>
        </Notice>
      )
    case 'opened':
      return null
  }
}
