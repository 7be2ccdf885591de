import { useRef, useState } from 'react'
import { useEditor } from './editor-parts.ts'

export type WorkState =
  { at: 'idle' } | { at: 'working' } | { at: 'done' } | { at: 'failed'; code: string }

/** Something that is sent to the store, once at a time, with what to say of it. */
export interface Work {
  state: WorkState
  /** Does it, then brings its outcome to this phone too. Never rejects; true when it was done. */
  run: (work: () => Promise<unknown>) => Promise<boolean>
  reset: () => void
}

export function useWork(): Work {
  const { sync } = useEditor()
  const [state, setState] = useState<WorkState>({ at: 'idle' })
  const isBusy = useRef(false)
  return {
    state,
    reset: () => setState({ at: 'idle' }),
    run: async (work) => {
      if (isBusy.current) return false
      isBusy.current = true
      setState({ at: 'working' })
      try {
        await work()
        await sync.syncNow('asked')
        setState({ at: 'done' })
        return true
      } catch (error) {
        // Some of it may have been done: what is on the screen must say how it is now.
        void sync.syncNow('asked')
        setState({ at: 'failed', code: codeOf(error) })
        return false
      } finally {
        isBusy.current = false
      }
    },
  }
}

/** The stable code that errors of every room carry; for a refusal, what the store said. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
    return 'other'
  if (error.code === 'refused' && 'serverCode' in error && typeof error.serverCode === 'string')
    return error.serverCode
  return error.code
}
