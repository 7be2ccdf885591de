import type { ReactNode } from 'react'
import type { Device } from '#device/open-device.ts'
import type { ReaderStore } from './create-reader.ts'
import type { DrawnPage, DrawOptions } from './draw-pages.ts'
import type { ReaderState } from './reader-state.ts'

export interface CopyKeeperParts {
  device: Device
  reader: ReaderStore
  document: Document
  draw: (address: string, state: ReaderState) => ReactNode
  drawPages: (state: ReaderState, options: DrawOptions) => AsyncIterable<DrawnPage>
  /** Plans are stored, and their copy drawn. */
  onKept: () => void
}

/** How long a change may settle before pages are drawn, in milliseconds: several often come together. */
const settleMs = 400
/** How often it is tried again when what is stored changes while it is drawn. */
const mostTries = 3

/**
 * Keeps the reading copy that of what is stored, chosen and drawn by this version of the app: looks
 * at the start, and whenever content or settings change. Afterwards readiness is looked at again.
 */
export function createCopyKeeper(parts: CopyKeeperParts): void {
  const { reader } = parts
  let timer: ReturnType<typeof setTimeout> | undefined
  let isDrawing = false
  let isWanted = false

  const want = () => {
    isWanted = true
    clearTimeout(timer)
    timer = setTimeout(() => void work(), settleMs)
  }
  const work = async () => {
    if (isDrawing) return
    isDrawing = true
    try {
      while (isWanted) {
        isWanted = false
        await redraw(parts)
      }
    } finally {
      isDrawing = false
    }
    if (reader.get().device.departments.some(({ release }) => release)) parts.onKept()
    await reader.actions.checkReadiness()
  }

  let { fingerprint } = reader.get().device
  let { settings } = reader.get()
  reader.subscribe(() => {
    const state = reader.get()
    if (state.device.fingerprint === fingerprint && state.settings === settings) return
    fingerprint = state.device.fingerprint
    settings = state.settings
    want()
  })
  want()
}

async function redraw({
  device,
  reader,
  document,
  draw,
  drawPages,
}: CopyKeeperParts): Promise<void> {
  for (let tries = 0; tries < mostTries; tries++) {
    // Nothing joined: no page to keep, and the copy that is left, if any, belongs to nobody.
    const state = reader.get()
    if (state.device.problem !== undefined || state.device.departments.length === 0) return
    // A damaged department can be read in the copy only, until sync has brought it again.
    if (state.device.departments.some((each) => each.note?.code === 'damaged')) return
    if (await device.readingCopyMatches().catch(() => false)) return
    const pages = drawPages(state, {
      document,
      draw,
      pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
    })
    const replaced = await device.replaceReadingCopy(pages)
    if (replaced.outcome === 'failed' && replaced.code === 'full') reader.put({ problem: 'full' })
    if (replaced.outcome !== 'outdated') return
    await reader.reload()
  }
}
