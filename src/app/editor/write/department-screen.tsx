import { plainText } from '#app/ui/parse-inline.ts'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { rowKindOf } from '#app/documents/routine-rows.tsx'
import { valueAt } from '#domain/edit/change-at.ts'
import { commonDepartment, documentName, type DocumentKind } from '#domain/schema/document.ts'
import { organisationKinds, singleKinds } from '#domain/validate-document.ts'
import type { ScreenProps } from '../editor.tsx'
import { NeedsRole } from '../needs-role.tsx'
import { kindOrder } from './kind-order.ts'
import { isKind, useDepartment } from './use-department.ts'
import { useDepartmentFindings, type Counted } from './use-findings.ts'
import { useText } from '../use-text.ts'
import { useWriteText } from './use-write-text.ts'

/** Everything a department has, by kind: what is changed, new, to be removed, and what is to be seen to. */
export function DepartmentScreen({ parts: [department = ''] }: ScreenProps) {
  const t = useWriteText()
  const editorText = useText()
  const written = useDepartment(department)
  const title = written.held?.title ?? department
  return (
    <Page
      name={`${t('department.title')} · ${title}`}
      title={<span lang="sv">{title}</span>}
      back={{ href: '#/edit', text: editorText('home.title') }}
      lead={t('department.lead')}
    >
      <NeedsRole who="publisher" department={department}>
        <Documents department={department} />
      </NeedsRole>
    </Page>
  )
}

interface Listed {
  name: string
  id: string
  kind: DocumentKind
  title: string
  standing: 'published' | 'changed' | 'new' | 'removed'
}

function Documents({ department }: { department: string }) {
  const t = useWriteText()
  const written = useDepartment(department)
  const findings = useDepartmentFindings(written, department)
  const { drafts, held } = written
  if (held?.release === undefined)
    return (
      <div className="narrow">
        <Notice kind="info" title={t('department.noPlans')} />
      </div>
    )
  const listed = listOf(written, department)
  return (
    <div className="stack">
      {drafts.length > 0 && (
        <Notice kind="info" title={t('department.toPublish', { count: drafts.length })}>
          <p>{t('department.publishText')}</p>
          <div className="buttons">
            <a className="button is-main" href={`#/edit/publish/${department}`}>
              {t('department.publish')}
            </a>
          </div>
        </Notice>
      )}
      <div className="write-kinds">
        {kindOrder
          .filter((kind) => department === commonDepartment || !organisationKinds.has(kind))
          .map((kind) => {
            const rows = listed.filter((each) => each.kind === kind)
            const canAdd = !singleKinds.has(kind) || (rows.length === 0 && kind !== 'organisation')
            if (rows.length === 0 && !canAdd) return null
            return (
              <section className="section" key={kind}>
                <h2>{t(`kinds.${kind}`)}</h2>
                {rows.length > 0 && (
                  <ul className="card rows">
                    {rows.map((each) => (
                      <li key={each.name}>
                        <DocumentRow listed={each} counted={findings.get(each.name)} />
                      </li>
                    ))}
                  </ul>
                )}
                {canAdd && (
                  <a className="button is-quiet" href={`#/edit/new/${department}/${kind}`}>
                    <Icon name="plus" />
                    {t(`add.${kind}`)}
                  </a>
                )}
              </section>
            )
          })}
      </div>
    </div>
  )
}

function DocumentRow({ listed, counted }: { listed: Listed; counted: Counted | undefined }) {
  const t = useWriteText()
  const { standing } = listed
  return (
    <a className={`row kind-${rowKindOf(listed.kind)}`} href={`#/edit/d/${listed.name}`}>
      <strong lang="sv">{listed.title === '' ? t('field.unnamed') : listed.title}</strong>
      {(standing !== 'published' || counted !== undefined) && (
        <span className="under write-marks">
          {standing !== 'published' && (
            <span className={`label ${standing === 'removed' ? 'is-stop' : 'kind-routine'}`}>
              {t(`department.${standing}`)}
            </span>
          )}
          {counted !== undefined && counted.blocks > 0 && (
            <span className="write-mark is-blocks">
              <Icon name="warning" />
              {t('department.blocks', { count: counted.blocks })}
            </span>
          )}
          {counted !== undefined && counted.warnings > 0 && (
            <span className="write-mark">
              {t('department.warnings', { count: counted.warnings })}
            </span>
          )}
        </span>
      )}
      <Icon name="forward" />
    </a>
  )
}

/** What is published and what is drafted, each once, by title. */
function listOf(written: ReturnType<typeof useDepartment>, department: string): Listed[] {
  const { drafts, held } = written
  const draftByName = new Map(drafts.map((each) => [each.name, each]))
  const published = (held?.release?.documents ?? []).filter(
    (each) => each.department === department,
  )
  const names = new Set([...published.map(documentName), ...draftByName.keys()])
  const bodies = new Map(published.map((each) => [documentName(each), each.body as unknown]))
  return [...names]
    .flatMap((name): Listed[] => {
      const [, kind = '', id = ''] = name.split('/')
      if (!isKind(kind)) return []
      const draft = draftByName.get(name)
      const body = draft?.body ?? bodies.get(name)
      const title = valueAt(body, [kind === 'routine' ? 'name' : 'title'])
      const standing =
        draft === undefined
          ? 'published'
          : draft.body === undefined
            ? 'removed'
            : draft.base === undefined
              ? 'new'
              : 'changed'
      return [
        { name, id, kind, title: typeof title === 'string' ? plainText(title) : '', standing },
      ]
    })
    .sort((a, b) => a.title.localeCompare(b.title, 'sv'))
}
