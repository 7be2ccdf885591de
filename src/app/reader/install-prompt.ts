import type { InstallOffer } from './reader-state.ts'

/** The browser's own event: not in the DOM types, since only some browsers have it. */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<unknown>
}

export interface InstallPrompt {
  /** What can be offered at this moment. */
  offer(): InstallOffer
  show(): Promise<void>
  decline(): void
}

const declinedKey = 'planb-install-declined'
/** After "not now" it is not offered again for so many days. */
const quietDays = 30

/** Holds the browser's install prompt until somebody wants it; `onChange` when there is one, or none. */
export function createInstallPrompt(window: Window, onChange: () => void): InstallPrompt {
  let waiting: BeforeInstallPromptEvent | undefined
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    waiting = event as BeforeInstallPromptEvent
    onChange()
  })
  window.addEventListener('appinstalled', () => {
    waiting = undefined
    onChange()
  })
  return {
    offer() {
      if (isInstalled(window)) return 'none'
      if (isIos(window.navigator)) return 'ios-tab'
      return waiting === undefined || wasDeclined(window) ? 'none' : 'prompt'
    },
    async show() {
      const event = waiting
      waiting = undefined
      await event?.prompt().catch(() => undefined)
      onChange()
    },
    decline() {
      try {
        window.localStorage.setItem(declinedKey, String(Date.now()))
      } catch {
        // Then it is offered again next time.
      }
    },
  }
}

/** Opened from the home screen, as far as the browser tells. */
export function isInstalled(window: Window): boolean {
  const { navigator } = window as { navigator: Navigator & { standalone?: boolean } }
  return navigator.standalone === true || window.matchMedia('(display-mode: standalone)').matches
}

/** iPads say they are Macs; no Mac has a touch screen. */
function isIos(navigator: Navigator): boolean {
  return (
    /iPad|iPhone|iPod/.test(navigator.userAgent) ||
    (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1)
  )
}

function wasDeclined(window: Window): boolean {
  try {
    const at = Number(window.localStorage.getItem(declinedKey) ?? 0)
    return Date.now() - at < quietDays * 86_400_000
  } catch {
    return false
  }
}
