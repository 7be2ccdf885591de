import { Icon } from '#app/ui/icon.tsx'
import { setAt } from '#domain/edit/change-at.ts'
import { fieldShape } from './field-shape.ts'
import { FieldFrame } from './field-frame.tsx'
import { Fields } from './fields.tsx'
import { isNothing } from './field.tsx'
import { pathOf, type Place } from './place.ts'
import { useFieldNames, useWriteText } from './use-write-text.ts'
import { useAt, useWriting } from './write-context.ts'

/** Fields that belong together: who owns a plan and who stands in. */
export function GroupField(props: { place: Place; fields: readonly string[]; isNamed?: boolean }) {
  const { place } = props
  const t = useWriteText()
  const { editing, kind, isLocked } = useWriting()
  const { label } = useFieldNames()
  const value = useAt(place)
  const canGo = fieldShape(kind, place)?.isOptional === true && !isNothing(value)
  return (
    <FieldFrame place={place} isNamed={props.isNamed} isGroup>
      {(frame) => (
        <div className="write-group" role="group" aria-labelledby={frame.labelId}>
          <Fields place={place} fields={props.fields} />
          {canGo && !isLocked && (
            <button
              type="button"
              className="write-tool"
              aria-label={t('field.removeNamed', { name: label(kind, place) })}
              onClick={() => editing.change((body) => setAt(body, pathOf(place), undefined))}
            >
              <Icon name="cross" />
              {t('field.remove')}
            </button>
          )}
        </div>
      )}
    </FieldFrame>
  )
}
