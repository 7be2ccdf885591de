import { memo, useState } from 'react'
import { Icon } from '#app/ui/icon.tsx'
import { FieldFrame } from './field-frame.tsx'
import { FindingLines } from './finding-lines.tsx'
import { GrowingText } from './growing-text.tsx'
import { useNotes } from './notes.ts'
import { within, type Place } from './place.ts'
import { lineRows, stepRows, type RowKind } from './row-kinds.ts'
import { SecrecyMark } from './secrecy-mark.tsx'
import { StepLinks } from './step-links.tsx'
import { useSetText } from './text-field.tsx'
import { Translations } from './translations.tsx'
import { useDrag } from './use-drag.ts'
import { useRows, type Rows } from './use-rows.ts'
import { useFieldNames, useWriteText } from './use-write-text.ts'
import { useListAt, useTextAt, useWriting } from './write-context.ts'

/** A list of lines: Enter makes the next one. */
export function LinesField(props: { place: Place; isNamed?: boolean; look?: string }) {
  return (
    <FieldFrame place={props.place} isNamed={props.isNamed} isGroup>
      {(frame) => (
        <RowsList place={props.place} kind={lineRows} labelId={frame.labelId} look={props.look} />
      )}
    </FieldFrame>
  )
}

/** Numbered steps, each with whom to call, which paper, where. */
export function StepsField(props: { place: Place; isNamed?: boolean }) {
  const { kind } = useWriting()
  const { label } = useFieldNames()
  const t = useWriteText()
  return (
    <div className="write-steps" data-field={props.place}>
      <RowsList place={props.place} kind={stepRows} label={label(kind, props.place)} />
      <p className="meta write-hint">{t('steps.hint')}</p>
    </div>
  )
}

/** From so many on, entries off the screen are not laid out. */
const longList = 60

function RowsList(props: {
  place: Place
  kind: RowKind
  labelId?: string
  label?: string
  look?: string | undefined
}) {
  const { place, kind } = props
  const t = useWriteText()
  const say = useNotes()
  const { isLocked } = useWriting()
  const list = useListAt(place)
  const rows = useRows(place, kind)
  const [active, setActive] = useState<number>()
  const {
    drag,
    list: element,
    handle,
  } = useDrag({
    onDrop: (from, to) => {
      rows.move(from, to)
      say({ text: t('field.dropped', { place: to + 1, count: list.length }) })
    },
  })
  const isStep = kind.name === 'step'
  return (
    <>
      <ol
        className={`write-rows ${isStep ? 'steps' : (props.look ?? 'write-lines')}${list.length > longList ? ' is-long' : ''}`}
        ref={element}
        aria-labelledby={props.labelId}
        aria-label={props.label}
      >
        {list.map((_, index) => (
          <Row
            key={index}
            place={place}
            index={index}
            count={list.length}
            kind={kind}
            rows={rows}
            isActive={active === index}
            onActive={setActive}
            handle={handle}
            mark={markOf(drag, index, list.length)}
          />
        ))}
      </ol>
      {!isLocked && (
        <button type="button" className="button is-quiet write-add" onClick={rows.add}>
          <Icon name="plus" />
          {t(isStep ? 'steps.add' : 'field.addLine')}
        </button>
      )}
    </>
  )
}

function markOf(drag: { from: number; before: number } | undefined, index: number, count: number) {
  if (drag === undefined) return ''
  if (drag.from === index) return ' is-dragged'
  if (drag.before === drag.from || drag.before === drag.from + 1) return ''
  if (drag.before === index) return ' drop-before'
  return drag.before === count && index === count - 1 ? ' drop-after' : ''
}

const Row = memo(function Row(props: {
  place: Place
  index: number
  count: number
  kind: RowKind
  rows: Rows
  isActive: boolean
  onActive: (index: number) => void
  handle: ReturnType<typeof useDrag>['handle']
  mark: string
}) {
  const { place, index, kind, rows, isActive } = props
  const t = useWriteText()
  const { kind: documentKind, findings, isLocked } = useWriting()
  const { label } = useFieldNames()
  const entry = within(place, index)
  const textPlace = kind.textPlace(entry)
  const text = useTextAt(textPlace)
  const set = useSetText(textPlace)
  const isStep = kind.name === 'step'
  const number = index + 1
  const name = isStep ? t('steps.step', { number }) : t('field.lineOf', { field: label(documentKind, place), number }) // prettier-ignore
  const found = [...findings.at(textPlace), ...(isStep ? findings.at(entry) : [])]
  const foundId = `found-${entry.replaceAll('/', '-')}`
  return (
    <li
      className={`write-row${isStep ? ' step' : ''}${isActive ? ' is-active' : ''}${props.mark}`}
      data-row={index}
    >
      <div className="write-row-line">
        <button
          type="button"
          className="write-handle"
          data-handle={entry}
          disabled={isLocked}
          aria-label={t('field.drag', { name })}
          {...props.handle(index)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
            event.preventDefault()
            rows.move(index, index + (event.key === 'ArrowUp' ? -1 : 1))
          }}
        >
          {isStep ? (
            <span className="step-number">{number}</span>
          ) : (
            <span className="write-grip" aria-hidden="true" />
          )}
        </button>
        <GrowingText
          place={textPlace}
          value={text}
          label={isStep ? t('steps.text', { number }) : name}
          describedBy={found.length > 0 ? foundId : undefined}
          isFaulty={found.some(({ severity }) => severity === 'blocks')}
          onText={set}
          onLeave={() => {
            if (text.trim() !== text) set(text.trim())
          }}
          onFocus={() => props.onActive(index)}
          onKeyDown={(event) => rows.onKeyDown(index, event)}
          onPaste={(event) => rows.onPaste(index, event)}
        />
      </div>
      <Translations place={textPlace} />
      <SecrecyMark place={textPlace} />
      <FindingLines id={foundId} findings={found} />
      {isStep && <StepLinks place={entry} isActive={isActive} />}
      {isActive && !isLocked && (
        <RowTools
          rows={rows}
          index={index}
          count={props.count}
          textPlace={textPlace}
          name={name}
          isStep={isStep}
        />
      )}
    </li>
  )
})

/** What can be done with the entry one writes in: everything that keys and dragging can. */
function RowTools(props: {
  rows: Rows
  index: number
  count: number
  textPlace: Place
  name: string
  isStep: boolean
}) {
  const t = useWriteText()
  const { rows, index } = props
  const split = () => {
    const field = document.querySelector<HTMLTextAreaElement>(`[data-place="${CSS.escape(props.textPlace)}"]`) // prettier-ignore
    if (field !== null) rows.split(index, field.selectionStart)
  }
  return (
    <div className="write-tools" role="group" aria-label={`${t('steps.tools')}: ${props.name}`}>
      <button
        type="button"
        className="write-tool"
        disabled={index === 0}
        aria-label={t('field.up')}
        title={t('field.up')}
        onClick={() => rows.move(index, index - 1)}
      >
        <Icon name="down" className="is-up" />
      </button>
      <button
        type="button"
        className="write-tool"
        disabled={index === props.count - 1}
        aria-label={t('field.down')}
        title={t('field.down')}
        onClick={() => rows.move(index, index + 1)}
      >
        <Icon name="down" />
      </button>
      {props.isStep && (
        <>
          <button type="button" className="write-tool" onClick={split}>
            {t('steps.split')}
          </button>
          {index > 0 && (
            <button type="button" className="write-tool" onClick={() => rows.mergeWithAbove(index)}>
              {t('steps.merge')}
            </button>
          )}
        </>
      )}
      <button
        type="button"
        className="write-tool"
        aria-label={t('field.removeNamed', { name: props.name })}
        onClick={() => rows.remove(index)}
      >
        <Icon name="cross" />
        {t('field.remove')}
      </button>
    </div>
  )
}
