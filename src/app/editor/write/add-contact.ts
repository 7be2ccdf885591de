import { newId } from '#domain/edit/new-id.ts'
import { isPlainObject } from '#domain/schema/walk-schema.ts'
import type { EditorView } from '../editor-parts.ts'
import { hasLock } from './edit-lock.ts'
import { publishedBase } from './published.ts'

/** `busy`: somebody writes in that list just now, in another tab. */
export type AddedCode = 'busy' | 'failed'

/** Puts a new number in the department's list, as a draft beside the others. */
export async function addContact(
  view: EditorView,
  department: string,
  contact: { title: string; number: string },
): Promise<{ ok: true; reference: string } | { ok: false; code: AddedCode }> {
  let id = ''
  const code = await addContacts(view, department, (taken) => {
    id = newId(contact.title, taken)
    return [{ id, ...contact }]
  })
  return code === undefined
    ? { ok: true, reference: `${department}/contact/${id}` }
    : { ok: false, code }
}

/**
 * Puts numbers in the department's list, as a draft.
 *
 * @param make given the ids that are taken
 */
export async function addContacts(
  { device, state, organisation }: EditorView,
  department: string,
  make: (taken: readonly string[]) => readonly Record<string, unknown>[],
): Promise<AddedCode | undefined> {
  if (organisation === undefined) return 'failed'
  const name = `${department}/contacts/contacts`
  if (!(await hasLock(organisation.id, name))) return 'busy'
  try {
    const keeper = device.drafts(organisation.id)
    const draft = await keeper.get(name)
    const base =
      draft === undefined ? publishedBase(state.device, organisation.id, name) : draft.base
    const body = draft?.body ?? base?.body
    const list =
      isPlainObject(body) && Array.isArray(body.contacts) ? (body.contacts as unknown[]) : []
    const taken = list.flatMap((each) => (isPlainObject(each) ? [String(each.id)] : []))
    const rest = isPlainObject(body) ? body : { title: 'Telefonnummer' }
    await keeper.put({
      name,
      ...(base === undefined ? {} : { base }),
      body: { ...rest, contacts: [...list, ...make(taken)] },
    })
    return undefined
  } catch {
    return 'failed'
  }
}
