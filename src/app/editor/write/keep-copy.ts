import { nameField } from '#app/documents/address-of.ts'
import type { CopiedDocument } from '#domain/edit/copy-document.ts'
import type { EditorView } from '../editor-parts.ts'
import { addContacts, type AddedCode } from './add-contact.ts'

/**
 * Stores a copy as drafts. The numbers first: without them the copy would point at nothing; numbers that nothing
 * points at yet do no harm.
 *
 * @param rename what the copy is called, given the name of what it is a copy of
 */
export async function keepCopy(
  view: EditorView,
  { documents, contacts }: CopiedDocument,
  rename: (name: string) => string,
): Promise<{ ok: true; name: string } | { ok: false; code: AddedCode }> {
  const [copy] = documents
  if (copy === undefined || view.organisation === undefined) return { ok: false, code: 'failed' }
  if (contacts.length > 0) {
    const code = await addContacts(view, copy.department, () => contacts)
    if (code !== undefined) return { ok: false, code }
  }
  try {
    const keeper = view.device.drafts(view.organisation.id)
    // The copy last, so that what it points at is there.
    for (const each of documents.toReversed()) {
      const field = nameField(each as Parameters<typeof nameField>[0])
      const name = `${each.department}/${each.kind}/${each.id}`
      const named = each.body[field]
      const body =
        each === copy && typeof named === 'string'
          ? { ...each.body, [field]: rename(named) }
          : each.body
      await keeper.put({ name, body })
    }
    return { ok: true, name: `${copy.department}/${copy.kind}/${copy.id}` }
  } catch {
    return { ok: false, code: 'failed' }
  }
}
