import { useEffect, useId, useRef, useState } from 'react'
import { asIdentifier } from '#domain/edit/new-id.ts'
import { clientWords, type ClientWord, type TemplateDocument } from '#domain/template.ts'
import { systemsIn } from '#domain/template-set.ts'
import { Choice } from '#app/ui/choice.tsx'
import { Notice } from '#app/ui/notice.tsx'
import type { VerifiedRoot } from '#trust/root.ts'
import { useEditor } from '../editor-parts.ts'
import { useWork } from '../use-work.ts'
import { WorkNotice } from '../work-notice.tsx'
import { takeDepartment, type TakenDepartment } from './take-department.ts'
import { useBeginText } from './use-begin-text.ts'

/** What the department is called here, and the words of its texts; then it is added. */
export function AddForm(props: {
  /** Of the library; undefined for an empty one. */
  from: string | undefined
  library: readonly TemplateDocument[]
  root: VerifiedRoot
  onBack: () => void
}) {
  const { from, library, root } = props
  const t = useBeginText()
  const editor = useEditor()
  const field = useId()
  const work = useWork()
  const heading = useRef<HTMLHeadingElement>(null)
  const usual = titleIn(library, from)
  const isHere = from !== undefined && Object.hasOwn(root.departments, from)
  const [title, setTitle] = useState((isHere ? root.departments[from]?.title : usual) ?? '')
  const [client, setClient] = useState<ClientWord>('brukare')
  const [words, setWords] = useState<Readonly<Record<string, string>>>({})
  const [problem, setProblem] = useState<'nameMissing' | 'nameTaken'>()
  const [taken, setTaken] = useState<TakenDepartment>()
  const isDone = taken !== undefined
  useEffect(() => heading.current?.focus({ preventScroll: true }), [isDone])
  const named = title.trim()
  if (taken !== undefined)
    return (
      <div className="narrow stack">
        <h2 tabIndex={-1} ref={heading}>
          {t('add.doneTitle', { title: named })}
        </h2>
        <Notice
          kind="good"
          title={
            taken.drafts === 0 ? t('add.doneEmpty') : t('add.doneText', { count: taken.drafts })
          }
          announce
        />
        <a className="button is-main is-wide" href="#/edit/begin">
          {t('add.next')}
        </a>
        <a className="button is-wide" href={`#/edit/d/${taken.id}`}>
          {t('add.see')}
        </a>
      </div>
    )
  const systems = systemsOf(library, from)
  const go = () => {
    const id = isHere ? from : (from ?? asIdentifier(named))
    const isTaken = Object.entries(root.departments).some(
      ([other, department]) =>
        other !== (isHere ? from : '') &&
        (other === id || department.title.toLowerCase() === named.toLowerCase()),
    )
    setProblem(named === '' ? 'nameMissing' : isTaken ? 'nameTaken' : undefined)
    if (named === '' || isTaken || editor.organisation === undefined) {
      document.getElementById(field)?.focus()
      return
    }
    const organisation = editor.organisation.id
    const own = new Map(
      Object.entries(words).flatMap(([word, here]) =>
        here.trim() === '' || here.trim() === word ? [] : [[word, here.trim()] as const],
      ),
    )
    void work.run(async () => {
      const choice = { from: from ?? id, id, title: named, words: own, client }
      setTaken(await takeDepartment(editor, organisation, choice, library))
    })
  }
  return (
    <form
      className="narrow stack"
      onSubmit={(event) => {
        event.preventDefault()
        go()
      }}
    >
      <h2 tabIndex={-1} ref={heading} lang={usual === undefined ? undefined : 'sv'}>
        {usual ?? t('add.empty')}
      </h2>
      <div className="card is-padded field">
        <label htmlFor={field}>{t('add.name')}</label>
        <input
          id={field}
          className="input"
          name="title"
          maxLength={200}
          autoComplete="off"
          aria-describedby={`${field}-help`}
          aria-invalid={problem !== undefined}
          value={title}
          onChange={(event) => {
            setTitle(event.currentTarget.value)
            setProblem(undefined)
          }}
        />
        {problem !== undefined && <Notice kind="warning" title={t(`add.${problem}`)} announce />}
        <p className="meta" id={`${field}-help`}>
          {t('add.nameHelp')}
        </p>
      </div>
      {from !== undefined && (
        <>
          <Choice
            legend={t('add.client')}
            name="client"
            value={client}
            options={clientWords.map((word) => ({ value: word, text: word, lang: 'sv' }))}
            onChange={setClient}
          />
          {systems.length > 0 && (
            <fieldset className="choice-field">
              <legend>{t('add.words')}</legend>
              <p className="meta">{t('add.wordsText')}</p>
              <div className="card is-padded stack">
                {systems.map((word) => (
                  <div className="field" key={word}>
                    <label htmlFor={`${field}-${word}`}>{t('add.wordHere', { word })}</label>
                    <input
                      id={`${field}-${word}`}
                      className="input"
                      lang="sv"
                      maxLength={60}
                      autoComplete="off"
                      value={words[word] ?? word}
                      onChange={(event) =>
                        setWords({ ...words, [word]: event.currentTarget.value })
                      }
                    />
                  </div>
                ))}
              </div>
            </fieldset>
          )}
        </>
      )}
      <Notice kind="info" title={t('add.what')}>
        <p>{t(from === undefined ? 'add.whatEmpty' : 'add.whatText')}</p>
      </Notice>
      <WorkNotice state={work.state} doing={t('add.working')} onAgain={go} />
      <button
        type="submit"
        className="button is-main is-wide"
        disabled={work.state.at === 'working'}
      >
        {t('add.go', { title: named })}
      </button>
      <button type="button" className="button is-quiet" onClick={props.onBack}>
        {t('add.back')}
      </button>
    </form>
  )
}

function titleIn(
  library: readonly TemplateDocument[],
  from: string | undefined,
): string | undefined {
  const found = library.find(({ kind, department }) => kind === 'department' && department === from)
  return found && String(found.body['title'])
}

/** The names, as staff say them, of the systems that the department's texts are about. */
function systemsOf(library: readonly TemplateDocument[], from: string | undefined): string[] {
  const own = library.filter(({ department }) => department === from)
  const used = new Set(own.flatMap(({ body }) => systemsIn(body)))
  const text = JSON.stringify(own.map(({ body }) => body))
  const registered = library.find(({ kind }) => kind === 'systems')?.body['systems'] as
    { id: string; names?: string[] }[] | undefined
  return (registered ?? [])
    .filter(({ id }) => used.has(id))
    .flatMap(({ names }) => names?.slice(0, 1) ?? [])
    .filter((name) => /^\p{Lu}/u.test(name) && text.includes(name))
}
