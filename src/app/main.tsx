import { useEffect, useState, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import type { i18n as I18n } from 'i18next'
import type { DeviceState } from '#device/device-state.ts'
import { noteConfirmed } from '#device/reading-copy/reading-copy.ts'
import { openDevice } from '#device/open-device.ts'
import { changeInterfaceLanguage, createI18n } from '#i18n/create-i18n.ts'
import { usualLanguage } from '#i18n/usual-language.ts'
import { createSync } from '#sync/sync.ts'
import { createAddressSource, fixedAddress, type AddressSource } from '#app/ui/hash-location.ts'
import { rememberPages, type PageMemory } from '#app/ui/page-memory.ts'
import { readCarriedOver, restoreCarriedOver } from './reader/carry-over.ts'
import { createCopyKeeper } from './reader/copy-keeper.ts'
import { createReader, readFirstState, type ReaderStore } from './reader/create-reader.ts'
import { drawPages } from './reader/draw-pages.ts'
import { findExample } from './reader/example-invitations.ts'
import { createInstallPrompt, isInstalled } from './reader/install-prompt.ts'
import type { ReaderState } from './reader/reader-state.ts'
import { searchAddress } from './reader/search-query.ts'
import { takeLink } from './reader/take-link.ts'
import type { EditorParts } from './editor/editor-parts.ts'
import { App } from './routes.tsx'
import { registerServiceWorker } from './service-worker-registration.ts'
import { noCaches } from './no-caches.ts'
import { copyShowsMore, stayWithCopy } from './stay-with-copy.ts'

/*
 * Where the real things are made (clock, database, network, worker) and handed on. Order matters: what is
 * stored is read before the first render, so that content, never a spinner, takes the copy's place; the
 * network and the worker come after it.
 */
const base = new URL('./', location.href)
const root = document.getElementById('root')
if (root === null) throw new Error('no #root in the page')
const now = () => new Date()
const cacheStorage = 'caches' in window ? caches : noCaches

let store: ReaderStore | undefined
const installPrompt = createInstallPrompt(window, () =>
  store?.put({ install: installPrompt.offer() }),
)
const link = takeLink(window)
// Before the address is read, by which of the two events ever comes first: a key must be out of it then.
for (const event of ['popstate', 'hashchange'] as const) {
  window.addEventListener(event, () => {
    const opened = takeLink(window)
    if (opened !== undefined) store?.put({ link: opened })
  })
}

let worker: ReturnType<typeof registerServiceWorker> | undefined
let takeUpdate = () => location.reload()
const device = await openDevice({
  scope: base.pathname,
  now,
  indexedDB,
  keyRange: IDBKeyRange,
  caches: cacheStorage,
  language: usualLanguage(navigator.language),
  build: import.meta.url,
  ...('locks' in navigator ? { locks: navigator.locks } : {}),
  ...('BroadcastChannel' in window
    ? { createChannel: (name: string) => new BroadcastChannel(name) }
    : {}),
  ...('storage' in navigator ? { storage: navigator.storage } : {}),
  readiness: {
    isInstalled: () => isInstalled(window),
    worker: workerState,
    checkShell: async () => worker?.checkShell(),
    codeCheckedAt: async () => (await device.settings.get()).codeCheckedAt,
  },
})
let stored = await readFirstState(device)
const i18n = await createI18n(stored.settings.language)
const sync = createSync({
  device: device.sync,
  fetch: (input, init) => fetch(input, init),
  clock: {
    now,
    after(ms, run) {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  },
  random: Math.random,
  ...('locks' in navigator ? { locks: navigator.locks } : {}),
  visibility: {
    isVisible: () => document.visibilityState === 'visible',
    onChange(listener) {
      document.addEventListener('visibilitychange', listener)
      return () => document.removeEventListener('visibilitychange', listener)
    },
  },
})
const source = createAddressSource(window)
const copyIsBetter = (state: DeviceState) =>
  copyShowsMore({ caches: cacheStorage, scope: base.pathname, state, path: source.get().path })
if (await copyIsBetter(stored.device)) {
  await stay()
  stored = await readFirstState(device)
}
const first: ReaderState = {
  ...stored,
  isCheckingReadiness: false,
  storage: undefined,
  progress: new Map(),
  hasJoined: false,
  restored: undefined,
  link,
  example: undefined,
  hasUpdate: false,
  lack: 'serviceWorker' in navigator && 'caches' in window ? undefined : 'no-worker',
  tried: 0,
  install: installPrompt.offer(),
  problem: undefined,
  undo: undefined,
}
const reader = createReader(first, {
  device,
  sync,
  now,
  base: base.href,
  changeLanguage: (language) => changeInterfaceLanguage(i18n, language),
  installPrompt,
  applyUpdate: () => takeUpdate(),
  usualName: /iPhone|iPad|Android/.exec(navigator.userAgent)?.[0] ?? 'Dator',
})
store = reader

const editor: EditorParts = {
  device,
  sync,
  i18n,
  fetch: (input, init) => fetch(input, init),
  now,
  base: base.href,
}
const carried = readCarriedOver(root)
if (carried.query !== '') source.go(searchAddress(carried.query))
root.dataset.app = 'running'
document.documentElement.dataset.live = ''
flushSync(() => {
  createRoot(root, { onUncaughtError: backToCopy }).render(
    <Screen reader={reader} source={source} i18n={i18n} pages={rememberPages(window)} />,
  )
})
restoreCarriedOver(root, carried)
for (const [path, steps] of Object.entries(carried.earlier))
  if (path !== source.get().path) keepTicks(path, steps)
keepTicks(source.get().path, carried.ticks)

window.addEventListener('pageshow', (event) => {
  if (event.persisted) void device.probe().then(() => reader.reload())
})
// Content may be lost while the app is open: its pages are then read out of the copy.
source.subscribe(() => {
  void copyIsBetter(reader.get().device).then((isBetter) => isBetter && location.reload())
})
startWorker()
sync.start()
void publishWhatWaits()
device.onChange((change) => {
  if (change === 'drafts') void publishWhatWaits()
})
createCopyKeeper({
  device,
  reader,
  document,
  drawPages: (state, options) => drawPages(state, options),
  draw: (address, state) => (
    <App
      reader={{ state, actions: reader.actions }}
      source={fixedAddress(address)}
      i18n={i18n}
      live={{ live: false }}
    />
  ),
  onKept: () => void worker?.storeRest(),
  noteConfirmed: (times) => noteConfirmed(cacheStorage, base.pathname, times),
})
offerExample()

function Screen(props: {
  reader: ReaderStore
  source: AddressSource
  i18n: I18n
  pages: PageMemory
}) {
  const state = useSyncExternalStore(props.reader.subscribe, props.reader.get)
  const [clock, setClock] = useState(now)
  useEffect(() => {
    // "i dag" becomes "i går" at midnight, and what is 30 days old becomes so, on an open page too.
    const timer = setInterval(() => setClock(now()), 60_000)
    return () => clearInterval(timer)
  }, [])
  const { scheme } = state.settings
  useEffect(() => colourBar(scheme), [scheme])
  return (
    <App
      reader={{ state, actions: props.reader.actions }}
      source={props.source}
      i18n={props.i18n}
      live={{ live: true, now: clock, pages: props.pages }}
      editor={editor}
    />
  )
}

/** Keeps the reading copy on the screen while the app could show less; sync may mend what is damaged. */
async function stay(): Promise<void> {
  if (root === null) return
  const isEmptied = stored.device.problem === undefined && stored.device.departments.length === 0
  sync.start()
  await stayWithCopy({
    root,
    title: i18n.t(isEmptied ? 'offer.emptied' : 'offer.readOnly'),
    text: i18n.t(isEmptied ? 'offer.emptiedText' : 'offer.readOnlyText'),
    join: isEmptied ? i18n.t('offer.joinAgain') : undefined,
    isNeeded: async () => copyIsBetter(await device.load()),
    watch(look) {
      const returned = () => {
        if (document.visibilityState === 'visible') void device.probe().then(look)
      }
      const forgets = [source.subscribe(look), device.onChange(look)]
      document.addEventListener('visibilitychange', returned)
      return () => {
        for (const forget of forgets) forget()
        document.removeEventListener('visibilitychange', returned)
      }
    },
  })
}

/** The browser's own bar follows the page: the phone's scheme, or the one chosen here. */
function colourBar(scheme: 'auto' | 'light' | 'dark'): void {
  for (const bar of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    // As written in the page: two of them, each for one scheme of the phone.
    bar.dataset.own ??= bar.content
    const chosen = document.querySelector<HTMLMetaElement>(
      `meta[name="theme-color"][media*="${scheme}"]`,
    )
    bar.content = chosen?.dataset.own ?? chosen?.content ?? bar.dataset.own
  }
}

/** A fault in drawing must not leave an empty screen: what was drawn beforehand can still be read. */
function backToCopy(error: unknown): void {
  reportError(error)
  delete document.documentElement.dataset.live
  const note = document.createElement('p')
  note.className = 'cannot-start'
  note.setAttribute('role', 'status')
  note.textContent = i18n.t('offer.fault')
  document.body.prepend(note)
  // The first script paints the asked page, and follows the person from page to page.
  dispatchEvent(new Event('hashchange'))
}

/** Steps that were ticked in the reading copy, while the app was still being loaded. */
function keepTicks(path: string, steps: readonly string[]): void {
  const [, department, kind, id] = /^\/d\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(path) ?? []
  if (department === undefined || steps.length === 0) return
  const organisation = reader
    .get()
    .device.departments.find((each) => each.department === department)?.organisation
  for (const step of steps)
    void reader.actions.tick({
      name: `${department}/${kind}/${id}`,
      organisation,
      step,
      done: true,
    })
}

function startWorker(): void {
  if (!('serviceWorker' in navigator)) return
  worker = registerServiceWorker({
    container: navigator.serviceWorker,
    onUpdate(apply) {
      takeUpdate = apply
      reader.put({ hasUpdate: true })
    },
    onReady: () => {
      void reader.actions.checkReadiness()
      storeEditor()
    },
    onNeedReload(asked) {
      // Another tab took the update: this one goes on with what it has, and says so.
      if (asked) return location.reload()
      takeUpdate = () => location.reload()
      reader.put({ hasUpdate: true })
    },
  })
  // The older shell may go only when this one has opened what is stored.
  if (reader.get().device.problem === undefined) void worker.reportBooted()
  void noteCodeCheck(worker)
  storeEditor()
  device.onChange((change) => {
    if (change === 'content') storeEditor()
  })
  // Plans have come that only a newer app reads: it is looked for at once.
  let isTooOld = false
  const look = () => {
    const isNow = reader.get().device.organisations.some((each) => each.needsNewerApp)
    if (isNow && !isTooOld) void worker?.checkForUpdate()
    isTooOld = isNow
  }
  look()
  reader.subscribe(look)
}

/** Whoever may change plans has those screens on the phone too. */
function storeEditor(): void {
  if (reader.get().device.roles.length > 0) void worker?.storeEditor()
}

/** What a manager asked to be published before the browser was closed is sent now: no screen of theirs is needed. */
async function publishWhatWaits(): Promise<void> {
  for (const { organisation } of reader.get().device.roles) {
    const waiting = await device.publications(organisation).list()
    if (waiting.some((one) => one.state === 'waiting'))
      return void (await import('./editor/editor.tsx')).queueOf(editor)
  }
}

/** Asks the host for newer code, and remembers when it answered: at most once an hour. */
async function noteCodeCheck(registration: NonNullable<typeof worker>): Promise<void> {
  const { codeCheckedAt } = await device.settings.get()
  if (codeCheckedAt !== undefined && Math.abs(Date.now() - Date.parse(codeCheckedAt)) < 3_600_000)
    return
  if (await registration.checkForUpdate())
    await device.settings.set({ codeCheckedAt: now().toISOString() }).catch(() => undefined)
}

async function workerState(): Promise<'controlling' | 'active' | 'none' | undefined> {
  // Without one, nothing opens when the host is gone.
  if (!('serviceWorker' in navigator)) return 'none'
  if (navigator.serviceWorker.controller !== null) return 'controlling'
  const registration = await navigator.serviceWorker.getRegistration()
  return registration?.active == null ? 'none' : 'active'
}

/** Only who has nothing yet, or asks for more, and holds no code is offered the example; nobody else asks. */
function offerExample(): void {
  let isAsked = false
  const look = () => {
    const { device: held, link: opened } = reader.get()
    const isWanted = held.organisations.length === 0 || source.get().path === '/join'
    if (!isWanted || opened !== undefined || isAsked || reader.get().example !== undefined) return
    isAsked = true
    void findExample(base.href, (input, init) => fetch(input, init)).then((example) => {
      if (example !== undefined) reader.put({ example })
    })
  }
  look()
  reader.subscribe(look)
  source.subscribe(() => {
    isAsked = false
    look()
  })
}
