import { useEffect, useRef } from 'react'

/** What was just done, and how to undo it. Stays while it is pointed at or holds the focus. */
export function Toast(props: {
  text: string
  action: string
  onAction: () => void
  onGone: () => void
}) {
  const gone = useRef(props.onGone)
  useEffect(() => {
    gone.current = props.onGone
  })
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Long enough to be read twice: WCAG 2.2.1 wants 20 s where time is limited.
    let timer = setTimeout(function leave() {
      if (box.current?.matches(':hover, :focus-within') === true) timer = setTimeout(leave, 4_000)
      else gone.current()
    }, 20_000)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="toast" role="status" ref={box}>
      <span>{props.text}</span>
      <button type="button" className="button" onClick={props.onAction}>
        {props.action}
      </button>
    </div>
  )
}
