import { useState } from 'react'
import type { Draft } from '#device/drafts.ts'
import type { PlanBDocument } from '#domain/schema/document.ts'
import {
  mergeDrafts,
  type DocumentConflict,
  type FieldConflict,
  type Settled,
} from '#release/merge.ts'
import { Notice } from '#app/ui/notice.tsx'
import { fieldTrail } from './field-trail.ts'
import { fieldWord, trailWords } from './field-words.ts'
import { settleDraft } from './settle-draft.ts'
import { useManageText } from './use-manage-text.ts'
import { useSpeech } from './use-speech.ts'
import { valueLines } from './value-text.ts'

/** What two people wrote in the same place, side by side, to choose between. Nothing is lost until then. */
export function ConflictChoices(props: {
  published: readonly PlanBDocument[]
  place: { gen: number; v: number }
  drafts: readonly Draft[]
  /** The drafts as they were settled: undefined is one that is given up for the other's. */
  onSettled: (
    settled: { name: string; draft: Omit<Draft, 'rev' | 'changedAt'> | undefined }[],
  ) => void
}) {
  const t = useManageText()
  const { published, drafts } = props
  const [choices, setChoices] = useState<Readonly<Record<string, Settled>>>({})
  const { conflicts, documents } = mergeDrafts(published, drafts)
  const bodyOf = (name: string) =>
    documents.find((one) => `${one.department}/${one.kind}/${one.id}` === name)?.body
  const wanted = conflicts.flatMap(keysOf)
  const left = wanted.filter((key) => choices[key] === undefined).length
  const choose = (key: string, settled: Settled) => setChoices({ ...choices, [key]: settled })
  return (
    <section className="section stack">
      <h2>{t('conflict.title')}</h2>
      <p>{t('conflict.lead')}</p>
      {conflicts.map((conflict) => (
        <div className="card" key={conflict.name}>
          <h3 className="conflict-title" lang="sv">
            {titleOf(bodyOf(conflict.name)) ?? conflict.name}
          </h3>
          {conflict.whole !== undefined ? (
            <WholeConflict
              conflict={conflict}
              whole={conflict.whole}
              chosen={choices[conflict.name]}
              onChoose={(settled) => choose(conflict.name, settled)}
            />
          ) : (
            conflict.fields.map((field) => (
              <FieldChoice
                key={keyOf(conflict.name, field)}
                name={keyOf(conflict.name, field)}
                field={field}
                body={bodyOf(conflict.name)}
                chosen={choices[keyOf(conflict.name, field)]}
                onChoose={(settled) => choose(keyOf(conflict.name, field), settled)}
              />
            ))
          )}
        </div>
      ))}
      {left > 0 && <p role="status">{t('conflict.left', { count: left })}</p>}
      <button
        type="button"
        className="button is-main is-wide"
        disabled={left > 0}
        onClick={() =>
          props.onSettled(
            drafts.map((draft) => ({
              name: draft.name,
              draft: settleDraft(draft, {
                published,
                place: props.place,
                merged: bodyOf(draft.name),
                conflict: conflicts.find(({ name }) => name === draft.name),
                choiceOf: (field) => choices[keyOf(draft.name, field)] ?? 'mine',
                whole: choices[draft.name] ?? 'mine',
              }),
            })),
          )
        }
      >
        {t('conflict.done')}
      </button>
    </section>
  )
}

function FieldChoice(props: {
  name: string
  field: FieldConflict
  body: unknown
  chosen: Settled | undefined
  onChoose: (settled: Settled) => void
}) {
  const t = useManageText()
  const speech = useSpeech()
  const { path, base, mine, theirs } = props.field
  const last = path.findLast((part) => typeof part === 'string') ?? ''
  const where = trailWords(fieldTrail(props.body, path), t) || fieldWord(String(last), t)
  const lines = (value: unknown) => {
    const found = valueLines(value, String(last), speech)
    return found.length === 0 ? [t('change.nothing')] : found
  }
  const isNumber = ['number', 'second', 'emergency'].includes(String(last))
  return (
    <fieldset className={`change choice-field${isNumber ? ' is-number' : ''}`}>
      <legend className="change-trail" lang="sv">
        {where}
      </legend>
      <div className="sides is-two is-three">
        <Side title={t('conflict.base')} lines={lines(base)} />
        <Side
          title={t('conflict.mine')}
          lines={lines(mine)}
          pick={t('conflict.pickMine')}
          name={props.name}
          isChosen={props.chosen === 'mine'}
          onPick={() => props.onChoose('mine')}
        />
        <Side
          title={t('conflict.theirs')}
          lines={lines(theirs)}
          pick={t('conflict.pickTheirs')}
          name={props.name}
          isChosen={props.chosen === 'theirs'}
          onPick={() => props.onChoose('theirs')}
        />
      </div>
    </fieldset>
  )
}

function Side(props: {
  title: string
  lines: readonly string[]
  pick?: string
  name?: string
  isChosen?: boolean
  onPick?: () => void
}) {
  return (
    <div className="side">
      <span className="side-name">{props.title}</span>
      <p className="side-value" lang="sv">
        {props.lines.join('\n')}
      </p>
      {props.pick !== undefined && (
        <label className="side-pick">
          <input
            type="radio"
            name={props.name}
            checked={props.isChosen === true}
            onChange={() => props.onPick?.()}
          />
          {props.pick}
        </label>
      )}
    </div>
  )
}

const wholeTexts = {
  'removed-there': ['removedThere', 'wholeMineKeep', 'wholeTheirsRemove'],
  'removed-here': ['removedHere', 'wholeMineRemove', 'wholeTheirsKeep'],
  'added-twice': ['addedTwice', 'pickMine', 'pickTheirs'],
} as const

function WholeConflict(props: {
  conflict: DocumentConflict
  whole: NonNullable<DocumentConflict['whole']>
  chosen: Settled | undefined
  onChoose: (settled: Settled) => void
}) {
  const t = useManageText()
  const [said, mine, theirs] = wholeTexts[props.whole]
  const pick = (settled: Settled, text: typeof mine | typeof theirs) => (
    <label className="side-pick">
      <input
        type="radio"
        name={props.conflict.name}
        checked={props.chosen === settled}
        onChange={() => props.onChoose(settled)}
      />
      {t(`conflict.${text}`)}
    </label>
  )
  return (
    <fieldset className="change choice-field">
      <legend>{t(`conflict.${said}`)}</legend>
      {pick('mine', mine)}
      {pick('theirs', theirs)}
    </fieldset>
  )
}

/** Said while the other's version is not here yet. */
export function ConflictWaiting() {
  const t = useManageText()
  return <Notice kind="info" icon="clock" title={t('conflict.fetching')} announce />
}

function keysOf(conflict: DocumentConflict): string[] {
  if (conflict.whole !== undefined) return [conflict.name]
  return conflict.fields.map((field) => keyOf(conflict.name, field))
}

function keyOf(name: string, { path }: FieldConflict): string {
  return `${name} ${path.join('.')}`
}

function titleOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('title' in body)) return undefined
  return typeof body.title === 'string' ? body.title : undefined
}
