import { Fragment, useState } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import { useLocation } from 'wouter'
import { commonDepartment, documentName } from '#domain/schema/document.ts'
import type { RoutineGroup } from '#domain/schema/routine.ts'
import { situations } from '#domain/situation.ts'
import { startList, type StartItem } from '#domain/start-list.ts'
import { addressOf } from '#app/documents/address-of.ts'
import { RoutineRows } from '#app/documents/routine-rows.tsx'
import { SituationCard } from '#app/documents/situation-view.tsx'
import { useDocuments } from '#app/documents/words.tsx'
import { useSearchPart } from '#app/ui/hash-location.ts'
import { Icon, type IconName } from '#app/ui/icon.tsx'
import { nowOf, useLive } from '#app/ui/live.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Row } from '#app/ui/row.tsx'
import { DepartmentSwitcher, placeName } from './department-switcher.tsx'
import { FirstNumbers } from './first-numbers.tsx'
import { CheckWords } from './check-words.tsx'
import { Page } from '#app/ui/page.tsx'
import { missingDepartments } from './missing-departments.ts'
import { Later } from './later.tsx'
import { MissingNotice } from './missing-notice.tsx'
import { InstallOffer, UpdateOffer } from './offers.tsx'
import type { Place } from './place.ts'
import { useReader } from './reader-context.ts'
import { readQuery } from './search-query.ts'
import { SearchField } from './search-field.tsx'
import { SearchResults } from './search-results.tsx'
import { TrustLine } from './trust-line.tsx'
import { useSearch } from './use-search.ts'
import { Welcome } from './welcome.tsx'

/**
 * The first screen, and the search: one component, so that the field keeps what is being typed when
 * the address becomes that of a search.
 */
export function StartScreen({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { hasJoined } = useReader().state
  const [path] = useLocation()
  const query = readQuery(useSearchPart())
  const isSearch = path === '/search'
  const { index } = useDocuments()
  const { live: isLive } = useLive()
  useSearch(index, { isLive: isLive && !isSearch, isWanted: false })
  if (place.shown.length === 0) return <Welcome place={place} />
  const missing = missingDepartments(place.shown)
  return (
    <Page
      name={isSearch ? t('search.title') : placeName(place, t('start.together'))}
      title={
        isSearch ? (
          t('search.title')
        ) : (
          <span lang={place.shown.length === 1 ? 'sv' : undefined}>
            {placeName(place, t('start.together'))}
          </span>
        )
      }
      {...(isSearch
        ? { back: { href: `#${place.home}`, text: placeName(place, t('start.together')) } }
        : { after: <DepartmentSwitcher place={place} /> })}
    >
      <div className={`wide start${isSearch ? ' is-search' : ''}`}>
        <div className="stack" key="left">
          <MissingNotice
            key="missing"
            missing={missing}
            hasMore={place.all.some((each) => each.release !== undefined)}
          />
          {!isSearch && <FirstNumbers key="numbers" place={place} />}
          {!isSearch && <SituationNow key="situation" />}
          <SearchField key="field" query={query} home={place.home} isSearch={isSearch} />
          {!isSearch && <FirstCard key="first-card" place={place} />}
          {!isSearch && missing.length > 0 && place.organisation !== undefined && (
            <CheckWords key="words" words={place.organisation.checkWords} />
          )}
          {!isSearch && hasJoined && <NameAsked key="name" place={place} />}
        </div>
        <div className="aside" key="right">
          {isSearch ? (
            <SearchResults query={query} place={place} />
          ) : (
            <>
              <CanGoDown place={place} />
              {hasContent(place) && <StartFoot place={place} />}
            </>
          )}
        </div>
      </div>
    </Page>
  )
}

function SituationNow() {
  const { index } = useDocuments()
  const live = useLive()
  const { inForce } = situations(index.documents, nowOf(live))
  return inForce === undefined ? null : <SituationCard document={inForce} />
}

function FirstCard({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { index } = useDocuments()
  const card = place.shown
    .map((each) => startList(index, each.department).firstCard)
    .find((each) => each !== undefined)
  if (card === undefined) return null
  return (
    <a className="first-card" href={addressOf(documentName(card))}>
      <Icon name="question" />
      <span>
        <strong>{t('start.unknown')}</strong>
        <span className="under">{t('start.unknownUnder')}</span>
      </span>
      <Icon name="forward" />
    </a>
  )
}

export const groupIcons: Record<RoutineGroup, IconName> = {
  it: 'computer',
  phone: 'phone',
  power: 'power',
  staff: 'people',
  premises: 'building',
  other: 'other',
}

/** What this place depends on: own routines by group, most critical first; then what all have. */
function CanGoDown({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { index } = useDocuments()
  const { groups, common } = groupedRoutines(
    place.shown.flatMap((each) => startList(index, each.department).items),
    place.shown.length === 1 && place.shown[0]?.department === commonDepartment,
  )
  if (groups.length + common.length === 0) {
    if (place.shown.some((each) => each.release !== undefined)) return <p>{t('start.empty')}</p>
    return null
  }
  return (
    <section aria-labelledby="can-go-down">
      <h2 id="can-go-down" className="list-head">
        {t('start.canGoDown')}
      </h2>
      {groups.map(({ group, items }) => (
        <Fragment key={group}>
          <h3 className="group-head">
            <Icon name={groupIcons[group]} />
            {t(`group.${group}`)}
          </h3>
          <RoutineRows
            routines={items.map((item) => item.routine)}
            showDepartment={place.shown.length > 1}
          />
        </Fragment>
      ))}
      {common.length > 0 && (
        <>
          <h3 className="group-head">
            <Icon name="globe" />
            {t('start.common')}
          </h3>
          <RoutineRows routines={common.map((item) => item.routine)} />
        </>
      )}
    </section>
  )
}

/**
 * Own routines by group, the group of the most critical routine first; routines of gemensamt apart, so
 * that what is special to the place stands first. A routine is listed once, also for two departments.
 */
export function groupedRoutines(
  items: readonly StartItem[],
  commonIsOwn: boolean,
): { groups: { group: RoutineGroup; items: StartItem[] }[]; common: StartItem[] } {
  const unique = [...new Map(items.map((item) => [item.name, item])).values()].filter(
    (item) => !item.firstCard,
  )
  const itemsByGroup = new Map<RoutineGroup, StartItem[]>()
  const common: StartItem[] = []
  for (const item of unique) {
    const { group } = item.routine.body
    if (item.common && !commonIsOwn) common.push(item)
    else itemsByGroup.set(group, [...(itemsByGroup.get(group) ?? []), item])
  }
  return { groups: [...itemsByGroup].map(([group, list]) => ({ group, items: list })), common }
}

function StartFoot({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { hasJoined } = useReader().state
  return (
    <div className="start-foot stack">
      <div className="card rows">
        <Row
          href={`#${place.lists}/contacts`}
          kind="phone"
          icon="phone"
          title={t('start.allContacts')}
        />
      </div>
      <TrustLine place={place} />
      <UpdateOffer />
      <InstallOffer />
      {!hasJoined && <NameAsked place={place} />}
    </div>
  )
}

/**
 * Asks once what the phone is called: on a first visit below what helps at once, later at the foot. It has its
 * room from the moment the plans are there, so that nothing moves under a finger when it is drawn.
 */
function NameAsked({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { state } = useReader()
  const { live: isLive } = useLive()
  // As it was on arrival: the answer to an answer stays until the page is left.
  const [isAsked] = useState(state.settings.nameOffered !== true)
  if (!isAsked || !isLive || !hasContent(place)) return null
  const title = <Notice kind="plain" icon="phone" title={t('start.phoneName')} />
  // The script that asks is no part of a first visit: only once everything lies in the phone.
  const isStored = state.readiness.length > 0
  return (
    <div className="name-asked">
      {isStored ? <Later part="name-offer" place={place} meanwhile={title} /> : title}
    </div>
  )
}

const hasContent = (place: Place) => place.all.some((each) => each.release !== undefined)
