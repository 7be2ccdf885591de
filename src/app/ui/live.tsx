import { createContext, use } from 'react'
import type { PageMemory } from './page-memory.ts'

/**
 * Whether the page is on a screen with the script running (`live`), or is being drawn for the reading
 * copy. A drawn page is read hours or weeks later: it says dates, never "today", and moves no focus.
 */
export type Live = { live: true; now: Date; pages: PageMemory } | { live: false }

export const LiveContext = createContext<Live>({ live: false })

export function useLive(): Live {
  return use(LiveContext)
}
