import { useEffect, useId, useState } from 'react'
import { commonDepartment } from '#domain/schema/document.ts'
import { encodeEnrolment, enrolmentWords } from '#trust/enrolment.ts'
import { Fold } from '#app/ui/fold.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { CopyText } from './copy-text.tsx'
import { DepartmentChoices } from './department-choices.tsx'
import { useEditor } from './editor-parts.ts'
import { keepDraft, readDraft, type EnrolDraft } from './enrol-draft.ts'
import { TypedLines } from './invite-sheet.tsx'
import { PaperCode } from './paper-code.tsx'
import { useTypedLines } from './paper-typed.ts'
import { useLoaded } from './use-loaded.ts'
import { useRoles } from './use-roles.ts'
import { useText } from './use-text.ts'
import { WordsBox } from './words-box.tsx'

/** How often the phone looks whether the coordinator has answered, in milliseconds. */
const lookEvery = 6_000

/** A manager asks for the right to publish: shows a code and eight words, and waits for the answer. */
export function EnrolScreen() {
  const t = useText()
  const { organisation } = useEditor()
  const { isCoordinator } = useRoles()
  const [draft, setDraft] = useState(() =>
    organisation === undefined ? undefined : readDraft(organisation.id),
  )
  const keep = (next: EnrolDraft | undefined) => {
    if (organisation !== undefined) keepDraft(organisation.id, next)
    setDraft(next)
  }
  return (
    <Page
      name={t('enrol.title')}
      title={t('enrol.title')}
      lead={t('enrol.lead')}
      back={{ href: '#/edit', text: t('home.title') }}
    >
      {isCoordinator ? (
        <Notice kind="info" title={t('enrol.coordinator')} />
      ) : organisation === undefined ? (
        <Notice kind="info" title={t('enrol.joinFirst')}>
          <p>{t('enrol.joinFirstText')}</p>
        </Notice>
      ) : draft === undefined ? (
        <AskForm onAsk={keep} />
      ) : (
        <Asking draft={draft} onChange={() => keep(undefined)} />
      )}
    </Page>
  )
}

function AskForm({ onAsk }: { onAsk: (draft: EnrolDraft) => void }) {
  const t = useText()
  const { state, organisation } = useEditor()
  const held = useRoles().departments
  const field = useId()
  const own = state.device.departments.filter(
    (each) => each.organisation === organisation?.id && each.department !== commonDepartment,
  )
  const [role, setRole] = useState('')
  const [chosen, setChosen] = useState(() =>
    own.map(({ department }) => department).filter((each) => !held.includes(each)),
  )
  return (
    <form
      className="narrow stack"
      onSubmit={(event) => {
        event.preventDefault()
        onAsk({ role: role.trim(), departments: chosen, had: held })
      }}
    >
      <div className="field">
        <label htmlFor={field}>{t('enrol.role')}</label>
        <input
          id={field}
          className="input"
          name="role"
          maxLength={80}
          autoComplete="organization-title"
          aria-describedby={`${field}-help`}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value)}
        />
        <p className="meta" id={`${field}-help`}>
          {t('enrol.roleHelp')}
        </p>
      </div>
      <DepartmentChoices
        legend={t('enrol.departments')}
        departments={own.map(({ department, title }) => ({ id: department, title }))}
        chosen={chosen}
        onChange={setChosen}
      />
      <button
        type="submit"
        className="button is-main is-wide"
        disabled={role.trim() === '' || chosen.length === 0}
      >
        {t('enrol.show')}
      </button>
    </form>
  )
}

function Asking({ draft, onChange }: { draft: EnrolDraft; onChange: () => void }) {
  const t = useText()
  const { state, organisation, base, sync } = useEditor()
  const asked = useLoaded(async ({ device }) => {
    if (organisation === undefined) return undefined
    const { device: identity, root } = await device.authority(organisation.id)
    const request = {
      organisation: organisation.id,
      signing: identity.signing,
      agreement: identity.agreement,
      role: draft.role,
      departments: draft.departments,
    }
    return { root, payload: encodeEnrolment(request), words: await enrolmentWords(request) }
  })
  const payload = asked.value?.payload
  const typed = useTypedLines(payload)
  const held = useRoles().departments
  const fresh = held.filter((each) => !draft.had.includes(each))
  const isGranted = fresh.length > 0 || draft.departments.every((each) => held.includes(each))
  useEffect(() => {
    if (isGranted) {
      if (organisation !== undefined) keepDraft(organisation.id, undefined)
      return
    }
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void sync.syncNow('asked')
    }, lookEvery)
    return () => clearInterval(timer)
  }, [isGranted, organisation, sync])
  const titlesOf = (ids: readonly string[]) =>
    ids
      .map(
        (id) =>
          asked.value?.root.departments[id]?.title ??
          state.device.departments.find((each) => each.department === id)?.title ??
          id,
      )
      .join(', ')
  if (isGranted)
    return (
      <div className="narrow stack">
        <Notice
          kind="good"
          title={
            fresh.length > 0
              ? t('enrol.done', { titles: titlesOf(fresh) })
              : t('enrol.already', { titles: titlesOf(draft.departments) })
          }
          announce
        >
          <p>{t('enrol.doneText')}</p>
        </Notice>
        <a className="button is-main is-wide" href="#/edit">
          {t('enrol.doneLink')}
        </a>
      </div>
    )
  if (asked.isRead && asked.value === undefined)
    return (
      <Notice kind="warning" title={t('enrol.noRoot')} announce>
        <p>{t('enrol.noRootText')}</p>
      </Notice>
    )
  return (
    <div className="wide">
      <div className="stack">
        <section className="card is-padded stack">
          <h2>{t('enrol.showCode')}</h2>
          {payload !== undefined && (
            <PaperCode text={`${base}#/edit/approve/${payload}`} label={t('enrol.codeLabel')} />
          )}
          <p className="meta">
            <span lang="sv">{draft.role}</span> ·{' '}
            <span lang="sv">{titlesOf(draft.departments)}</span>
          </p>
          <button type="button" className="button is-quiet" onClick={onChange}>
            {t('enrol.change')}
          </button>
        </section>
        <div className="card">
          <Fold name="send" title={t('enrol.send')} level={2}>
            {payload !== undefined && (
              <CopyText
                text={`${base}#/edit/approve/${payload}`}
                label={t('enrol.link')}
                title={t('enrol.title')}
              />
            )}
          </Fold>
          <Fold name="typed" title={t('enrol.typed')} level={2}>
            <p className="meta">{t('enrol.typedHelp')}</p>
            <TypedLines lines={typed} />
          </Fold>
        </div>
      </div>
      <div className="aside stack">
        <section className="card is-padded stack">
          <h2>{t('enrol.read')}</h2>
          <p>{t('enrol.readText')}</p>
          {asked.value !== undefined && (
            <WordsBox words={asked.value.words} label={t('words.label')} />
          )}
        </section>
        <Notice kind="plain" icon="clock" title={t('enrol.waiting')} announce>
          <p>{t('enrol.waitingText')}</p>
        </Notice>
      </div>
    </div>
  )
}
