import { useId, useMemo, useState } from 'react'
import type { Draft } from '#device/drafts.ts'
import { Fold } from '#app/ui/fold.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { useEditor } from '../editor-parts.ts'
import { errorText } from '../error-text.ts'
import { useText } from '../use-text.ts'
import { codeOf } from '../use-work.ts'
import { useKeepDraft } from './keep-draft.ts'
import { LinesField } from './lines-field.tsx'
import { systemsByUse, tidySituation, type SituationBody } from './situation-body.ts'
import { SituationSystems } from './situation-systems.tsx'
import { inHours, NextField, SinceField, type NextKind } from './situation-times.tsx'
import { situationTitle } from './situation-title.ts'
import { useManageText } from './use-manage-text.ts'
import { useOrganisationIndex } from './use-organisation-index.ts'

type Problem = 'needTitle' | 'needRole' | 'badTime' | 'newsBefore'

/** The situation as it is written: everything on one page, the one button at its end. */
export function SituationForm(props: {
  name: string
  base: Draft['base']
  initial: SituationBody
  isUpdate: boolean
  /** Sends it, once it lies on the phone. */
  onPublish: (body: SituationBody) => Promise<void>
}) {
  const t = useManageText()
  const tEditor = useText()
  const editor = useEditor()
  const swedish = useMemo(() => editor.i18n.getFixedT('sv', 'manage'), [editor.i18n])
  const index = useOrganisationIndex()
  const [systems] = useState(() => systemsByUse(index))
  const [body, setBody] = useState(props.initial)
  const [hasOwnTitle, setOwnTitle] = useState(
    props.initial.title !== '' && props.initial.title !== situationTitle(props.initial, swedish),
  )
  const [isSinceNow, setSinceNow] = useState(!props.isUpdate)
  const [next, setNext] = useState<NextKind>(() => nextKindOf(props.initial, editor.now()))
  const [problem, setProblem] = useState<Problem>()
  const [failed, setFailed] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const draft = useKeepDraft()
  const id = useId()
  const title = hasOwnTitle ? body.title : situationTitle(body, swedish)

  const change = (next: SituationBody) => {
    setBody(next)
    setProblem(undefined)
    const named = hasOwnTitle ? next : { ...next, title: situationTitle(next, swedish) }
    draft.keep({ name: props.name, ...(props.base && { base: props.base }), body: named })
  }
  const publish = async () => {
    const now = editor.now()
    const { nextNews: _old, ...rest } = tidySituation({ ...body, title })
    const nextNews =
      next === 'none' ? undefined : next === 'other' ? (body.nextNews ?? '') : inHours(now, next === 'hour' ? 1 : 2) // prettier-ignore
    const ready: SituationBody = {
      ...rest,
      since: isSinceNow ? now.toISOString() : body.since,
      ...(nextNews !== undefined && { nextNews }),
    }
    const found = problemOf(ready, now)
    setProblem(found)
    if (found !== undefined || isBusy) return
    setBusy(true)
    draft.drop()
    try {
      await props.onPublish(ready)
    } catch (error) {
      setFailed(codeOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className="wide"
      onSubmit={(event) => {
        event.preventDefault()
        void publish()
      }}
    >
      <div className="stack situation-form">
        <SituationSystems body={body} systems={systems} onChange={change} />
        <LinesField
          label={t('situation.may')}
          lines={body.may}
          suggestions={swedish('situation.maySuggestions').split('|')}
          onChange={(may) => change({ ...body, may })}
        />
        <LinesField
          label={t('situation.mayNot')}
          lines={body.mayNot}
          suggestions={swedish('situation.mayNotSuggestions').split('|')}
          onChange={(mayNot) => change({ ...body, mayNot })}
        />
      </div>
      <div className="aside stack">
        <div className="field">
          <label htmlFor={`${id}-title`}>{t('situation.name')}</label>
          <input
            id={`${id}-title`}
            className="input"
            lang="sv"
            maxLength={200}
            value={title}
            aria-describedby={`${id}-title-help`}
            onChange={(event) => {
              setOwnTitle(true)
              const typed = { ...body, title: event.currentTarget.value }
              setBody(typed)
              setProblem(undefined)
              draft.keep({ name: props.name, ...(props.base && { base: props.base }), body: typed })
            }}
          />
          <p className="meta" id={`${id}-title-help`}>
            {t('situation.nameHelp')}
          </p>
        </div>
        <NextField
          kind={next}
          time={body.nextNews}
          onChange={(kind, time) => {
            setNext(kind)
            change({ ...body, ...(time !== undefined && { nextNews: time }) })
          }}
        />
        <SinceField
          since={body.since}
          isUpdate={props.isUpdate}
          onChange={(since) => {
            setSinceNow(since === undefined)
            if (since !== undefined) change({ ...body, since })
          }}
        />
        <div className="card">
          <label className="check-row">
            <input
              type="checkbox"
              checked={body.drill}
              onChange={(event) => change({ ...body, drill: event.currentTarget.checked })}
            />
            <span>
              {t('situation.drill')} <span className="meta">{t('situation.drillText')}</span>
            </span>
          </label>
        </div>
        <div className="card">
          <Fold name="situation-more" title={t('situation.summary')} level={2}>
            <div className="field">
              <label htmlFor={`${id}-summary`} className="meta">
                {t('situation.summaryHelp')}
              </label>
              <textarea
                id={`${id}-summary`}
                className="input"
                lang="sv"
                maxLength={4000}
                value={body.summary ?? ''}
                onChange={(event) => change({ ...body, summary: event.currentTarget.value })}
              />
            </div>
          </Fold>
        </div>
        <div className="field">
          <label htmlFor={`${id}-by`}>{t('situation.by')}</label>
          <input
            id={`${id}-by`}
            className="input"
            lang="sv"
            maxLength={120}
            value={body.signedBy}
            aria-describedby={`${id}-by-help`}
            onChange={(event) => change({ ...body, signedBy: event.currentTarget.value })}
          />
          <p className="meta" id={`${id}-by-help`}>
            {t('situation.byHelp')}
          </p>
        </div>
        {problem !== undefined && (
          <Notice kind="warning" title={t(`situation.${problem}`)} announce />
        )}
        {(failed !== undefined || !draft.isKept) && (
          <Notice kind="stop" title={errorText(tEditor, failed ?? 'full')} announce />
        )}
        <button type="submit" className="button is-main is-wide" disabled={isBusy}>
          {t(props.isUpdate ? 'situation.publishUpdate' : 'situation.publish')}
        </button>
      </div>
    </form>
  )
}

function problemOf(body: SituationBody, now: Date): Problem | undefined {
  if (body.title === '') return 'needTitle'
  if (body.signedBy === '') return 'needRole'
  if (Number.isNaN(Date.parse(body.since))) return 'badTime'
  if (body.nextNews === undefined) return undefined
  if (Number.isNaN(Date.parse(body.nextNews))) return 'badTime'
  return Date.parse(body.nextNews) < now.getTime() ? 'newsBefore' : undefined
}

/** What was promised stands until its time has passed; then it is an hour, as for a new one. */
function nextKindOf({ nextNews }: SituationBody, now: Date): NextKind {
  return nextNews !== undefined && Date.parse(nextNews) > now.getTime() ? 'other' : 'hour'
}
