import { removeAt, setAt, valueAt } from '#domain/edit/change-at.ts'
import { isPlainObject } from '#domain/schema/walk-schema.ts'
import { pathOf, splitPlace, within, type Place } from './place.ts'
import { useFieldNames, useWriteText } from './use-write-text.ts'
import { useTextAt, useWriting } from './write-context.ts'

/** Grounds that plans of a municipality meet; any other that a file names stays as it is. */
const grounds = {
  'OSL 18:8': 'protection',
  'OSL 18:9': 'codes',
  'OSL 18:13': 'risks',
  'OSL 15:2': 'defence',
  'OSL 39:3': 'staff',
} as const
const groundNames = Object.keys(grounds) as (keyof typeof grounds)[]

/**
 * Whether what stands at a place is left out of the open extract, and on which legal ground. Marks belong to fields of
 * an object: a list is marked as a whole.
 */
export function SecrecyMark({ place }: { place: Place }) {
  const t = useWriteText()
  const { editing, kind, showsSecrecy, isLocked } = useWriting()
  const { label } = useFieldNames()
  const { outer, last } = splitPlace(place)
  const marks = within(outer, 'secrecy')
  const ground = useTextAt(within(marks, last))
  if (!showsSecrecy || /^\d+$/.test(last)) return null
  const set = (next: string) =>
    editing.change((body) => {
      const path = pathOf(within(marks, last))
      if (next !== '') return setAt(body, path, next)
      const left = removeAt(body, path)
      const rest = valueAt(left, pathOf(marks))
      return isPlainObject(rest) && Object.keys(rest).length === 0
        ? removeAt(left, pathOf(marks))
        : left
    })
  const isKnown = Object.hasOwn(grounds, ground)
  return (
    <select
      className="input write-secrecy"
      aria-label={t('secrecy.label', { field: label(kind, place) })}
      data-secrecy={place}
      value={ground}
      disabled={isLocked}
      onChange={(event) => set(event.currentTarget.value)}
    >
      <option value="">{t('secrecy.open')}</option>
      {groundNames.map((each) => (
        <option key={each} value={each}>
          {t(`secrecy.ground.${grounds[each]}`)}
        </option>
      ))}
      {ground !== '' && !isKnown && <option value={ground}>{ground}</option>}
    </select>
  )
}
