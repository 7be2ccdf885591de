import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

/**
 * A part that opens. A native `<details>`, so that it also opens in the reading copy with no script.
 * `name` names it on the page: what somebody opened before the app was up stays open.
 */
export function Fold(props: {
  name: string
  title: ReactNode
  small?: ReactNode
  open?: boolean
  level?: 2 | 3
  children: ReactNode
}) {
  const Heading = props.level === 2 ? 'h2' : 'h3'
  return (
    <details className="fold" data-fold={props.name} open={props.open === true ? true : undefined}>
      <summary>
        <Heading className="fold-title">
          {props.title}
          {props.small !== undefined && <small> {props.small}</small>}
        </Heading>
        <Icon name="forward" className="chevron" />
      </summary>
      <div className="fold-body">{props.children}</div>
    </details>
  )
}
