import { use, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { nameField } from '#app/documents/address-of.ts'
import { AddressContext } from '#app/ui/hash-location.ts'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { plainText } from '#app/ui/parse-inline.ts'
import { Toast } from '#app/ui/toast.tsx'
import { valueAt } from '#domain/edit/change-at.ts'
import type { DocumentKind } from '#domain/schema/document.ts'
import type { ScreenProps } from '../editor.tsx'
import { useEditor } from '../editor-parts.ts'
import { NeedsRole } from '../needs-role.tsx'
import { NoSuchScreen } from '../no-such-screen.tsx'
import type { Editing, EditingState } from './editing.ts'
import { EndTools } from './end-tools.tsx'
import { FindingsList } from './findings-list.tsx'
import { NotesContext, type Note } from './notes.ts'
import { HeadFields, PageParts } from './page-parts.tsx'
import { PlanMeter } from './plan-meter.tsx'
import { publishedBase } from './published.ts'
import { ReviewBox } from './review-box.tsx'
import { isTranslated } from './translations.tsx'
import { isKind, useDepartment } from './use-department.ts'
import { useEditing, useOf } from './use-editing.ts'
import { useFindings } from './use-findings.ts'
import { useWriteText } from './use-write-text.ts'
import { WriteBar } from './write-bar.tsx'
import { focusPlace, WritingContext, type Writing } from './write-context.ts'

/** A document to write in: the reader's page with fields in it. */
export function WriteScreen({ parts: [department = '', kind = '', id = ''] }: ScreenProps) {
  const name = `${department}/${kind}/${id}`
  const t = useWriteText()
  if (!isKind(kind)) return <NoSuchScreen />
  return (
    <NeedsRole who="publisher" department={department}>
      <Open
        key={name}
        name={name}
        department={department}
        kind={kind}
        id={id}
        back={t('department.title')}
      />
    </NeedsRole>
  )
}

interface OpenProps {
  name: string
  department: string
  kind: DocumentKind
  id: string
  back: string
}

function Open(props: OpenProps) {
  const t = useWriteText()
  const { open, take } = useEditing(props.name)
  const back = { href: `#/edit/d/${props.department}`, text: props.back }
  if (open.at === 'opening') return null
  if (open.at === 'here' || open.at === 'taken')
    return <Written {...props} editing={open.editing} isTaken={open.at === 'taken'} onTake={take} />
  return (
    <Page
      name={t('department.title')}
      title={t(open.at === 'none' ? 'page.notFound' : 'elsewhere.title')}
      back={back}
    >
      <div className="narrow stack">
        <p>{t(open.at === 'none' ? 'page.notFoundText' : 'elsewhere.text')}</p>
        {open.at === 'elsewhere' && (
          <button type="button" className="button is-main is-wide" onClick={take}>
            {t('elsewhere.take')}
          </button>
        )}
      </div>
    </Page>
  )
}

const bodyOf = ({ body }: EditingState) => body

function Written(props: OpenProps & { editing: Editing; isTaken: boolean; onTake: () => void }) {
  const { editing, name, department, kind, id } = props
  const t = useWriteText()
  const { state, organisation } = useEditor()
  const [note, setNote] = useState<Note & { turn: number }>()
  const say = useCallback(
    (said: Note) => setNote((before) => ({ ...said, turn: (before?.turn ?? 0) + 1 })),
    [],
  )
  const [showsTranslations, setShowsTranslations] = useState(false)
  const [showsSecrecy, setShowsSecrecy] = useState(false)
  const [reveal, setReveal] = useState<Writing['reveal']>({ place: undefined, turn: 0 })
  const written = useDepartment(department)
  const body = useOf(editing, bodyOf)
  const isRemoved = body === undefined
  const isLocked = props.isTaken || isRemoved
  const findings = useFindings(editing, written, { department, name })
  // What is referred to seldom changes while one types: names on chips need not follow each letter.
  const { index } = written
  const writing = useMemo<Writing>(
    () => ({ editing, department, kind, id, index, findings, isLocked, reveal, showsTranslations, showsSecrecy }), // prettier-ignore
    [editing, department, kind, id, index, findings, isLocked, reveal, showsTranslations, showsSecrecy], // prettier-ignore
  )
  const go = (place: string) => {
    flushSync(() => setReveal(({ turn }) => ({ place, turn: turn + 1 })))
    focusPlace(place)
  }
  useAskedPlace(go)
  const shown = body ?? editing.base()?.body
  const hasTranslations = useMemo(() => isTranslated(editing.base()?.body), [editing])
  const field = nameField({ kind } as Parameters<typeof nameField>[0])
  const text = valueAt(shown, [field])
  const title =
    typeof text === 'string' && text.trim() !== '' ? plainText(text) : t('field.unnamed')
  const now =
    organisation === undefined ? undefined : publishedBase(state.device, organisation.id, name)
  const isBehind =
    now !== undefined &&
    editing.base() !== undefined &&
    (now.gen !== editing.base()?.gen || now.v !== editing.base()?.v) && // prettier-ignore
    now.body !== editing.base()?.body
  return (
    <WritingContext value={writing}>
      <NotesContext value={say}>
        <Page
          name={title}
          title={<span lang="sv">{title}</span>}
          back={{ href: `#/edit/d/${department}`, text: props.back }}
        >
          <WriteBar editing={editing} department={department} />
          <div className="stack write-notices">
            {props.isTaken && (
              <Notice kind="warning" title={t('elsewhere.taken')} announce>
                <p>{t('elsewhere.takenText')}</p>
                <div className="buttons">
                  <button type="button" className="button" onClick={props.onTake}>
                    {t('elsewhere.take')}
                  </button>
                </div>
              </Notice>
            )}
            {isRemoved && (
              <Notice kind="warning" title={t('page.removed')} announce>
                <p>{t('page.removedText')}</p>
                <div className="buttons">
                  <button type="button" className="button" onClick={() => editing.discard()}>
                    {t('page.keep')}
                  </button>
                </div>
              </Notice>
            )}
            {isBehind && !isRemoved && (
              <Notice kind="info" title={t('page.newer')}>
                <p>{t('page.newerText')}</p>
              </Notice>
            )}
            {!isRemoved && kind === 'plan' && <PlanMeter findings={findings.all} onGo={go} />}
            {!isRemoved && <FindingsList findings={findings.all} onGo={go} />}
          </div>
          {!isRemoved && (
            <>
              {hasTranslations && (
                <label className="check-row write-yes">
                  <input
                    type="checkbox"
                    checked={showsTranslations}
                    onChange={(event) => setShowsTranslations(event.currentTarget.checked)}
                  />
                  <span>{t('field.showTranslations')}</span>
                </label>
              )}
              <label className="check-row write-yes">
                <input
                  type="checkbox"
                  checked={showsSecrecy}
                  onChange={(event) => setShowsSecrecy(event.currentTarget.checked)}
                />
                <span>{t('secrecy.show')}</span>
              </label>
              <HeadFields />
              <PageParts />
              <ReviewBox />
            </>
          )}
          <EndTools title={title} name={name} />
          {note !== undefined && (
            <Said key={note.turn} note={note} onGone={() => setNote(undefined)} />
          )}
        </Page>
      </NotesContext>
    </WritingContext>
  )
}

/** `?at=phases.minutes15.steps.3.text`: where whoever comes from a list of what is wrong wants to go. Once. */
function useAskedPlace(go: (place: string) => void) {
  const source = use(AddressContext)
  const latest = useRef(go)
  useEffect(() => {
    latest.current = go
  })
  useEffect(() => {
    const asked = new URLSearchParams(source.get().search).get('at')
    if (asked === null) return
    // After the page has put the focus on its title, as every page does.
    const frame = requestAnimationFrame(() => latest.current(asked.replaceAll('.', '/')))
    return () => cancelAnimationFrame(frame)
  }, [source])
}

function Said({ note, onGone }: { note: Note; onGone: () => void }) {
  const t = useWriteText()
  if (note.undo === undefined)
    return (
      <p className="visually-hidden" role="status">
        {note.text}
      </p>
    )
  return (
    <Toast
      text={note.text}
      action={t('bar.undo')}
      onAction={() => {
        note.undo?.()
        onGone()
      }}
      onGone={onGone}
    />
  )
}
