import type { ReactNode } from 'react'
import { Notice } from '#app/ui/notice.tsx'
import { EndedNotice, useEnded } from './ended-notice.tsx'
import { GivenNotice } from './given-notice.tsx'
import { useRoles } from './use-roles.ts'
import { useText } from './use-text.ts'

/** Shows a page's content to whom it is for, and says to anybody else how to get there. */
export function NeedsRole(props: {
  who: 'coordinator' | 'publisher'
  /** Only who publishes this one. */
  department?: string
  children: ReactNode
}) {
  const t = useText()
  const roles = useRoles()
  const ended = useEnded()
  const { department } = props
  const isAllowed =
    roles.isCoordinator ||
    (props.who === 'publisher' &&
      (department === undefined ? roles.isPublisher : roles.departments.includes(department)))
  if (isAllowed) return props.children
  const gone = ended.filter(({ id }) => department === undefined || id === department)
  return (
    <div className="narrow stack">
      <GivenNotice />
      {props.who === 'publisher' && <EndedNotice titles={gone.map(({ title }) => title)} />}
      {(props.who === 'coordinator' || gone.length === 0) && (
        <Notice kind="info" title={t(`needs.${props.who}`)}>
          <p>{t(`needs.${props.who}Text`)}</p>
        </Notice>
      )}
      {props.who === 'publisher' && (
        <a className="button is-wide" href="#/edit/enrol">
          {t('home.ask')}
        </a>
      )}
    </div>
  )
}
