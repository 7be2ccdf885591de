import { useTranslation } from '#app/ui/translation.tsx'
import type { Position } from '#domain/schema/phone-tree.ts'
import { formatPhoneNumber } from '#domain/phone-number.ts'
import { CallButton } from '#app/ui/call-button.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { dial } from './contact-call.tsx'
import { useDocuments } from './words.tsx'

/** The numbers of a position: its own, or those of the contact it names. */
export function usePositionNumbers(): (position: Position) => {
  number: string | undefined
  second: string | undefined
} {
  const { index } = useDocuments()
  return (position) => {
    const contact =
      position.contact === undefined ? undefined : index.contact(position.contact)?.contact
    return {
      number: position.number ?? contact?.number,
      second: position.second ?? contact?.second,
    }
  }
}

/** A position's numbers: as big buttons, or as a line in the drawing of the whole tree. */
export function PositionNumbers(props: { position: Position; look: 'buttons' | 'line' }) {
  const { t } = useTranslation()
  const { number, second } = usePositionNumbers()(props.position)
  if (number === undefined) return <p className="meta">{t('tree.noNumber')}</p>
  if (props.look === 'line')
    return (
      <p className="node-numbers">
        <NumberLink number={number} />
        {second !== undefined && <NumberLink number={second} note={t('tree.second')} />}
      </p>
    )
  return (
    <div className="person-calls">
      <CallButton href={dial(number)} number={formatPhoneNumber(number)} />
      {second !== undefined && (
        <CallButton
          href={dial(second)}
          number={formatPhoneNumber(second)}
          note={t('tree.second')}
          look="plain"
        />
      )}
    </div>
  )
}

function NumberLink(props: { number: string; note?: string }) {
  const text = (
    <>
      <Icon name="phone" />
      {props.note !== undefined && <span className="visually-hidden">{props.note} </span>}
      <span className="number">{formatPhoneNumber(props.number)}</span>
    </>
  )
  const href = dial(props.number)
  if (href === undefined) return <span>{text}</span>
  return <a href={href}>{text}</a>
}
