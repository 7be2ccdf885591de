import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { wordsOf } from './search-words.ts'
import { useWriteText } from './use-write-text.ts'

/** Something to choose. */
export interface Choosable {
  id: string
  title: string
  under?: string
}

/** So many at once: more is searched for, not read through. */
const mostShown = 40

/** A list to choose from, found by typing part of a name. Escape chooses nothing. */
export function ChooseDialog(props: {
  title: string
  options: readonly Choosable[]
  onChoose: (id: string) => void
  onCancel: () => void
  /** Below the list: making a new one. Given what was searched for. */
  more?: (searched: string) => ReactNode
}) {
  const t = useWriteText()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const [searched, setSearched] = useState('')
  useEffect(() => {
    const element = dialog.current
    if (element === null || element.open) return
    element.showModal()
    return () => element.close()
  }, [])
  const words = wordsOf(searched)
  const fitting = props.options.filter(({ title, under }) => {
    const text = wordsOf(`${title} ${under ?? ''}`).join(' ')
    return words.every((word) => text.includes(word))
  })
  return (
    <dialog
      className="ask write-choose"
      ref={dialog}
      aria-labelledby={`${id}-title`}
      onCancel={(event) => {
        event.preventDefault()
        props.onCancel()
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2 id={`${id}-title`}>{props.title}</h2>
      <div className="field">
        <label htmlFor={id}>{t('pick.search')}</label>
        <input
          className="input"
          id={id}
          type="search"
          autoComplete="off"
          value={searched}
          onChange={(event) => setSearched(event.currentTarget.value)}
        />
      </div>
      <ul className="card rows write-options">
        {fitting.slice(0, mostShown).map((option) => (
          <li key={option.id}>
            <button
              type="button"
              className="write-option"
              lang="sv"
              onClick={() => props.onChoose(option.id)}
            >
              <strong>{option.title}</strong>
              {option.under !== undefined && option.under !== '' && (
                <span className="meta">{option.under}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
      <p className="meta" role="status">
        {fitting.length === 0 ? t('pick.none') : fitting.length > mostShown ? t('pick.more') : ''}
      </p>
      {props.more?.(searched)}
      <div className="buttons">
        <button type="button" className="button is-wide" onClick={props.onCancel}>
          {t('pick.cancel')}
        </button>
      </div>
    </dialog>
  )
}
