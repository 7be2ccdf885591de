import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { documentName } from '#domain/schema/document.ts'
import { windowTitle } from '#app/ui/page.tsx'
import { placeOf, settingsName } from './place.ts'
import type { ReaderState } from './reader-state.ts'

export interface DrawnPage {
  /** Without the `#`: `/d/hemtjanst/routine/tes-korlista`. */
  address: string
  title: string
  html: string
  /** Language of the interface. */
  lang: string
}

export interface DrawOptions {
  /** The app at an address, as it is on the screen. */
  draw: (address: string, state: ReaderState) => ReactNode
  /** Gives way between pages, so that drawing is never noticed. */
  pause: () => Promise<void>
  document: Document
}

/** Kinds with a page of their own, in the order that somebody in need looks for them. */
const paged = ['situation', 'routine', 'phone-tree', 'form', 'plan', 'exercise']

/**
 * Draws every page this person may see with the components of the screen, for the reading copy. What
 * belongs to a moment stays out: ticks, progress, offers, and readiness with its page: an old "ready"
 * would be a lie.
 */
export async function* drawPages(
  state: ReaderState,
  options: DrawOptions,
): AsyncGenerator<DrawnPage, void> {
  const calm: ReaderState = {
    ...state,
    occasions: [],
    readiness: [],
    progress: new Map(),
    restored: undefined,
    link: undefined,
    example: undefined,
    hasUpdate: false,
    lack: undefined,
    tried: 0,
    install: 'none',
    problem: undefined,
    undo: undefined,
    isCheckingReadiness: false,
    device: withoutProblem(state),
  }
  const holder = options.document.createElement('div')
  const root = createRoot(holder)
  try {
    for (const address of addressesOf(calm)) {
      await options.pause()
      flushSync(() => root.render(options.draw(address, calm)))
      const name = holder.querySelector('[data-page]')?.getAttribute('data-page') ?? ''
      const html = holder.innerHTML
      // A page that cannot be drawn is left out: the others must not wait for it.
      if (html !== '')
        yield { address, title: windowTitle(name), html, lang: calm.settings.language }
      // Each page from the start: nothing that one holds may be found in the next.
      flushSync(() => root.render(null))
    }
  } finally {
    root.unmount()
  }
}

/** Every address to draw, the start first, then department by department, the one looked at last first. */
export function addressesOf(state: ReaderState): string[] {
  const place = placeOf(state.device, state.settings, '/')
  const shown = new Set(place.shown.map(settingsName))
  const departments = [...state.device.departments].sort(
    (a, b) =>
      Number(b.organisation === place.organisation?.id) -
        Number(a.organisation === place.organisation?.id) ||
      Number(shown.has(settingsName(b))) - Number(shown.has(settingsName(a))),
  )
  // Home-screen shortcuts lead to these, whatever is shown.
  const merged = place.shown.length > 0 ? listPages.map((page) => `/${page}`) : []
  const own = departments.flatMap((each) => [
    `/d/${each.department}`,
    ...listPages.map((page) => `/d/${each.department}/${page}`),
    ...paged.flatMap((kind) =>
      (each.release?.documents ?? [])
        .filter((document) => document.kind === kind)
        .map((document) => `/d/${documentName(document)}`),
    ),
  ])
  return [
    ...new Set([
      '/',
      '/search',
      ...(departments.length > 1 ? ['/departments'] : []),
      ...merged,
      ...own,
    ]),
  ]
}

const listPages = ['routines', 'phone-trees', 'forms', 'contacts']

function withoutProblem(state: ReaderState): ReaderState['device'] {
  const { problem: _problem, ...device } = state.device
  return device
}
