import { useState } from 'react'
import { isPlainObject } from '#domain/schema/walk-schema.ts'
import { Icon } from '#app/ui/icon.tsx'
import { Field, isNothing } from './field.tsx'
import { fieldShape } from './field-shape.ts'
import { madeFields } from './layouts.ts'
import { within, type Place } from './place.ts'
import { useFieldNames } from './use-write-text.ts'
import { fieldAt, useAt, useWriting } from './write-context.ts'

/**
 * Fields of one object, one under another. Those that may be left out and are, are offered as buttons: the
 * page shows what there is, as the reader's does.
 */
export function Fields(props: {
  place: Place
  fields: readonly string[]
  /** Shown also when nothing stands there. */
  always?: readonly string[]
  isNamed?: boolean
}) {
  const { kind, isLocked, findings } = useWriting()
  const { label } = useFieldNames()
  const value = useAt(props.place)
  const [asked, setAsked] = useState<readonly string[]>([])
  const object = isPlainObject(value) ? value : {}
  const fields = props.fields.filter((field) => !madeFields.has(field))
  const isShown = (field: string) =>
    fieldShape(kind, within(props.place, field))?.isOptional !== true ||
    !isNothing(object[field]) ||
    props.always?.includes(field) === true ||
    asked.includes(field) ||
    findings.at(within(props.place, field)).length > 0
  const hidden = fields.filter((field) => !isShown(field))
  return (
    <>
      {fields.filter(isShown).map((field) => (
        <Field
          key={field}
          place={within(props.place, field)}
          isNamed={props.isNamed === true && fields.length === 1}
        />
      ))}
      {!isLocked && hidden.length > 0 && (
        <div className="write-tools is-more">
          {hidden.map((field) => (
            <button
              type="button"
              className="write-tool"
              key={field}
              onClick={() => {
                setAsked([...asked, field])
                requestAnimationFrame(() => focusFirst(within(props.place, field)))
              }}
            >
              <Icon name="plus" />
              {label(kind, within(props.place, field))}
            </button>
          ))}
        </div>
      )}
    </>
  )
}

/** The field, or the first that stands within it. */
function focusFirst(place: Place): void {
  const field =
    fieldAt(place) ??
    document.querySelector<HTMLElement>(`[data-place^="${CSS.escape(place)}/"]`) ??
    document.querySelector<HTMLElement>(`[data-field="${CSS.escape(place)}"] :is(textarea, button)`)
  field?.focus()
}
