import { useEffect, useId, useState } from 'react'
import { commonDepartment } from '#domain/schema/document.ts'
import { approve } from '#sync/manage/approve.ts'
import { CodeWays } from '#app/ui/code-ways.tsx'
import { useGo } from '#app/ui/hash-location.ts'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { DepartmentChoices } from './department-choices.tsx'
import type { ScreenProps } from './editor.tsx'
import { useEditor } from './editor-parts.ts'
import { errorText } from './error-text.ts'
import { NeedsRole } from './needs-role.tsx'
import { openOffice } from './office.ts'
import { readRequest, type ReadRequest } from './read-request.ts'
import { useAuthority } from './use-authority.ts'
import { useText } from './use-text.ts'
import { useWork } from './use-work.ts'
import { WordsBox } from './words-box.tsx'
import { WorkNotice } from './work-notice.tsx'

/** The coordinator lets a manager publish: reads the request, compares words, signs. */
export function ApproveScreen({ parts: [payload = ''] }: ScreenProps) {
  const t = useText()
  return (
    <Page
      name={t('approve.title')}
      title={t('approve.title')}
      back={{ href: '#/edit/people', text: t('people.title') }}
    >
      <NeedsRole who="coordinator">
        {payload === '' ? <Give /> : <Opened key={payload} payload={payload} />}
      </NeedsRole>
    </Page>
  )
}

function Give() {
  const t = useText()
  const go = useGo()
  const use = async (text: string) => {
    const read = await readRequest(text)
    if ('code' in read) return read.code
    // Nothing in it is secret: it may stand in the address, and survives a reload there.
    go(`/edit/approve/${read.payload}`)
    return undefined
  }
  return (
    <div className="narrow stack">
      <p>{t('approve.lead')}</p>
      <CodeWays
        name="request"
        label={t('approve.paste')}
        help={t('approve.pasteHelp')}
        button={t('approve.use')}
        onText={use}
        errorText={(code) => errorText(t, code)}
      />
    </div>
  )
}

/** A request that came with the address. */
function Opened({ payload }: { payload: string }) {
  const t = useText()
  const { organisation } = useEditor()
  const [read, setRead] = useState<ReadRequest | { code: string }>()
  useEffect(() => {
    let isOver = false
    void readRequest(payload).then((found) => {
      if (!isOver) setRead(found)
    })
    return () => {
      isOver = true
    }
  }, [payload])
  if (read === undefined) return null
  const code =
    'code' in read
      ? read.code
      : read.request.organisation === organisation?.id
        ? undefined
        : 'other-organisation'
  if ('code' in read || code !== undefined)
    return (
      <div className="narrow stack">
        <Notice kind="warning" title={errorText(t, code ?? 'other')} announce />
        <a className="button is-wide" href="#/edit/approve">
          {t('approve.another')}
        </a>
      </div>
    )
  return <Request read={read} />
}

function Request({ read }: { read: ReadRequest }) {
  const t = useText()
  const editor = useEditor()
  const { organisation } = editor
  const root = useAuthority().value?.root
  const work = useWork()
  const field = useId()
  const { request, words } = read
  const [role, setRole] = useState(request.role)
  const [chosen, setChosen] = useState(request.departments)
  const [isNurse, setNurse] = useState(false)
  const [isStarter, setStarter] = useState(true)
  const [isRefused, setRefused] = useState(false)
  if (root === undefined || organisation === undefined) return null
  const departments = Object.entries(root.departments)
    .map(([id, { title }]) => ({ id, title }))
    .sort((a, b) => Number(a.id === commonDepartment) - Number(b.id === commonDepartment))
  const sign = () =>
    work.run(async () => {
      const office = await openOffice(editor, organisation.id)
      await approve(office, request, {
        departments: chosen,
        role: role.trim(),
        approve: isNurse,
        start: isStarter,
      })
    })
  const titles = departments.filter(({ id }) => chosen.includes(id)).map(({ title }) => title)
  if (work.state.at === 'done')
    return (
      <div className="narrow stack">
        <Notice
          kind="good"
          title={t('approve.done', { role: role.trim(), titles: titles.join(', ') })}
          announce
        >
          <p>{t('approve.doneText')}</p>
        </Notice>
        <a className="button is-wide" href="#/edit/people">
          {t('people.title')}
        </a>
        <a className="button is-wide" href="#/edit/approve">
          {t('approve.another')}
        </a>
      </div>
    )
  if (isRefused)
    return (
      <div className="narrow stack">
        <Notice kind="stop" title={t('approve.refused')} announce>
          <p>{t('approve.refusedText')}</p>
        </Notice>
        <a className="button is-wide" href="#/edit/approve">
          {t('approve.another')}
        </a>
      </div>
    )
  return (
    <div className="wide">
      <div className="stack">
        <div className="field">
          <label htmlFor={field}>{t('approve.role')}</label>
          <input
            id={field}
            className="input"
            lang="sv"
            maxLength={80}
            value={role}
            aria-describedby={`${field}-help`}
            onChange={(event) => setRole(event.currentTarget.value)}
          />
          <p className="meta" id={`${field}-help`}>
            {t('approve.roleHelp')}
          </p>
        </div>
        <DepartmentChoices
          legend={t('approve.departments')}
          departments={departments}
          chosen={chosen}
          onChange={setChosen}
        />
        <fieldset className="choice-field">
          <legend>{t('approve.also')}</legend>
          <div className="card">
            <label className="check-row">
              <input
                type="checkbox"
                checked={isStarter}
                onChange={(event) => setStarter(event.currentTarget.checked)}
              />
              {t('approve.start')}
            </label>
            <label className="check-row">
              <input
                type="checkbox"
                checked={isNurse}
                onChange={(event) => setNurse(event.currentTarget.checked)}
              />
              {t('approve.nurse')}
            </label>
          </div>
        </fieldset>
      </div>
      <div className="aside stack">
        <section className="card is-padded stack">
          <h2>{t('approve.compare')}</h2>
          <p>{t('approve.compareText')}</p>
          <WordsBox words={words} label={t('words.label')} />
          <WorkNotice state={work.state} doing={t('approve.doing')} onAgain={() => void sign()} />
          <button
            type="button"
            className="button is-main is-wide"
            disabled={work.state.at === 'working' || role.trim() === '' || chosen.length === 0}
            onClick={() => void sign()}
          >
            {t('approve.yes')}
          </button>
          <button
            type="button"
            className="button is-wide is-stop"
            disabled={work.state.at === 'working'}
            onClick={() => setRefused(true)}
          >
            {t('approve.no')}
          </button>
        </section>
      </div>
    </div>
  )
}
