import { useId } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import type { DocumentOf } from '#domain/schema/document.ts'
import type { PhoneTree, Position } from '#domain/schema/phone-tree.ts'
import { describeTree, type TreeDescription } from '#domain/phone-tree/describe-tree.ts'
import { Icon } from '#app/ui/icon.tsx'
import { Fact, Facts } from './facts.tsx'
import { OwnCalls, YouAre } from './own-calls.tsx'
import { PositionNumbers } from './position-numbers.tsx'
import { Day } from './when.tsx'
import { Lines, ProseWords, Words } from './words.tsx'

/**
 * A phone tree to read and to call from. `me` is the position chosen for tonight; the choice is made
 * anew each time, since phones are shared by a shift.
 */
export function PhoneTreeView(props: {
  document: DocumentOf<'phone-tree'>
  me: string | undefined
  onChooseMe: (position: string | undefined) => void
}) {
  const { t } = useTranslation()
  const tree = props.document.body
  const description = describeTree(tree)
  const me = tree.positions.find((position) => position.id === props.me)
  return (
    <div className="wide">
      <div className="stack">
        <WhoAreYou tree={tree} me={me} onChoose={props.onChooseMe} />
        {me !== undefined && <YouAre tree={tree} description={description} me={me} />}
        <Script tree={tree} />
        {me !== undefined && <OwnCalls tree={tree} me={me} />}
        <DrillScript tree={tree} />
      </div>
      <section className="section whole">
        <h2>{t('tree.whole')}</h2>
        <TreeNumbers description={description} />
        <WholeTree tree={tree} description={description} me={me?.id} />
      </section>
      <div className="aside">
        <section className="section">
          <div className="card">
            <Facts>
              <Fact name={t('tree.purpose')}>
                <ProseWords of={tree} field="purpose" />
                {tree.hours !== undefined && (
                  <p className="meta">
                    <Words of={tree} field="hours" />
                  </p>
                )}
              </Fact>
              <Fact name={t('tree.mayStart')}>
                <Lines of={tree} field="mayStart" className="stack-small" />
              </Fact>
              <Fact name={t('tree.checked')}>
                {tree.checked === undefined ? (
                  t('tree.neverChecked')
                ) : (
                  <>
                    <Day on={tree.checked.on} />, <Words of={tree.checked} field="role" />
                  </>
                )}
              </Fact>
              {tree.drills.length > 0 && (
                <Fact name={t('tree.drills')}>
                  <ul className="stack-small">
                    {tree.drills.map((drill, index) => (
                      <li key={index}>
                        <Day on={drill.on} />
                        {drill.minutes !== undefined &&
                          `, ${t('time.min', { count: drill.minutes })}`}
                        {drill.result !== undefined && (
                          <>
                            : <Words of={drill} field="result" />
                          </>
                        )}
                      </li>
                    ))}
                  </ul>
                </Fact>
              )}
            </Facts>
          </div>
        </section>
      </div>
    </div>
  )
}

/** `12 personer · 3 led · ca 9 minuter` */
export function TreeNumbers({ description }: { description: TreeDescription }) {
  const { t } = useTranslation()
  return (
    <p className="tree-numbers">
      {t('tree.persons', { count: description.persons })} ·{' '}
      {t('tree.levels', { count: description.steps })} ·{' '}
      {t('tree.minutes', { count: Math.round(description.minutes) })}
    </p>
  )
}

function WhoAreYou(props: {
  tree: PhoneTree
  me: Position | undefined
  onChoose: (position: string | undefined) => void
}) {
  const { t } = useTranslation()
  const id = useId()
  const units = [...new Set(props.tree.positions.map((position) => position.unit))]
  return (
    <div className="field who" data-needs-script="">
      <label htmlFor={id}>{t('tree.who')}</label>
      <select
        id={id}
        className="input"
        value={props.me?.id ?? ''}
        onChange={(event) => props.onChoose(event.currentTarget.value || undefined)}
      >
        <option value="">{t('tree.whoNone')}</option>
        {units.map((unit) => {
          const options = props.tree.positions
            .filter((position) => position.unit === unit)
            .map((position) => (
              <option key={position.id} value={position.id} lang="sv">
                {position.title}
              </option>
            ))
          return unit === undefined ? (
            options
          ) : (
            <optgroup key={unit} label={unit} lang="sv">
              {options}
            </optgroup>
          )
        })}
      </select>
      {props.me === undefined && <p className="meta">{t('tree.whoHelp')}</p>}
    </div>
  )
}

function Script({ tree }: { tree: PhoneTree }) {
  const { t } = useTranslation()
  return (
    <section className="say">
      <h2>{t('tree.say')}</h2>
      <ProseWords of={tree} field="script" />
      <p className="say-note">{t('tree.readBack')}</p>
      {tree.voluntary && <p className="say-note">{t('tree.voluntary')}</p>}
    </section>
  )
}

function DrillScript({ tree }: { tree: PhoneTree }) {
  const { t } = useTranslation()
  if (tree.drillScript === undefined) return null
  return (
    <section className="say is-drill">
      <h2>{t('tree.sayDrill')}</h2>
      <ProseWords of={tree} field="drillScript" />
    </section>
  )
}

function WholeTree(props: {
  tree: PhoneTree
  description: TreeDescription
  me: string | undefined
}) {
  const { t } = useTranslation()
  const { levels, callerById } = props.description
  const start = levels[0]?.[0]
  if (start === undefined)
    return (
      <>
        <p>{t('tree.cannotDraw')}</p>
        <ul className="tree">
          {props.tree.positions.map((position) => (
            <li key={position.id}>
              <Node position={position} isMe={false} />
            </li>
          ))}
        </ul>
      </>
    )
  // Grouped once: asking every level for every position would be quadratic in a large tree.
  const calledBy = new Map<string, Position[]>()
  for (const position of levels.flat()) {
    const caller = callerById.get(position.id)
    if (caller !== undefined) calledBy.set(caller, [...(calledBy.get(caller) ?? []), position])
  }
  const branch = (position: Position) => {
    const calls = calledBy.get(position.id) ?? []
    return (
      <li key={position.id}>
        <Node position={position} isMe={position.id === props.me} />
        {calls.length > 0 && (
          <ol aria-label={`${position.title} ${t('tree.calls')}`}>{calls.map(branch)}</ol>
        )}
      </li>
    )
  }
  return <ol className="tree">{branch(start)}</ol>
}

function Node({ position, isMe }: { position: Position; isMe: boolean }) {
  return (
    <div className={`node${isMe ? ' is-me' : ''}`}>
      <p className="node-title">
        {isMe && <Icon name="check" />}
        <Words of={position} field="title" />
        {position.name !== undefined && <span className="meta"> {position.name}</span>}
      </p>
      <PositionNumbers position={position} look="line" />
    </div>
  )
}
