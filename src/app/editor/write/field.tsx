import { memo } from 'react'
import { isPlainObject } from '#domain/schema/walk-schema.ts'
import { fieldShape } from './field-shape.ts'
import { GroupField } from './group-field.tsx'
import { ListField } from './list-field.tsx'
import { PhasesField } from './phases-field.tsx'
import { CallsField, DepartmentsField, PositionField } from './position-fields.tsx'
import { fieldName, splitPlace, type Place } from './place.ts'
import { ReferenceField, ReferencesField, SystemField, SystemsField } from './reference-fields.tsx'
import { LinesField, StepsField } from './rows-field.tsx'
import { TextField } from './text-field.tsx'
import { DurationField, NumberField, NumbersField, PhoneField, PickField, PicksField, TimeField, YesNoField } from './value-fields.tsx' // prettier-ignore
import { useWriting } from './write-context.ts'

/** A field of the document: what it is asked for with hangs on its schema, and for few on what it means. */
export const Field = memo(function Field(props: {
  place: Place
  /** Its heading stands above. */
  isNamed?: boolean
  look?: 'title'
}) {
  const { kind } = useWriting()
  const { place, isNamed } = props
  const found = fieldShape(kind, place)
  if (found === undefined) return null
  const { shape } = found
  const { last } = splitPlace(place)
  const own = { place, isNamed }
  switch (shape.is) {
    case 'line':
    case 'code':
      return <TextField {...own} look={props.look} />
    case 'prose':
      return <TextField {...own} several />
    case 'lines':
      return <LinesField {...own} look={lineLooks[last]} />
    case 'steps':
      return <StepsField {...own} />
    case 'day':
    case 'instant':
    case 'clock':
      return <TimeField {...own} as={shape.is} />
    case 'duration':
      return <DurationField {...own} />
    case 'number':
      return <NumberField {...own} />
    case 'numbers':
      return <NumbersField {...own} />
    case 'yes-no':
      return <YesNoField place={place} />
    case 'pick':
      return <PickField {...own} options={shape.options} />
    case 'picks':
      return <PicksField {...own} options={shape.options} />
    case 'phone':
      return <PhoneField {...own} />
    case 'reference':
      return <ReferenceField {...own} kinds={shape.kinds} />
    case 'references':
      return <ReferencesField {...own} kinds={shape.kinds} />
    case 'identifier':
      if (last === 'system') return <SystemField {...own} />
      return <PositionField {...own} />
    case 'identifiers':
      if (last === 'systems') return <SystemsField {...own} />
      return last === 'calls' ? <CallsField {...own} /> : <DepartmentsField {...own} />
    case 'list':
      return <ListField {...own} fields={shape.fields} />
    case 'group':
      if (kind === 'routine' && fieldName(place) === 'phases') return <PhasesField />
      return <GroupField {...own} fields={shape.fields} />
  }
})

/** Lists of lines that look like something of their own in the reader. */
const lineLooks: Readonly<Record<string, string>> = {
  do: 'do-lines',
  dont: 'do-lines',
  may: 'do-lines',
  mayNot: 'do-lines',
  control: 'count-lines',
}

/** Whether nothing stands in a field: it is then offered, not shown. */
export function isNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === '' ||
    value === false ||
    (Array.isArray(value) && value.length === 0) ||
    (isPlainObject(value) && Object.keys(value).length === 0)
  )
}
