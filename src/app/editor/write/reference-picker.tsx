import { useMemo, useState, type FormEvent } from 'react'
import { commonDepartment, documentName } from '#domain/schema/document.ts'
import type { DocumentIndex } from '#domain/resolve.ts'
import type { ReferenceKind } from '#domain/schema/values.ts'
import { formatPhoneNumber, parsePhoneNumber } from '#domain/phone-number.ts'
import { Icon } from '#app/ui/icon.tsx'
import { useEditor } from '../editor-parts.ts'
import { addContact } from './add-contact.ts'
import { ChooseDialog, type Choosable } from './choose-dialog.tsx'
import { nameOf } from './names.ts'
import { useWriteText } from './use-write-text.ts'
import { useWriting } from './write-context.ts'

/** Chooses a document or a number among the department's own and the common ones. */
export function ReferencePicker(props: {
  kinds: readonly ReferenceKind[]
  onChoose: (reference: string) => void
  onCancel: () => void
}) {
  const t = useWriteText()
  const { index, department } = useWriting()
  const { kinds } = props
  const options = useMemo(() => optionsOf(index, department, kinds), [index, department, kinds])
  const [only] = kinds
  const title =
    kinds.length === 1 && only !== undefined && only !== 'plan' && only !== 'situation' && only !== 'rota' // prettier-ignore
      ? t(`pick.${only}`)
      : t('pick.any')
  return (
    <ChooseDialog
      title={title}
      options={options}
      onChoose={props.onChoose}
      onCancel={props.onCancel}
      more={
        kinds.includes('contact')
          ? (searched) => <NewContact title={searched} onMade={props.onChoose} />
          : undefined
      }
    />
  )
}

/** Own ones first, then those everybody has. */
function optionsOf(
  index: DocumentIndex,
  department: string,
  kinds: readonly ReferenceKind[],
): Choosable[] {
  return [...new Set([department, commonDepartment])].flatMap((each) =>
    kinds.flatMap((kind): Choosable[] => {
      if (kind === 'contact')
        return index.contacts(each).map(({ name, contact }) => ({
          id: name,
          title: contact.title,
          under: [formatPhoneNumber(contact.number), contact.for].filter(Boolean).join(' · '),
        }))
      return index.ofKind(kind, each).map((found) => {
        const id = documentName(found)
        return { id, ...(nameOf(index, id) ?? { title: found.body.title }) }
      })
    }),
  )
}

/** A number that stands in no list yet: its function and number, kept with the department's others. */
function NewContact(props: { title: string; onMade: (reference: string) => void }) {
  const t = useWriteText()
  const editor = useEditor()
  const { department } = useWriting()
  const [isOpen, setOpen] = useState(false)
  const [title, setTitle] = useState('')
  const [number, setNumber] = useState('')
  const [fault, setFault] = useState('')
  const parsed = parsePhoneNumber(number)
  const add = async (event: FormEvent) => {
    event.preventDefault()
    if (!parsed.ok) return setFault(t(`phone.${parsed.code}`))
    if (title.trim() === '') return setFault(t('new.needsTitle'))
    const made = await addContact(editor, department, {
      title: title.trim(),
      number: parsed.number,
    })
    if (made.ok) props.onMade(made.reference)
    else setFault(made.code === 'busy' ? t('pick.newBusy') : t('pick.newFailed'))
  }
  if (!isOpen)
    return (
      <button
        type="button"
        className="button is-wide"
        onClick={() => {
          setTitle(props.title)
          setOpen(true)
        }}
      >
        <Icon name="plus" />
        {t('pick.addContact')}
      </button>
    )
  return (
    <form className="stack write-new" onSubmit={(event) => void add(event)} noValidate>
      <label className="field">
        <span className="field-label">{t('pick.newTitle')}</span>
        <input
          className="input"
          value={title}
          maxLength={400}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was asked for just now
          autoFocus
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
      </label>
      <label className="field">
        <span className="field-label">{t('pick.newNumber')}</span>
        <input
          className="input"
          type="tel"
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
      </label>
      <p className="write-fault" role="status">
        {fault !== ''
          ? fault
          : parsed.ok
            ? t('phone.understood', { number: formatPhoneNumber(parsed.number) })
            : ''}
      </p>
      <button type="submit" className="button is-main is-wide">
        {t('pick.newAdd')}
      </button>
    </form>
  )
}
