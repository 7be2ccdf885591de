import { useId, useMemo, useState } from 'react'
import { Ask } from '#app/ui/ask.tsx'
import { useGo } from '#app/ui/hash-location.ts'
import { Icon } from '#app/ui/icon.tsx'
import { copiedKinds, copyDocument, type CopiedDocument } from '#domain/edit/copy-document.ts'
import { useEditor } from '../editor-parts.ts'
import { useRoles } from '../use-roles.ts'
import { keepCopy } from './keep-copy.ts'
import { useDepartment } from './use-department.ts'
import { useEditingState } from './use-editing.ts'
import { useWriteText } from './use-write-text.ts'
import { useWriting } from './write-context.ts'

/** Takes a routine, a plan, a paper form or an exercise to another department, as a draft there. */
export function CopyTool({ title }: { title: string }) {
  const t = useWriteText()
  const { kind } = useWriting()
  const [isAsking, setAsking] = useState(false)
  if (!copiedKinds.has(kind)) return null
  return (
    <>
      <button type="button" className="button is-wide" onClick={() => setAsking(true)}>
        <Icon name="paper" />
        {t('copy.open')}
      </button>
      {isAsking && <AskWhere title={title} onClose={() => setAsking(false)} />}
    </>
  )
}

function AskWhere({ title, onClose }: { title: string; onClose: () => void }) {
  const t = useWriteText()
  const id = useId()
  const go = useGo()
  const view = useEditor()
  const { editing, department, kind, id: own, index } = useWriting()
  const { body } = useEditingState(editing)
  const roles = useRoles()
  const held = view.state.device.departments.filter(
    (each) =>
      each.organisation === view.organisation?.id &&
      each.release !== undefined &&
      roles.departments.includes(each.department),
  )
  const others = held.filter((each) => each.department !== department)
  const [to, setTo] = useState(others[0]?.department ?? department)
  const [fault, setFault] = useState<'busy' | 'failed'>()
  const there = useDepartment(to)
  const copy = useMemo(() => {
    const from = { department, kind, id: own, body }
    const here = index.documents.filter((each) => each.department !== to)
    return copyDocument(from, to, [...here, ...there.edited.filter((each) => each.department === to)]) // prettier-ignore
  }, [department, kind, own, body, index, there.edited, to])
  const make = async () => {
    const kept = await keepCopy(view, copy, (name) =>
      to === department ? t('copy.named', { name, lng: 'sv' }) : name,
    )
    if (!kept.ok) return setFault(kept.code)
    onClose()
    go(`/edit/d/${kept.name}`)
  }
  return (
    <Ask
      title={t('copy.title', { title })}
      no={t('pick.cancel')}
      yes={t('copy.make')}
      onNo={onClose}
      onYes={() => void make()}
    >
      <div className="field">
        <label htmlFor={id}>{t('copy.where')}</label>
        <select
          id={id}
          className="input"
          lang="sv"
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        >
          {[...others, ...held.filter((each) => each.department === department)].map((each) => (
            <option key={each.department} value={each.department}>
              {each.title}
              {each.department === department && ` ${t('copy.here')}`}
            </option>
          ))}
        </select>
      </div>
      <Brought copy={copy} nameOf={(name) => index.get(name)?.body.title ?? name} />
      {fault !== undefined && (
        <p role="alert">{t(fault === 'busy' ? 'pick.newBusy' : 'failed.other')}</p>
      )}
    </Ask>
  )
}

/** What comes along, and what does not: read before anything is made. */
function Brought({ copy, nameOf }: { copy: CopiedDocument; nameOf: (name: string) => string }) {
  const t = useWriteText()
  const forms = copy.documents.slice(1)
  const along = [
    ...copy.contacts.map(({ title }) => String(title)),
    ...forms.map(({ body }) => String(body['title'])),
  ]
  return (
    <>
      {along.length > 0 && (
        <>
          <p>{t('copy.along')}</p>
          <ul className="bullets" lang="sv">
            {along.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </>
      )}
      {copy.left.length > 0 && (
        <>
          <p>{t('copy.left')}</p>
          <ul className="bullets" lang="sv">
            {copy.left.map((each) => (
              <li key={each}>{nameOf(each)}</li>
            ))}
          </ul>
        </>
      )}
      <p className="meta">{t('copy.text')}</p>
    </>
  )
}
