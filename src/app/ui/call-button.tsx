import { Icon } from './icon.tsx'

/**
 * A number to tap that is also a number to read. `href` is made by the caller from a validated
 * number; without one (a number that did not validate) the text stands alone.
 */
export function CallButton(props: {
  href: string | undefined
  number: string
  title?: string
  lang?: string
  look?: 'filled' | 'plain' | 'sos'
  wide?: boolean
  /** Beside the number in words: "Andra numret". */
  note?: string
}) {
  const className = `call${props.look === 'plain' ? ' is-plain' : ''}${
    props.look === 'sos' ? ' is-sos' : ''
  }${props.wide === true ? ' is-wide' : ''}`
  const text = (
    <>
      <Icon name="phone" />
      <span className="call-text">
        {props.title !== undefined && <span lang={props.lang}>{props.title}</span>}
        {props.note !== undefined && <span className="call-note">{props.note}</span>}
        <span className="number">{props.number}</span>
      </span>
    </>
  )
  if (props.href === undefined) return <span className={`${className} is-plain`}>{text}</span>
  return (
    <a className={className} href={props.href}>
      {text}
    </a>
  )
}
