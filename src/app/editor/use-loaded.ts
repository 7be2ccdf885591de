import { useEffect, useRef, useState } from 'react'
import { useEditor, type EditorView } from './editor-parts.ts'

/**
 * Something read from the phone, and read again when it changes there. What was read before stays on the
 * screen meanwhile.
 *
 * @param load may throw: then there is nothing, which `isRead` tells from "not yet"
 */
export function useLoaded<T>(load: (editor: EditorView) => Promise<T>): {
  value: T | undefined
  isRead: boolean
  again: () => void
} {
  const editor = useEditor()
  const { device } = editor
  const [read, setRead] = useState<{ value: T | undefined; isRead: boolean }>({
    value: undefined,
    isRead: false,
  })
  const latest = useRef({ load, editor })
  useEffect(() => {
    latest.current = { load, editor }
  })
  const [round, setRound] = useState(0)
  const organisation = editor.organisation?.id
  useEffect(() => {
    let isOver = false
    let turn = 0
    const look = () => {
      const mine = (turn += 1)
      void latest.current
        .load(latest.current.editor)
        .catch(() => undefined)
        .then((value) => {
          if (!isOver && mine === turn) setRead({ value, isRead: true })
        })
    }
    look()
    const forget = device.onChange((change) => {
      if (change !== 'settings' && change !== 'occasions') look()
    })
    return () => {
      isOver = true
      forget()
    }
  }, [device, organisation, round])
  return { ...read, again: () => setRound(round + 1) }
}
