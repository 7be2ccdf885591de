/**
 * Where one was on each page of the history. Browsers restore scrolling before our pages are drawn, and
 * a phone may end the app during a call: the places lie in sessionStorage, so that one returns to the
 * same line afterwards.
 */
export interface PageMemory {
  /** Says whether the page now shown has been on the screen before (back, forward, reload). */
  arrive(): { scrollTop: number } | undefined
  stop(): void
}

const storageKey = 'planb-places'
/** History entries that are remembered. */
const most = 60

export function rememberPages(window: Window): PageMemory {
  const { history, sessionStorage } = window
  const places = readPlaces(sessionStorage)
  let current = entryOf(history)
  history.scrollRestoration = 'manual'

  const note = () => {
    if (current !== undefined) places.set(current, Math.round(window.scrollY))
  }
  const keep = () => {
    note()
    try {
      sessionStorage.setItem(storageKey, JSON.stringify([...places].slice(-most)))
    } catch {
      // Storage may be off or full: places are a comfort, not content.
    }
  }
  let waiting = false
  const onScroll = () => {
    if (waiting) return
    waiting = true
    window.requestAnimationFrame(() => {
      waiting = false
      note()
    })
  }
  window.addEventListener('scroll', onScroll, { passive: true })
  window.addEventListener('pagehide', keep)
  window.document.addEventListener('visibilitychange', keep)
  return {
    arrive() {
      current = entryOf(history)
      if (current !== undefined) {
        const scrollTop = places.get(current)
        return scrollTop === undefined ? undefined : { scrollTop }
      }
      current = `${Date.now().toString(36)}-${places.size}`
      places.set(current, 0)
      history.replaceState({ ...(history.state as object | null), entry: current }, '')
      return undefined
    },
    stop() {
      window.removeEventListener('scroll', onScroll)
      window.removeEventListener('pagehide', keep)
      window.document.removeEventListener('visibilitychange', keep)
    },
  }
}

function entryOf(history: History): string | undefined {
  const state: unknown = history.state
  if (typeof state !== 'object' || state === null || !('entry' in state)) return undefined
  return typeof state.entry === 'string' ? state.entry : undefined
}

function readPlaces(storage: Storage): Map<string, number> {
  try {
    const stored: unknown = JSON.parse(storage.getItem(storageKey) ?? '[]')
    if (!Array.isArray(stored)) return new Map()
    return new Map(
      stored.filter(
        (each): each is [string, number] =>
          Array.isArray(each) && typeof each[0] === 'string' && typeof each[1] === 'number',
      ),
    )
  } catch {
    return new Map()
  }
}
