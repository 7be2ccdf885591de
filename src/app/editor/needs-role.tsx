import type { ReactNode } from 'react'
import { Notice } from '#app/ui/notice.tsx'
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
  const { department } = props
  const isAllowed =
    roles.isCoordinator ||
    (props.who === 'publisher' &&
      (department === undefined ? roles.isPublisher : roles.departments.includes(department)))
  if (isAllowed) return props.children
  return (
    <div className="narrow stack">
      <GivenNotice />
      <Notice kind="info" title={t(`needs.${props.who}`)}>
        <p>{t(`needs.${props.who}Text`)}</p>
      </Notice>
      {props.who === 'publisher' && (
        <a className="button is-wide" href="#/edit/enrol">
          {t('home.ask')}
        </a>
      )}
    </div>
  )
}
