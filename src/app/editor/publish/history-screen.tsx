import { formatInstant } from '#i18n/format.ts'
import { beforeOldest, listVersions, type Version } from '#release/versions.ts'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { Row } from '#app/ui/row.tsx'
import type { ScreenProps } from '../editor.tsx'
import { useEditor } from '../editor-parts.ts'
import { NeedsRole } from '../needs-role.tsx'
import { useLoaded } from '../use-loaded.ts'
import { useText } from '../use-text.ts'
import { useManageText } from './use-manage-text.ts'
import { useDepartmentTitle } from './use-organisation-index.ts'

/** So many titles of what a version changed stand in its row. */
const titlesShown = 3

/** Every version of a department that is remembered: who, when, why, what. */
export function HistoryScreen({ parts: [department = ''] }: ScreenProps) {
  const t = useManageText()
  const tEditor = useText()
  const name = t('history.title', { title: useDepartmentTitle()(department) })
  return (
    <Page
      name={name}
      title={name}
      lead={t('history.lead')}
      back={{ href: '#/edit', text: tEditor('home.title') }}
    >
      <NeedsRole who="publisher" department={department}>
        <Versions department={department} />
      </NeedsRole>
    </Page>
  )
}

function Versions({ department }: { department: string }) {
  const t = useManageText()
  const { language } = useEditor().state.settings
  const { value: release, isRead } = useLoaded(async ({ device, organisation }) =>
    organisation === undefined
      ? undefined
      : (await device.authority(organisation.id)).release(department),
  )
  if (!isRead) return null
  if (release === undefined)
    return (
      <Notice kind="info" title={t('publish.notHere')}>
        <p>{t('publish.notHereText')}</p>
      </Notice>
    )
  const versions = listVersions(release)
  const oldest = beforeOldest(versions)
  const address = ({ gen, v }: { gen: number; v: number }) =>
    `#/edit/history/${department}/${gen}-${v}`
  return (
    <div className="narrow stack">
      <div className="card rows">
        {versions.map((version, at) => (
          <Row
            key={`${version.gen}-${version.v}`}
            href={address(version)}
            kind={at === 0 ? 'routine' : 'plain'}
            title={
              <>
                {t('history.edition', { edition: version.edition })}
                {at === 0 && ` · ${t('history.inForce')}`}
              </>
            }
            under={
              <>
                <span className="history-line">
                  {formatInstant(version.issued, language)} · {version.by}
                </span>
                {version.reason !== undefined && (
                  <span className="history-line" lang="sv">
                    ”{version.reason}”
                  </span>
                )}
                <span className="history-line">
                  <Changed version={version} />
                </span>
              </>
            }
          />
        ))}
        {oldest !== undefined && (
          <Row
            href={address(oldest)}
            kind="plain"
            title={t('history.before')}
            under={t('history.beforeText')}
          />
        )}
      </div>
      <p className="meta">{t('history.kept')}</p>
    </div>
  )
}

/** What a version changed, in a line. */
function Changed({ version }: { version: Version }) {
  const t = useManageText()
  const { changes } = version
  if (changes.length === 0) return <>{t('history.nothing')}</>
  const shown = changes
    .slice(0, titlesShown)
    .map(({ title, change }) => `${title} (${t(`history.${change}`)})`)
  const more = changes.length - shown.length
  return (
    <>
      <span lang="sv">{shown.join(', ')}</span>
      {more > 0 && ` ${t('history.more', { count: more })}`}
    </>
  )
}
