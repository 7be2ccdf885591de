import { setAt } from '#domain/edit/change-at.ts'
import { fieldShape } from './field-shape.ts'
import { FieldFrame } from './field-frame.tsx'
import { GrowingText } from './growing-text.tsx'
import { pathOf, type Place } from './place.ts'
import { Translations } from './translations.tsx'
import { useTextAt, useWriting } from './write-context.ts'

/** How a text at a place is changed: what is emptied and may be left out, is. */
export function useSetText(place: Place): (text: string) => void {
  const { editing, kind } = useWriting()
  const isOptional = fieldShape(kind, place)?.isOptional === true
  return (text) =>
    editing.change(
      (body) => setAt(body, pathOf(place), text === '' && isOptional ? undefined : text),
      place,
    )
}

/** A line, or several sentences. */
export function TextField(props: {
  place: Place
  several?: boolean
  isNamed?: boolean
  look?: 'title' | 'step'
}) {
  const { place } = props
  const text = useTextAt(place)
  const set = useSetText(place)
  return (
    <FieldFrame place={place} isNamed={props.isNamed}>
      {(frame) => (
        <div className={props.look === undefined ? undefined : `is-${props.look}`}>
          <GrowingText
            {...frame}
            place={place}
            value={text}
            several={props.several}
            onText={set}
            onLeave={() => {
              if (text.trim() !== text) set(text.trim())
            }}
          />
          <Translations place={place} />
        </div>
      )}
    </FieldFrame>
  )
}
