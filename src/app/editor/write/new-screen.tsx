import { useId, useState, type FormEvent } from 'react'
import { useGo } from '#app/ui/hash-location.ts'
import { Page } from '#app/ui/page.tsx'
import { emptyBody } from '#domain/edit/empty-body.ts'
import { newId } from '#domain/edit/new-id.ts'
import { commonDepartment, type DocumentKind } from '#domain/schema/document.ts'
import { organisationKinds, singleKinds } from '#domain/validate-document.ts'
import type { ScreenProps } from '../editor.tsx'
import { useEditor } from '../editor-parts.ts'
import { NeedsRole } from '../needs-role.tsx'
import { NoSuchScreen } from '../no-such-screen.tsx'
import { codeOf } from '../use-work.ts'
import { cleanTyped } from './clean-typed.ts'
import { isKind, useDepartment } from './use-department.ts'
import { useFieldNames, useWriteText } from './use-write-text.ts'

/** A new document: asks what it is called, and nothing else. */
export function NewScreen({ parts: [department = '', kind = ''] }: ScreenProps) {
  const t = useWriteText()
  if (!isKind(kind) || (organisationKinds.has(kind) && department !== commonDepartment))
    return <NoSuchScreen />
  return (
    <Page
      name={t(`add.${kind}`)}
      title={t(`add.${kind}`)}
      back={{ href: `#/edit/d/${department}`, text: t('department.title') }}
    >
      <NeedsRole who="publisher" department={department}>
        <Ask department={department} kind={kind} />
      </NeedsRole>
    </Page>
  )
}

function Ask({ department, kind }: { department: string; kind: DocumentKind }) {
  const t = useWriteText()
  const go = useGo()
  const field = useId()
  const { device, organisation, now } = useEditor()
  const { help } = useFieldNames()
  const written = useDepartment(department)
  const [title, setTitle] = useState('')
  const [fault, setFault] = useState('')
  const make = async (event: FormEvent) => {
    event.preventDefault()
    const named = cleanTyped(title, false).trim()
    if (named === '') return setFault(t('new.needsTitle'))
    if (organisation === undefined) return
    try {
      const keeper = device.drafts(organisation.id)
      // Also of drafts that take a document out: its name may come back with another text, never by accident.
      const taken = [
        ...written.documents.filter((each) => each.department === department && each.kind === kind).map(({ id }) => id), // prettier-ignore
        ...(await keeper.list(department)).map(({ name }) => name.split('/')[2] ?? ''),
        ...(written.held?.release?.documents ?? []).map(({ id }) => id),
      ]
      const id = singleKinds.has(kind) ? kind : newId(named, taken)
      const name = `${department}/${kind}/${id}`
      if ((await keeper.get(name)) === undefined)
        await keeper.put({ name, body: emptyBody(kind, { title: named, department, now: now() }) })
      go(`/edit/d/${name}`, { replace: true })
    } catch (error) {
      setFault(t(codeOf(error) === 'full' ? 'failed.full' : 'failed.other'))
    }
  }
  return (
    <form className="narrow stack" onSubmit={(event) => void make(event)} noValidate>
      <div className="field">
        <label htmlFor={field}>{t('new.title')}</label>
        <p className="meta" id={`${field}-help`}>
          {help(kind, 'title') ?? t(`new.titleHelp.${kind}`)}
        </p>
        <input
          className="input"
          id={field}
          lang="sv"
          maxLength={200}
          value={title}
          aria-describedby={`${field}-help`}
          aria-invalid={fault !== '' ? true : undefined}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
      </div>
      <p className="write-fault" role="status">
        {fault}
      </p>
      <button type="submit" className="button is-main is-wide">
        {t('new.make')}
      </button>
    </form>
  )
}
