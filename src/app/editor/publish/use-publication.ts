import { useSyncExternalStore } from 'react'
import type { Publication } from '#device/publications.ts'
import { useEditor } from '../editor-parts.ts'
import { useLoaded } from '../use-loaded.ts'
import type { Sending } from './publish-queue.ts'
import { queueOf } from './start-queue.ts'

/** What of a department waits to be published, and how it goes in this window. */
export function usePublication(department: string): {
  publication: Publication | undefined
  sending: Sending | undefined
  isRead: boolean
} {
  const editor = useEditor()
  const queue = queueOf(editor)
  const all = useSyncExternalStore(queue.subscribe, queue.get)
  const { value, isRead } = useLoaded(async ({ device, organisation }) =>
    organisation === undefined ? undefined : device.publications(organisation.id).get(department),
  )
  const sending = all.get(`${editor.organisation?.id}/${department}`)
  return { publication: value, sending, isRead }
}
