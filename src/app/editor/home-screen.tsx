import { commonDepartment } from '#domain/schema/document.ts'
import { Day } from '#app/documents/when.tsx'
import { useLive } from '#app/ui/live.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { Row } from '#app/ui/row.tsx'
import { useEditor } from './editor-parts.ts'
import { useBeginText } from './begin/use-begin-text.ts'
import { EndedNotice, useEnded } from './ended-notice.tsx'
import { GivenNotice } from './given-notice.tsx'
import { DueRow, HistoryRow, PublishRow, ReportsRow, SituationRow } from './publish/home-rows.tsx'
import { groupTried, isGrave, isHarmless } from './tried-kinds.ts'
import { useAuthority } from './use-authority.ts'
import { useLoaded } from './use-loaded.ts'
import { useRoles, type OwnRoles } from './use-roles.ts'
import { useText } from './use-text.ts'
import { useWriteText } from './write/use-write-text.ts'
import { UnfinishedNotice } from './unfinished-notice.tsx'

/** What this person may do, and the way to each of it. */
export function HomeScreen() {
  const t = useText()
  const begin = useBeginText()
  const { organisation } = useEditor()
  const roles = useRoles()
  const ended = useEnded()
  const hasRole = roles.isCoordinator || roles.isPublisher
  return (
    <Page
      name={t('home.title')}
      title={t('home.title')}
      {...(organisation === undefined
        ? {}
        : {
            lead: t(
              roles.isCoordinator
                ? 'home.leadCoordinator'
                : hasRole
                  ? 'home.leadPublisher'
                  : 'home.leadNobody',
              { organisation: organisation.title },
            ),
          })}
      back={{ href: '#/ready', text: t('home.back') }}
    >
      <div className="wide">
        <div>
          {roles.isCoordinator && organisation !== undefined && (
            <UnfinishedNotice organisation={organisation.id} />
          )}
          {hasRole && <Warnings />}
          <EndedNotice titles={ended.map(({ title }) => title)} />
          {hasRole && <SituationRow />}
          {hasRole ? <Departments roles={roles} /> : <Nobody />}
        </div>
        <div className="aside">
          {roles.isCoordinator && (
            <section className="section">
              <h2>{t('home.organisation')}</h2>
              <div className="card rows">
                <Row
                  href="#/edit/begin"
                  kind="plain"
                  title={begin('begin.title')}
                  under={begin('begin.row')}
                />
                <Row
                  href="#/edit/departments/add"
                  kind="plain"
                  title={begin('add.title')}
                  under={begin('begin.addRow')}
                />
                <Row
                  href="#/edit/people"
                  kind="plain"
                  title={t('people.title')}
                  under={t('home.people')}
                />
                <Row
                  href="#/edit/approve"
                  kind="plain"
                  title={t('approve.title')}
                  under={t('home.approve')}
                />
                <Row
                  href="#/edit/common"
                  kind="plain"
                  title={t('common.title')}
                  under={t('home.common')}
                />
                <Row
                  href="#/edit/keys"
                  kind="plain"
                  title={t('keys.title')}
                  under={t('home.keys')}
                />
                <Row
                  href="#/edit/mirrors"
                  kind="plain"
                  title={t('mirrors.title')}
                  under={t('home.mirrors')}
                />
                <Row
                  href="#/edit/law"
                  kind="plain"
                  title={begin('begin.law')}
                  under={begin('begin.lawRow')}
                />
              </div>
            </section>
          )}
          {hasRole && (
            <section className="section">
              <h2>{t('home.files')}</h2>
              <div className="card rows">
                <Row
                  href="#/edit/files"
                  kind="plain"
                  title={t('home.filesTitle')}
                  under={t('home.filesText')}
                />
              </div>
            </section>
          )}
          {hasRole && (
            <section className="section">
              <h2>{t('home.safety')}</h2>
              <div className="card rows">
                <Row
                  href="#/edit/tried"
                  kind="plain"
                  title={t('tried.title')}
                  under={t('home.tried')}
                />
                {!roles.isCoordinator && (
                  <Row
                    href="#/edit/enrol"
                    kind="plain"
                    title={t('home.askMore')}
                    under={t('home.askMoreText')}
                  />
                )}
              </div>
            </section>
          )}
        </div>
      </div>
    </Page>
  )
}

function Nobody() {
  const t = useText()
  return (
    <div className="stack">
      <GivenNotice />
      <p>{t('home.nobody')}</p>
      <a className="button is-main is-wide" href="#/edit/enrol">
        {t('home.ask')}
      </a>
    </div>
  )
}

/** What a manager should see without looking for it. Staff never do. */
function Warnings() {
  const t = useText()
  const live = useLive()
  const { state, organisation } = useEditor()
  const roles = useRoles()
  const root = useAuthority().value?.root
  const tried = useLoaded(async ({ device, organisation: own }) =>
    own === undefined ? [] : device.tried(own.id),
  ).value
  const isWithheld = state.device.departments.some(
    (each) => each.organisation === organisation?.id && each.note?.code === 'withheld-root',
  )
  const groups = groupTried(tried ?? []).filter(({ kind }) => !isHarmless(kind))
  const isLate = live.live && root !== undefined && Date.parse(root.reviewBy) < live.now.getTime()
  // Nothing at all where there is nothing to say: what follows begins at the top.
  if (!isWithheld && groups.length === 0 && !(roles.isCoordinator && isLate)) return null
  return (
    <div className="stack">
      {isWithheld && (
        <Notice kind="stop" title={t('tried.code.withheld-root.title')} announce>
          <p>{t('tried.code.withheld-root.do')}</p>
          <a className="button is-quiet" href="#/edit/tried">
            {t('home.triedLink')}
          </a>
        </Notice>
      )}
      {!isWithheld && groups.length > 0 && (
        <Notice
          kind={groups.some(({ kind }) => isGrave(kind)) ? 'stop' : 'warning'}
          title={t('home.triedTitle', { count: groups.length })}
        >
          <p>{t('home.triedText')}</p>
          <a className="button is-quiet" href="#/edit/tried">
            {t('home.triedLink')}
          </a>
        </Notice>
      )}
      {roles.isCoordinator && isLate && (
        <Notice kind="warning" icon="clock" title={t('review.late')}>
          <p>
            <Day on={root.reviewBy} />
          </p>
          <a className="button is-quiet" href="#/edit/people">
            {t('people.title')}
          </a>
        </Notice>
      )}
    </div>
  )
}

function Departments({ roles }: { roles: OwnRoles }) {
  const t = useText()
  const write = useWriteText()
  const { state, organisation } = useEditor()
  const titleOf = (id: string) =>
    state.device.departments.find(
      (each) => each.organisation === organisation?.id && each.department === id,
    )?.title
  return roles.departments.map((id) => (
    <section className="section" key={id}>
      <h2 lang="sv">{titleOf(id) ?? id}</h2>
      <div className="card rows">
        <Row
          href={`#/edit/d/${id}`}
          kind="routine"
          title={write('department.title')}
          under={write('department.row')}
        />
        <PublishRow department={id} />
        <ReportsRow department={id} />
        <DueRow department={id} />
        {id !== commonDepartment && (
          <>
            <Row
              href={`#/edit/phones/${id}`}
              kind="phone"
              title={t('phones.short')}
              under={t('home.phones')}
            />
            <Row
              href={`#/edit/invite/${id}`}
              kind="form"
              title={t('home.invite')}
              under={t('home.inviteText')}
            />
          </>
        )}
        <HistoryRow department={id} />
      </div>
    </section>
  ))
}
