import { useEffect, type ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { useLive } from './live.tsx'

/** A page: its title, the way back, and what is on it. Moves the focus to the title on arrival. */
export function Page(props: {
  title: ReactNode
  /** The title as plain text, for the window and the list of pages. */
  name: string
  back?: { href: string; text: ReactNode }
  lead?: ReactNode
  /** Beside the way back. */
  tools?: ReactNode
  /** After the title. */
  after?: ReactNode
  children: ReactNode
}) {
  const live = useLive()
  useEffect(() => {
    if (live.live) document.title = windowTitle(props.name)
  }, [live.live, props.name])
  return (
    <div data-page={props.name}>
      <header className="page-head">
        {(props.back !== undefined || props.tools !== undefined) && (
          <div className="page-ways">
            {props.back !== undefined && (
              <a className="back" href={props.back.href}>
                <Icon name="back" />
                <span>{props.back.text}</span>
              </a>
            )}
            {props.tools}
          </div>
        )}
        <h1 tabIndex={-1}>{props.title}</h1>
        {props.lead !== undefined && <p className="lead">{props.lead}</p>}
        {props.after}
      </header>
      {props.children}
    </div>
  )
}

export function windowTitle(name: string): string {
  return name === '' ? 'Plan B' : `${name} · Plan B`
}
