import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

export type RowKind = 'routine' | 'phone' | 'form' | 'plain'

/** One thing to open: its name, a line under it, and an arrow. */
export function Row(props: {
  href: string
  kind: RowKind
  title: ReactNode
  under?: ReactNode
  icon?: IconName
}) {
  return (
    <a className={`row kind-${props.kind}`} href={props.href}>
      <strong>{props.title}</strong>
      {props.under !== undefined && <span className="under">{props.under}</span>}
      <Icon name={props.icon ?? 'forward'} />
    </a>
  )
}
