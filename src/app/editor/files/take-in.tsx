import { useRef, useState, type ReactNode } from 'react'
import type { DepartmentState } from '#device/device-state.ts'
import type { Problem } from '#library/problem.ts'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { useEditor } from '../editor-parts.ts'
import { useRoles } from '../use-roles.ts'
import { codeOf } from '../use-work.ts'
import { compareFiles, type ComparedFiles, type FileDocument } from './compare-files.ts'
import { readFiles, type FilesCode } from './read-files.ts'
import { useFilesText } from './use-files-text.ts'

type Step =
  | { at: 'nothing' }
  | { at: 'reading' }
  | { at: 'unreadable'; code: FilesCode }
  | { at: 'compared'; found: ComparedFiles }
  | { at: 'done'; count: number; departments: string[] }
  | { at: 'failed'; code: string }

/** Files become drafts: nothing is published by taking them in. */
export function TakeIn({ departments }: { departments: readonly DepartmentState[] }) {
  const t = useFilesText()
  const { device, organisation } = useEditor()
  const roles = useRoles()
  const [step, setStep] = useState<Step>({ at: 'nothing' })
  const read = async (files: readonly File[]) => {
    if (files.length === 0 || organisation === undefined) return
    setStep({ at: 'reading' })
    const result = await readFiles(files)
    if (!result.ok) return setStep({ at: 'unreadable', code: result.code })
    const drafts = await device.drafts(organisation.id).list()
    const found = compareFiles(result.given, {
      published: departments.flatMap(({ release }) => release?.documents ?? []),
      drafts: drafts.map(({ name }) => name),
      departments: roles.departments,
    })
    const isNothing = found.documents.length + found.problems.length === 0
    setStep(isNothing ? { at: 'unreadable', code: 'nothing' } : { at: 'compared', found })
  }
  const keep = async (chosen: readonly FileDocument[]) => {
    if (organisation === undefined) return
    const keeper = device.drafts(organisation.id)
    try {
      for (const { name, department, body } of chosen) {
        const release = departments.find((each) => each.department === department)?.release
        const before = release?.documents.find(
          (one) => `${one.department}/${one.kind}/${one.id}` === name,
        )
        await keeper.put({
          name,
          body,
          ...(release && before && { base: { gen: release.gen, v: release.v, body: before.body } }),
        })
      }
      const touched = [...new Set(chosen.map(({ department }) => department))]
      setStep({ at: 'done', count: chosen.length, departments: touched })
    } catch (error) {
      setStep({ at: 'failed', code: codeOf(error) })
    }
  }
  const titleOf = (id: string) =>
    departments.find(({ department }) => department === id)?.title ?? id
  return (
    <section className="section stack">
      <h2>{t('in.title')}</h2>
      <p>{t('in.text')}</p>
      <div className="buttons">
        <ChooseFiles accept=".zip,.yaml,.yml" onFiles={read}>
          {t('in.files')}
        </ChooseFiles>
        <ChooseFiles isFolder onFiles={read}>
          {t('in.folder')}
        </ChooseFiles>
      </div>
      {step.at === 'reading' && <p role="status">{t('in.reading')}</p>}
      {step.at === 'unreadable' && <Notice kind="warning" title={t(`in.${step.code}`)} announce />}
      {step.at === 'failed' && (
        <Notice kind="warning" title={t(step.code === 'full' ? 'in.full' : 'in.failed')} announce />
      )}
      {step.at === 'compared' && (
        <Compared found={step.found} titleOf={titleOf} onKeep={(chosen) => void keep(chosen)} />
      )}
      {step.at === 'done' && (
        <Notice kind="good" title={t('in.done', { count: step.count })} announce>
          <p>{t('in.doneText')}</p>
          <div className="buttons">
            {step.departments.map((id) => (
              <a className="button" key={id} href={`#/edit/d/${id}`}>
                {t('in.see', { title: titleOf(id) })}
              </a>
            ))}
          </div>
        </Notice>
      )}
    </section>
  )
}

/** A button that opens the browser's own choice of files. */
function ChooseFiles(props: {
  accept?: string
  isFolder?: boolean
  onFiles: (files: readonly File[]) => Promise<void>
  children: ReactNode
}) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={(element) => {
          input.current = element
          // No attribute that React knows; a browser without it chooses single files.
          if (element && props.isFolder === true) element.webkitdirectory = true
        }}
        type="file"
        hidden
        multiple
        accept={props.accept}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])]
          // The same file chosen again, after it was mended, is a choice too.
          event.currentTarget.value = ''
          void props.onFiles(files)
        }}
      />
      <button type="button" className="button" onClick={() => input.current?.click()}>
        <Icon name={props.isFolder === true ? 'paper' : 'plus'} />
        {props.children}
      </button>
    </>
  )
}

const shownProblems = 12

function Compared(props: {
  found: ComparedFiles
  titleOf: (department: string) => string
  onKeep: (chosen: readonly FileDocument[]) => void
}) {
  const t = useFilesText()
  const { i18n } = useEditor()
  const { documents, problems } = props.found
  const errors = problems.filter(({ severity }) => severity === 'error')
  const differing = documents.filter(({ state }) => state !== 'same')
  const allowed = differing.filter(({ isAllowed }) => isAllowed)
  const same = documents.length - differing.length
  const [left, setLeft] = useState<ReadonlySet<string>>(
    () => new Set(allowed.filter(({ hasDraft }) => hasDraft).map(({ name }) => name)),
  )
  const chosen = allowed.filter(({ name }) => !left.has(name))
  return (
    <div className="stack">
      {errors.length > 0 && <Problems errors={errors} />}
      {differing.length === 0 && errors.length === 0 && (
        <Notice kind="info" title={t('in.same')} announce />
      )}
      {differing.length > 0 && (
        <fieldset className="choice-field">
          <legend>{t('in.choose')}</legend>
          <div className="card">
            {differing.map((one) => (
              <label className="check-row" key={one.name}>
                <input
                  type="checkbox"
                  disabled={!one.isAllowed}
                  checked={one.isAllowed && !left.has(one.name)}
                  onChange={(event) => {
                    const next = new Set(left)
                    if (event.currentTarget.checked) next.delete(one.name)
                    else next.add(one.name)
                    setLeft(next)
                  }}
                />
                <span lang="sv">
                  {one.title}
                  <span className="meta" lang={i18n.language}>
                    {' '}
                    <span lang="sv">{props.titleOf(one.department)}</span>.{' '}
                    {t(one.state === 'new' ? 'in.new' : 'in.changed')}
                    {one.hasDraft && `. ${t('in.hasDraft')}`}
                    {!one.isAllowed && `. ${t('in.notAllowed')}`}
                  </span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
      {same > 0 && <p className="meta">{t('in.unchanged', { count: same })}</p>}
      {differing.length > 0 && (
        <button
          type="button"
          className="button is-main is-wide"
          disabled={chosen.length === 0}
          onClick={() => props.onKeep(chosen)}
        >
          {t('in.go', { count: chosen.length })}
        </button>
      )}
    </div>
  )
}

function Problems({ errors }: { errors: readonly Problem[] }) {
  const t = useFilesText()
  const { i18n } = useEditor()
  return (
    <Notice kind="warning" title={t('in.problems', { count: errors.length })} announce>
      <p>{t('in.problemsText')}</p>
      <ul className="plain-list">
        {errors.slice(0, shownProblems).map(({ file, line, column, code, message }) => (
          <li key={`${file}:${line}:${column}:${code}:${message}`}>
            <b>{t('in.at', { file, line })}</b>{' '}
            {i18n.exists(`files:problem.${code}`)
              ? t(`problem.${code as 'other'}`)
              : t('problem.other')}{' '}
            <span className="meta" lang="en">
              {message}
            </span>
          </li>
        ))}
      </ul>
      {errors.length > shownProblems && (
        <p>{t('in.more', { count: errors.length - shownProblems })}</p>
      )}
    </Notice>
  )
}
