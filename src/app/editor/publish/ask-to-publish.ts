import type { EditorView } from '../editor-parts.ts'
import { queueOf } from './start-queue.ts'

/**
 * Asks for drafts to be published: kept on the phone first, then sent as soon as there is a network. What
 * already waits of the same department goes along.
 *
 * @throws DeviceError full, read-only, …
 */
export async function askToPublish(
  editor: Pick<EditorView, 'device' | 'sync' | 'fetch' | 'now' | 'base'>,
  organisation: string,
  asked: { department: string; names: readonly string[]; reason: string },
): Promise<void> {
  const { department, names, reason } = asked
  queueOf(editor).forget(organisation, department)
  const publications = editor.device.publications(organisation)
  const waiting = await publications.get(department)
  const reasons = [waiting?.reason ?? '', reason.trim()].filter((text) => text !== '')
  await publications.put({
    department,
    names: [...new Set([...(waiting?.names ?? []), ...names])],
    reason: [...new Set(reasons)].join('. ').slice(0, 200),
    askedAt: editor.now().toISOString(),
    state: 'waiting',
    tries: 0,
  })
  queueOf(editor).kick()
}
