import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

export type NoticeKind = 'info' | 'good' | 'warning' | 'stop' | 'plain'

const icons: Record<NoticeKind, IconName> = {
  info: 'info',
  good: 'check',
  warning: 'warning',
  stop: 'warning',
  plain: 'info',
}

/** Something to know now. `announce` says it to a screen reader when it appears later. */
export function Notice(props: {
  kind: NoticeKind
  title?: ReactNode
  children?: ReactNode
  icon?: IconName
  announce?: boolean
}) {
  return (
    <div
      className={`notice is-${props.kind}`}
      role={props.announce === true ? 'status' : undefined}
    >
      <Icon name={props.icon ?? icons[props.kind]} />
      {props.title !== undefined && <strong>{props.title}</strong>}
      {props.children}
    </div>
  )
}
