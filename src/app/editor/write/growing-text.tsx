import type { ClipboardEvent, KeyboardEvent } from 'react'
import { cleanTyped, mostPasted } from './clean-typed.ts'
import { useNotes } from './notes.ts'
import type { Place } from './place.ts'
import { useWriteText } from './use-write-text.ts'
import { useWriting } from './write-context.ts'

/** A text that is as high as what stands in it, so that nothing scrolls inside a box. */
export function GrowingText(props: {
  place: Place
  value: string
  /** Several sentences; otherwise a line, which wraps but has no breaks of its own. */
  several?: boolean
  id?: string
  label?: string
  labelledBy?: string
  describedBy?: string | undefined
  isFaulty?: boolean
  placeholder?: string
  lang?: string
  onText: (text: string) => void
  onLeave?: () => void
  onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void
  onPaste?: (event: ClipboardEvent<HTMLTextAreaElement>) => void
  onFocus?: () => void
}) {
  const { isLocked } = useWriting()
  const t = useWriteText()
  const say = useNotes()
  const several = props.several === true
  return (
    <span className="grow" data-text={props.value}>
      <textarea
        rows={1}
        id={props.id}
        lang={props.lang ?? 'sv'}
        dir="auto"
        data-place={props.place}
        value={props.value}
        placeholder={props.placeholder}
        readOnly={isLocked}
        aria-label={props.label}
        aria-labelledby={props.labelledBy}
        aria-describedby={props.describedBy}
        aria-invalid={props.isFaulty === true ? true : undefined}
        onChange={(event) => props.onText(cleanTyped(event.currentTarget.value, several))}
        onBlur={props.onLeave}
        onFocus={props.onFocus}
        onKeyDown={(event) => {
          props.onKeyDown?.(event)
          if (event.key === 'Enter' && !several && !event.nativeEvent.isComposing)
            event.preventDefault()
        }}
        onPaste={(event) => {
          props.onPaste?.(event)
          if (event.defaultPrevented) return
          if (event.clipboardData.getData('text/plain').length <= mostPasted) return
          event.preventDefault()
          say({ text: t('field.tooMuch') })
        }}
      />
    </span>
  )
}
