import { useState } from 'react'
import { Icon } from '#app/ui/icon.tsx'
import { differences, isNumberChange, type Difference } from './differences.ts'
import { trailWords } from './field-words.ts'
import { markWords, type MarkedPart } from './mark-words.ts'
import { useManageText } from './use-manage-text.ts'
import { useSpeech } from './use-speech.ts'
import { valueLines } from './value-text.ts'

/** So many changes of a document are shown at once. */
const firstShown = 12

/** What differs between two bodies of a document, one after another, before and after beside each other. */
export function DifferenceList(props: { before: unknown; after: unknown }) {
  const t = useManageText()
  const [isAll, setAll] = useState(false)
  const found = differences(props.before, props.after)
  // Numbers first: they are what must be looked at if nothing else is.
  const sorted = [...found.filter(isNumberChange), ...found.filter((one) => !isNumberChange(one))]
  const shown = isAll ? sorted : sorted.slice(0, firstShown)
  const left = sorted.length - shown.length
  return (
    <>
      <ul className="changes">
        {shown.map((difference, index) => (
          <li key={index} className={`change${isNumberChange(difference) ? ' is-number' : ''}`}>
            <DifferenceView difference={difference} />
          </li>
        ))}
      </ul>
      {left > 0 && (
        <button type="button" className="button is-wide" onClick={() => setAll(true)}>
          {t('change.more', { count: left })}
        </button>
      )}
    </>
  )
}

export function DifferenceView({ difference }: { difference: Difference }) {
  const t = useManageText()
  const speech = useSpeech()
  const { trail, field, change, before, after } = difference
  const isNumber = isNumberChange(difference)
  const last = trail.at(-1)
  return (
    <>
      {isNumber && (
        <p className="change-mark">
          <Icon name="phone" />
          {t(
            change === 'added'
              ? 'change.numberAdded'
              : change === 'removed'
                ? 'change.numberRemoved'
                : 'change.number',
          )}
        </p>
      )}
      <p className="change-trail" lang="sv">
        {trailWords(trail, t)}
      </p>
      {change === 'moved' ? (
        <>
          {after !== undefined && (
            <p lang="sv">{valueLines(after, field, speech).slice(0, 3).join(' · ')}</p>
          )}
          <p>
            <b>{t('change.moved')}.</b>{' '}
            {last !== undefined && 'number' in last
              ? t('change.movedTo', { number: last.number })
              : t('change.reordered')}
          </p>
        </>
      ) : (
        <Sides
          before={valueLines(before, field, speech)}
          after={valueLines(after, field, speech)}
          change={change}
        />
      )}
    </>
  )
}

function Sides(props: {
  before: readonly string[]
  after: readonly string[]
  change: 'added' | 'removed' | 'changed'
}) {
  const t = useManageText()
  const { change } = props
  const marked = markWords(props.before.join('\n'), props.after.join('\n'))
  return (
    <div className={`sides${change === 'changed' ? ' is-two' : ''}`}>
      {change !== 'added' && (
        <div className="side">
          <span className="side-name">
            {t(change === 'removed' ? 'change.removed' : 'change.before')}
          </span>
          <MarkedText parts={marked.before} as="del" />
        </div>
      )}
      {change !== 'removed' && (
        <div className="side is-after">
          <span className="side-name">
            {t(change === 'added' ? 'change.added' : 'change.after')}
          </span>
          <MarkedText parts={marked.after} as="ins" />
        </div>
      )}
    </div>
  )
}

/** A text with what differs marked; in lines where it has several. */
function MarkedText({ parts, as: Mark }: { parts: readonly MarkedPart[]; as: 'del' | 'ins' }) {
  return (
    <p className="side-value" lang="sv">
      {parts.map((part, index) =>
        part.isChanged ? (
          <Mark key={index}>{part.text}</Mark>
        ) : (
          <span key={index}>{part.text}</span>
        ),
      )}
    </p>
  )
}
