import { Workbox } from 'workbox-window'

/** What the worker says about the stored shell: its build and the files whose bytes are wrong. */
export interface ShellReport {
  build: string
  files: number
  broken: string[]
}

export interface Registration {
  /** Tells the worker that this page started and opened the database: the older shell may go. */
  reportBooted(): Promise<void>
  /** Tells the worker that plans are stored: what nobody needs to read them may follow now. */
  storeRest(): Promise<void>
  /** Tells the worker that this phone has a role: the screens of managers are to open offline too. */
  storeEditor(): Promise<void>
  /** Hashes the stored shell again. Undefined where no worker is in charge or none answers. */
  checkShell(): Promise<ShellReport | undefined>
  /** Asks the host for a newer version. True when the host answered. */
  checkForUpdate(): Promise<boolean>
}

interface RegistrationOptions {
  container: ServiceWorkerContainer
  /** A newer version lies ready; `apply` makes it take over when the person says so. */
  onUpdate(apply: () => void): void
  /** The first version is installed. Stored is not yet checked: see `checkShell`. */
  onReady(): void
  /**
   * Another version has taken over. `asked` is true in the tab that asked for it: reload there, after
   * drafts are saved; other tabs go on with what they have loaded and offer to reload.
   */
  onNeedReload(asked: boolean): void
}

/** How long the worker may take to answer a question, in milliseconds. */
const patience = 5000

const address = './sw.js'
const settings = { scope: './', updateViaCache: 'none' } as const

/** First and longest pause before a worker that could not be installed is tried again. */
const shortestRetryMs = 4000
const longestRetryMs = 5 * 60_000

/**
 * Registers the service worker. workbox-window is used directly, not through the plugin's ready-made
 * module, since that reloads every tab and cannot set `updateViaCache: 'none'`.
 * Never throws: an app without a worker still shows what is stored.
 */
export function registerServiceWorker(options: RegistrationOptions): Registration {
  const { container } = options
  const workbox = new Workbox(address, settings)
  let asked = false
  const apply = () => {
    asked = true
    workbox.messageSkipWaiting()
  }
  workbox.addEventListener('waiting', () => options.onUpdate(apply))
  workbox.addEventListener('activated', (event) => {
    if (!event.isUpdate) options.onReady()
  })
  const hadController = container.controller !== null
  container.addEventListener('controllerchange', () => {
    if (hadController || asked) options.onNeedReload(asked)
  })
  const registered = workbox.register({ immediate: true }).catch(() => undefined)
  // A first visit over a bad line: without a worker, nothing opens when the host is gone.
  const tryAgain = (pause: number) =>
    setTimeout(() => {
      void hasWorker(container).then((isThere) => {
        if (isThere && pause > shortestRetryMs) options.onReady()
        if (!isThere) tryAgain(Math.min(2 * pause, longestRetryMs))
      })
    }, pause)
  tryAgain(shortestRetryMs)

  async function ask<T>(message: object): Promise<T | undefined> {
    const worker = container.controller
    if (!worker) return undefined
    const channel = new MessageChannel()
    const answer = new Promise<T | undefined>((resolve) => {
      channel.port1.onmessage = (event: MessageEvent<T>) => resolve(event.data)
      setTimeout(() => resolve(undefined), patience)
    })
    worker.postMessage(message, [channel.port2])
    return await answer
  }

  return {
    async reportBooted() {
      // The worker compares the page's own script with its list: a page of the older build, shown
      // because the new one never started, must not let the older shell go.
      const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]')
      const { active } = await container.ready
      if (script) active?.postMessage({ type: 'BOOTED', script: script.src })
    },
    async storeRest() {
      const { active } = await container.ready
      active?.postMessage({ type: 'STORE_REST' })
    },
    async storeEditor() {
      const { active } = await container.ready
      active?.postMessage({ type: 'STORE_EDITOR' })
    },
    checkShell: () => ask<ShellReport>({ type: 'CHECK_SHELL' }),
    async checkForUpdate() {
      try {
        const registration = await registered
        await registration?.update()
        return registration !== undefined
      } catch {
        return false
      }
    },
  }
}

/** Whether a worker is active; where none is and none is being installed, asks for one again. */
async function hasWorker(container: ServiceWorkerContainer): Promise<boolean> {
  try {
    const registration = await container.getRegistration()
    if (registration?.active) return true
    if (!registration?.installing) {
      // A line that garbled the script has left it in the browser's own cache, under the tag of the right one: asked
      // whether it is still the same, the host says yes for ever.
      await fetch(address, { cache: 'reload' })
      await container.register(address, settings)
    }
  } catch {
    // The host does not answer, or the browser refuses workers: tried again more and more seldom.
  }
  return false
}
