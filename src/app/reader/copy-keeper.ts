import type { ReactNode } from 'react'
import type { Device } from '#device/open-device.ts'
import type { ReaderStore } from './create-reader.ts'
import type { DrawnPage, DrawOptions } from './draw-pages.ts'
import { settingsName } from './place.ts'
import type { ReaderState } from './reader-state.ts'

export interface CopyKeeperParts {
  device: Device
  reader: ReaderStore
  document: Document
  draw: (address: string, state: ReaderState) => ReactNode
  drawPages: (state: ReaderState, options: DrawOptions) => AsyncIterable<DrawnPage>
  /** Plans are stored, and their copy drawn. */
  onKept: () => void
  /** Notes beside the copy when each department was last confirmed, RFC 3339, by its name in settings. */
  noteConfirmed: (times: Record<string, string>) => Promise<void>
}

/** How long a change may settle before pages are drawn, in milliseconds: several often come together. */
const settleMs = 150
/** How often it is tried again at once when what is stored changes while it is drawn. */
const mostTries = 3
/** First and longest pause before it is tried again after another tab was at it, or it failed. */
const shortestPauseMs = 2000
const longestPauseMs = 120_000

/**
 * Keeps the reading copy that of what is stored, chosen and drawn by this version of the app: looks
 * at the start, and whenever content or settings change. Afterwards readiness is looked at again.
 */
export function createCopyKeeper(parts: CopyKeeperParts): void {
  const { reader } = parts
  let timer: ReturnType<typeof setTimeout> | undefined
  let isDrawing = false
  let isWanted = false
  let pause = shortestPauseMs

  const want = (after = settleMs) => {
    isWanted = true
    clearTimeout(timer)
    timer = setTimeout(() => void work(), after)
  }
  const work = async () => {
    if (isDrawing) return
    isDrawing = true
    let isKept = true
    try {
      while (isWanted) {
        isWanted = false
        isKept = await redraw(parts)
      }
    } finally {
      isDrawing = false
    }
    if (!isKept) want(pause)
    pause = isKept ? shortestPauseMs : Math.min(2 * pause, longestPauseMs)
    if (reader.get().device.departments.some(({ release }) => release)) parts.onKept()
    await reader.actions.checkReadiness()
  }

  let noted = ''
  /** Once a day: what was confirmed today is not old for another month. */
  const noteTimes = () => {
    const times = reader.get().device.departments.flatMap((each): [string, string][] => {
      const at = each.release && each.confirmedAt
      return at === undefined ? [] : [[settingsName(each), at]]
    })
    const days = times.map(([name, at]) => name + at.slice(0, 10)).join()
    if (times.length === 0 || days === noted) return
    noted = days
    void parts.noteConfirmed(Object.fromEntries(times)).catch(() => undefined)
  }
  let { fingerprint } = reader.get().device
  let { settings } = reader.get()
  reader.subscribe(() => {
    const state = reader.get()
    noteTimes()
    if (state.device.fingerprint === fingerprint && state.settings === settings) return
    fingerprint = state.device.fingerprint
    settings = state.settings
    want()
  })
  noteTimes()
  want()
}

/** Lets others have their turn. A timer would, after a few turns, wait four milliseconds more each time. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}

/** False when the copy is not yet that of what is stored. */
async function redraw(parts: CopyKeeperParts): Promise<boolean> {
  const { device, reader, document, draw, drawPages } = parts
  for (let tries = 0; tries < mostTries; tries++) {
    const state = reader.get()
    // Nothing stored yet: no page to keep, and the copy that is left, if any, belongs to nobody.
    const { problem, departments } = state.device
    const isWorthIt = ({ release, note, status }: (typeof departments)[number]) =>
      release !== undefined || note !== undefined || status === 'ended'
    if (problem !== undefined || !departments.some(isWorthIt)) return true
    // A damaged department can be read in the copy only, until sync has brought it again.
    if (state.device.departments.some((each) => each.note?.code === 'damaged')) return true
    if (await device.readingCopyMatches(state).catch(() => false)) return true
    const pages = drawPages(state, {
      document,
      draw,
      pause: nextTask,
    })
    let isOutdated = false
    // On a first visit one department arrives while the other is drawn: no need to draw it to its end.
    const whileCurrent = async function* (drawn: AsyncIterable<DrawnPage>) {
      for await (const page of drawn) {
        isOutdated = reader.get().device.fingerprint !== state.device.fingerprint
        if (isOutdated) throw new Error('something else is stored by now')
        yield page
      }
    }
    const replaced = await device.replaceReadingCopy(whileCurrent(pages), state)
    if (replaced.outcome === 'failed' && replaced.code === 'full') reader.put({ problem: 'full' })
    if (!isOutdated && replaced.outcome !== 'outdated') return replaced.outcome === 'switched'
    await reader.reload()
  }
  return false
}
