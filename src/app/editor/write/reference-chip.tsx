import { Icon, type IconName } from '#app/ui/icon.tsx'
import { nameOf } from './names.ts'
import type { Place } from './place.ts'
import { useWriteText } from './use-write-text.ts'
import { useWriting } from './write-context.ts'

/** What is referred to, as the reader shows it, with a way to take it out. */
export function ReferenceChip(props: { place: Place; reference: string; onRemove: () => void }) {
  const t = useWriteText()
  const { index, isLocked, findings } = useWriting()
  const found = nameOf(index, props.reference)
  const kind = props.reference.split('/')[1] ?? ''
  const title = found?.title ?? t('field.notKnown', { name: props.reference })
  const isFaulty = found === undefined || findings.at(props.place).length > 0
  return (
    <span className={`write-chip is-${kind}${isFaulty ? ' is-faulty' : ''}`}>
      <Icon name={isFaulty ? 'warning' : iconOf(kind)} />
      <span lang="sv">
        {title}
        {found !== undefined && found.under !== '' && <small>{found.under}</small>}
      </span>
      {!isLocked && (
        <button
          type="button"
          className="write-chip-remove"
          data-place={props.place}
          aria-label={t('field.removeNamed', { name: title })}
          onClick={props.onRemove}
        >
          <Icon name="cross" />
        </button>
      )}
    </span>
  )
}

function iconOf(kind: string): IconName {
  if (kind === 'contact' || kind === 'phone-tree') return 'phone'
  return kind === 'form' ? 'paper' : kind === 'exercise' ? 'exercise' : 'routine'
}
