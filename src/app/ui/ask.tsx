import { useId, useLayoutEffect, useRef, type ReactNode } from 'react'

/** A question that must be answered before something is lost. Escape means no, and so does Enter at once. */
export function Ask(props: {
  title: string
  children?: ReactNode
  no: string
  yes: string
  grave?: boolean
  /** False while something must be said first: then only no can be answered. */
  isReady?: boolean
  onNo: () => void
  onYes: () => void
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const no = useRef<HTMLButtonElement>(null)
  const title = useId()
  // Closed before it is taken off the page: then the focus goes back to where it was.
  useLayoutEffect(() => {
    const element = dialog.current
    if (element === null || element.open) return
    element.showModal()
    // A browser puts the focus on the first button there is.
    no.current?.focus()
    return () => element.close()
  }, [])
  return (
    <dialog
      className="ask"
      ref={dialog}
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault()
        props.onNo()
      }}
    >
      <h2 id={title}>{props.title}</h2>
      {props.children}
      <div className="buttons">
        <button
          type="button"
          className={`button is-wide${props.grave === true ? ' is-stop' : ' is-main'}`}
          disabled={props.isReady === false}
          onClick={props.onYes}
        >
          {props.yes}
        </button>
        <button type="button" className="button is-wide" ref={no} onClick={props.onNo}>
          {props.no}
        </button>
      </div>
    </dialog>
  )
}
