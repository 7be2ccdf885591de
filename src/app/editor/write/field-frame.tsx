import { useId, useState, type ReactNode } from 'react'
import { Icon } from '#app/ui/icon.tsx'
import { FindingLines } from './finding-lines.tsx'
import type { Place } from './place.ts'
import { SecrecyMark } from './secrecy-mark.tsx'
import { useFieldNames, useWriteText } from './use-write-text.ts'
import { useWriting } from './write-context.ts'

/** What a control is told by its frame: its name, and what describes it. */
export interface FrameParts {
  id: string
  labelId: string
  describedBy: string | undefined
  isFaulty: boolean
}

/**
 * A field's name, what a good answer looks like, and what is to be seen to in it, around the control.
 * `isGroup`: several controls, of which none is the field's own.
 */
export function FieldFrame(props: {
  place: Place
  /** Its heading stands above: the name is for those who do not see it. */
  isNamed?: boolean
  isGroup?: boolean
  children: (parts: FrameParts) => ReactNode
}) {
  const { kind, findings } = useWriting()
  const { label } = useFieldNames()
  const id = useId()
  const { place, isNamed = false } = props
  const found = findings.at(place)
  const name = label(kind, place)
  const Name = props.isGroup === true ? 'span' : 'label'
  return (
    <div className={`write-field${found.length > 0 ? ' has-finding' : ''}`} data-field={place}>
      <div className={isNamed ? 'write-name is-above' : 'write-name'}>
        <Name
          id={`${id}-name`}
          className={isNamed ? 'visually-hidden' : 'write-label'}
          {...(props.isGroup === true ? {} : { htmlFor: id })}
        >
          {name}
        </Name>
        <Help place={place} name={name} />
      </div>
      {props.children({
        id,
        labelId: `${id}-name`,
        describedBy: found.length > 0 ? `${id}-found` : undefined,
        isFaulty: found.some(({ severity }) => severity === 'blocks'),
      })}
      <SecrecyMark place={place} />
      <FindingLines id={`${id}-found`} findings={found} />
    </div>
  )
}

/** What a good answer looks like, when somebody asks. */
function Help({ place, name }: { place: Place; name: string }) {
  const t = useWriteText()
  const { kind } = useWriting()
  const text = useFieldNames().help(kind, place)
  if (text === undefined) return null
  return <HelpButton name={name} text={text} title={t('field.help')} />
}

/** A small button that opens a sentence or two. */
export function HelpButton(props: { name: string; text: string; title: string }) {
  const t = useWriteText()
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className="write-help"
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={t('field.helpOf', { field: props.name })}
        title={props.title}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="question" />
      </button>
      <p className="write-help-text" id={id} role="status" hidden={!isOpen}>
        {isOpen ? props.text : ''}
      </p>
    </>
  )
}
