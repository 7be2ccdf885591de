import { newId } from '#domain/edit/new-id.ts'
import { isPlainObject } from '#domain/schema/walk-schema.ts'
import type { EditorView } from '../editor-parts.ts'
import { hasLock } from './edit-lock.ts'
import { publishedBase } from './published.ts'

/**
 * Puts a number in the department's list, as a draft beside the others. `busy`: somebody writes in that list
 * just now, in another tab.
 */
export async function addContact(
  { device, state, organisation }: EditorView,
  department: string,
  contact: { title: string; number: string },
): Promise<{ ok: true; reference: string } | { ok: false; code: 'busy' | 'failed' }> {
  if (organisation === undefined) return { ok: false, code: 'failed' }
  const name = `${department}/contacts/contacts`
  if (!(await hasLock(organisation.id, name))) return { ok: false, code: 'busy' }
  try {
    const keeper = device.drafts(organisation.id)
    const draft = await keeper.get(name)
    const base =
      draft === undefined ? publishedBase(state.device, organisation.id, name) : draft.base
    const body = draft?.body ?? base?.body
    const list =
      isPlainObject(body) && Array.isArray(body.contacts) ? (body.contacts as unknown[]) : []
    const taken = list.flatMap((each) => (isPlainObject(each) ? [String(each.id)] : []))
    const id = newId(contact.title, taken)
    const rest = isPlainObject(body) ? body : { title: 'Telefonnummer' }
    await keeper.put({
      name,
      ...(base === undefined ? {} : { base }),
      body: { ...rest, contacts: [...list, { id, ...contact }] },
    })
    return { ok: true, reference: `${department}/contact/${id}` }
  } catch {
    return { ok: false, code: 'failed' }
  }
}
