import { useEffect, useRef, useState } from 'react'
import type { Draft } from '#device/drafts.ts'
import { useEditor } from '../editor-parts.ts'

/** After this long without a key what was typed is written down, in milliseconds. */
const pauseMs = 400

/**
 * Writes down what is typed at each pause, when the page is hidden and when it is left, so that a dead battery
 * takes at most a word.
 *
 * @returns `keep` for each change; `flush` to have it on disk now; the code of what went wrong
 */
export function useKeepDraft(): {
  keep: (draft: Pick<Draft, 'name' | 'base' | 'body'>) => void
  flush: () => Promise<void>
  drop: () => void
  isKept: boolean
} {
  const { device, organisation } = useEditor()
  const [isKept, setKept] = useState(true)
  const waiting = useRef<Pick<Draft, 'name' | 'base' | 'body'>>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const write = useRef<() => Promise<void>>(async () => undefined)
  const id = organisation?.id
  useEffect(() => {
    write.current = async () => {
      clearTimeout(timer.current)
      const draft = waiting.current
      waiting.current = undefined
      if (draft === undefined || id === undefined) return
      try {
        await device.drafts(id).put(draft)
        setKept(true)
      } catch (error) {
        // Still here, for the next try: nothing typed since may be lost for it.
        waiting.current ??= draft
        setKept(false)
        throw error
      }
    }
    const quietly = () => void write.current().catch(() => undefined)
    const hidden = () => {
      if (document.visibilityState === 'hidden') quietly()
    }
    document.addEventListener('visibilitychange', hidden)
    addEventListener('pagehide', quietly)
    return () => {
      quietly()
      document.removeEventListener('visibilitychange', hidden)
      removeEventListener('pagehide', quietly)
    }
  }, [device, id])
  return {
    isKept,
    keep: (draft) => {
      waiting.current = draft
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void write.current().catch(() => undefined), pauseMs)
    },
    flush: () => write.current(),
    drop: () => {
      clearTimeout(timer.current)
      waiting.current = undefined
    },
  }
}
