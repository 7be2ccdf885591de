import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useEditor } from '../editor-parts.ts'
import { takeLock, type EditLock } from './edit-lock.ts'
import { createEditing, type Editing, type EditingState } from './editing.ts'
import { publishedBase } from './published.ts'

/**
 * - `opening`. - `none`: there is no such document. - `elsewhere`: another tab writes in it.
 * - `here`. - `taken`: another tab took over; what was written is stored.
 */
export type OpenEditing =
  { at: 'opening' | 'none' | 'elsewhere' } | { at: 'here' | 'taken'; editing: Editing }

/**
 * Opens a document to write in: its draft, else as it is published. One tab at a time. Stores at each pause,
 * when a field is left, and when the page is.
 */
export function useEditing(name: string): { open: OpenEditing; take: () => void } {
  const { device, state, organisation } = useEditor()
  const [open, setOpen] = useState<OpenEditing>({ at: 'opening' })
  const [turn, setTurn] = useState(0)
  const id = organisation?.id
  // What is published is asked for once: a new version while somebody writes does not change what they see.
  const [atStart] = useState(() => ({ device: state.device }))
  const latest = useRef(state.device)
  const followed = useRef<() => void>(() => undefined)
  useEffect(() => {
    latest.current = state.device
    followed.current()
  }, [state.device])
  useEffect(() => {
    let isOver = false
    let lock: EditLock | undefined
    let editing: Editing | undefined
    const begin = async () => {
      if (id === undefined) return setOpen({ at: 'none' })
      const taken = await takeLock(id, name, {
        take: turn > 0,
        onLost: async () => {
          await editing?.close()
          if (!isOver && editing !== undefined) setOpen({ at: 'taken', editing })
        },
      })
      if (taken === 'held') return setOpen({ at: 'elsewhere' })
      if (isOver) return taken.release()
      lock = taken
      const keeper = device.drafts(id)
      const published = publishedBase(atStart.device, id, name)
      const draft = await keeper.get(name)
      if (isOver) return
      if (draft === undefined && published === undefined) return setOpen({ at: 'none' })
      editing = createEditing({ name, keeper, published, draft })
      setOpen({ at: 'here', editing })
    }
    begin().catch(() => {
      if (!isOver) setOpen({ at: 'none' })
    })
    const store = () => void editing?.flush()
    const storeIfHidden = () => {
      if (document.visibilityState === 'hidden') store()
    }
    followed.current = () => {
      const now = editing
      if (id === undefined || now === undefined) return
      device
        .drafts(id)
        .get(name)
        .then((held) => now.follow(held, publishedBase(latest.current, id, name)))
        .catch(() => undefined)
    }
    const forget = device.onChange((change) => {
      if (change === 'drafts') followed.current()
    })
    addEventListener('pagehide', store)
    document.addEventListener('visibilitychange', storeIfHidden)
    document.addEventListener('focusout', store)
    return () => {
      isOver = true
      forget()
      followed.current = () => undefined
      removeEventListener('pagehide', store)
      document.removeEventListener('visibilitychange', storeIfHidden)
      document.removeEventListener('focusout', store)
      void (editing?.close() ?? Promise.resolve()).then(() => lock?.release())
    }
  }, [device, id, name, turn, atStart])
  return { open, take: () => setTurn(turn + 1) }
}

/** How it stands with what is written, drawn anew when that changes. */
export function useEditingState(editing: Editing): EditingState {
  return useSyncExternalStore(editing.subscribe, editing.state)
}

/** Something of how it stands: only a change of that draws anew. */
export function useOf<T>(editing: Editing, pick: (state: EditingState) => T): T {
  const read = useMemo(() => () => pick(editing.state()), [editing, pick])
  return useSyncExternalStore(editing.subscribe, read)
}
