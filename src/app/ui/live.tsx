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

/**
 * The time by which to say what is in force. A drawn page is read later, so its now is the end of
 * time: what has an end is over by then, and what has none is shown with the date it began.
 */
export function nowOf(live: Live): Date {
  return live.live ? live.now : new Date(8.64e15)
}
