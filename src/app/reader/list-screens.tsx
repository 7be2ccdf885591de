import { Fragment, type ReactNode } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import {
  commonDepartment,
  documentName,
  type DocumentKind,
  type DocumentOf,
} from '#domain/schema/document.ts'
import { describeTree } from '#domain/phone-tree/describe-tree.ts'
import { situations } from '#domain/situation.ts'
import { startList } from '#domain/start-list.ts'
import { addressOf } from '#app/documents/address-of.ts'
import { ContactList } from '#app/documents/contacts-view.tsx'
import { TreeNumbers } from '#app/documents/phone-tree-view.tsx'
import { DocumentRows, RoutineRows } from '#app/documents/routine-rows.tsx'
import { Day } from '#app/documents/when.tsx'
import { useDocuments, useSwedish, Words } from '#app/documents/words.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { nowOf, useLive } from '#app/ui/live.tsx'
import { Row } from '#app/ui/row.tsx'
import { placeName } from './department-switcher.tsx'
import { Page } from '#app/ui/page.tsx'
import { missingDepartments } from './missing-departments.ts'
import { MissingNotice } from './missing-notice.tsx'
import type { Place } from './place.ts'
import { groupedRoutines, groupIcons } from './start-screen.tsx'

/** All routines, then the plans they belong to, exercises, and what was in force before. */
export function RoutinesScreen({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { index } = useDocuments()
  const live = useLive()
  const { groups, common } = groupedRoutines(
    place.shown.flatMap((each) =>
      // The first card belongs in the list of all, other than on the start where it has a button.
      startList(index, each.department).items.map((item) => ({ ...item, firstCard: false })),
    ),
    isCommon(place),
  )
  const plans = useOwnAndCommon('plan', place)
  const exercises = useOwnAndCommon('exercise', place)
  const { earlier } = situations(index.documents, nowOf(live))
  const showDepartment = place.shown.length > 1
  return (
    <Page name={t('routines.title')} title={t('routines.title')} lead={<Whose place={place} />}>
      <NotHere place={place} />
      <div className="wide">
        <div>
          {groups.map(({ group, items }) => (
            <Fragment key={group}>
              <h2 className="group-head">
                <Icon name={groupIcons[group]} />
                {t(`group.${group}`)}
              </h2>
              <RoutineRows
                routines={items.map((item) => item.routine)}
                showDepartment={showDepartment}
              />
            </Fragment>
          ))}
          {common.length > 0 && (
            <>
              <h2 className="group-head">
                <Icon name="globe" />
                {t('start.common')}
              </h2>
              <RoutineRows routines={common.map((item) => item.routine)} />
            </>
          )}
        </div>
        <div className="aside">
          <Rows title={t('routines.plans')} documents={plans} />
          <Rows title={t('routines.exercises')} documents={exercises} />
          <Rows title={t('start.situations')} documents={earlier} />
        </div>
      </div>
    </Page>
  )
}

/** Phone trees and numbers. */
export function CallScreen({ place }: { place: Place }) {
  const { t } = useTranslation()
  const trees = useOwnAndCommon('phone-tree', place)
  return (
    <Page name={t('tree.title')} title={t('tree.title')} lead={<Whose place={place} />}>
      <NotHere place={place} />
      <div className="wide">
        <div>
          {trees.length > 0 && (
            <section>
              <h2 className="list-head">{t('tree.trees')}</h2>
              <ul className="card rows">
                {trees.map((tree) => (
                  <li key={documentName(tree)}>
                    <Row
                      href={addressOf(documentName(tree))}
                      kind="phone"
                      title={<Words of={tree.body} field="title" />}
                      under={<TreeNumbers description={describeTree(tree.body)} />}
                    />
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
        <div className="aside">
          <Numbers place={place} />
        </div>
      </div>
    </Page>
  )
}

/** Every number, own ones first. */
export function ContactsScreen({ place }: { place: Place }) {
  const { t } = useTranslation()
  return (
    <Page
      name={t('contacts.title')}
      title={t('contacts.title')}
      back={{ href: `#${place.home}`, text: placeName(place, t('start.together')) }}
    >
      <div className="narrow">
        <Numbers place={place} />
      </div>
    </Page>
  )
}

function Numbers({ place }: { place: Place }) {
  const { t } = useTranslation()
  const lists = useOwnAndCommon('contacts', place)
  const seen = new Set<string>()
  return lists.map((list) => {
    // A number two departments need stands in both lists, with the same id: once is enough here.
    const contacts = list.body.contacts.filter((contact) => {
      const key = `${contact.id} ${contact.number}`
      return seen.has(key) ? false : seen.add(key)
    })
    if (contacts.length === 0) return null
    return (
      <section className="section" key={documentName(list)}>
        <h2 className="list-head">
          {list.department === commonDepartment && lists.length > 1 ? (
            t('contacts.allCommon')
          ) : (
            <Words of={list.body} field="title" />
          )}
        </h2>
        {list.body.checked !== undefined && (
          <p className="meta list-meta">
            {t('contacts.checked')} <Day on={list.body.checked.on} />
          </p>
        )}
        <ContactList contacts={contacts} />
      </section>
    )
  })
}

/** Paper forms by name and place, and what must lie printed at the end of a shift. */
export function PapersScreen({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { index } = useDocuments()
  const forms = useOwnAndCommon('form', place)
  return (
    <Page
      name={t('form.title')}
      title={t('form.title')}
      lead={
        <>
          <Whose place={place} /> {t('form.lead')}
        </>
      }
    >
      <NotHere place={place} />
      <div className="wide">
        <div>
          <section>
            <h2 className="list-head">{t('form.forms')}</h2>
            <ul className="card rows">
              {forms.map((form) => (
                <li key={documentName(form)}>
                  <Row
                    href={addressOf(documentName(form))}
                    kind="form"
                    title={<Words of={form.body} field="title" />}
                    under={<Words of={form.body} field="kept" />}
                  />
                </li>
              ))}
            </ul>
          </section>
        </div>
        <div className="aside">
          {place.shown.map((each) => {
            const department = index.department(each.department)?.body
            if (department === undefined) return null
            return (
              <Fragment key={each.department}>
                {department.shiftLists.length > 0 && (
                  <section className="section">
                    <h2>{t('form.shiftLists')}</h2>
                    <p className="meta list-meta">{t('form.shiftListsText')}</p>
                    <ul className="card rows">
                      {department.shiftLists.map((list) => (
                        <li className="shift-list" key={list.id}>
                          <strong>
                            <Words of={list} field="title" />
                          </strong>
                          <p className="meta">
                            <Words of={list} field="printed" />
                            {list.at !== undefined && `, ${list.at}`}.{' '}
                            <Words of={list} field="by" />
                          </p>
                          <p className="meta">
                            <Icon name="pin" /> <Words of={list} field="kept" />
                          </p>
                        </li>
                      ))}
                    </ul>
                  </section>
                )}
                {department.binder !== undefined && (
                  <section className="section kept">
                    <Icon name="pin" />
                    <div>
                      <h2>{t('form.binder')}</h2>
                      <p>
                        <Words of={department.binder} field="place" />
                      </p>
                      <p className="meta">
                        <Words of={department.binder} field="responsible" />
                      </p>
                    </div>
                  </section>
                )}
              </Fragment>
            )
          })}
        </div>
      </div>
    </Page>
  )
}

/** A list of a department that has not arrived holds only what everybody has. */
function NotHere({ place }: { place: Place }) {
  return <MissingNotice missing={missingDepartments(place.shown)} hasMore />
}

function Rows(props: { title: string; documents: readonly DocumentOf<DocumentKind>[] }) {
  if (props.documents.length === 0) return null
  return (
    <section className="section">
      <h2 className="list-head">{props.title}</h2>
      <DocumentRows
        documents={props.documents as Parameters<typeof DocumentRows>[0]['documents']}
      />
    </section>
  )
}

function Whose({ place }: { place: Place }): ReactNode {
  const { t } = useTranslation()
  const swedish = useSwedish()
  return <span {...swedish}>{placeName(place, t('start.together'))}.</span>
}

function isCommon(place: Place): boolean {
  return place.shown.length === 1 && place.shown[0]?.department === commonDepartment
}

function useOwnAndCommon<K extends DocumentKind>(kind: K, place: Place): DocumentOf<K>[] {
  const { index } = useDocuments()
  const departments = [
    ...new Set([...place.shown.map((each) => each.department), commonDepartment]),
  ]
  return departments.flatMap((department) => index.ofKind(kind, department))
}
