import { addressIn, currentReadingCopyPage } from '../device/reading-copy/reading-copy.ts'

/**
 * The only script the page names. The worker has put the reading copy of the asked page into it; where it
 * could not, this does. It lets the copy be painted, and only then loads the framework, the database and
 * the keys, which take its place. Until they have (main sets `data-live`), it follows the person from page
 * to page in the copy.
 */
const scope = new URL('./', location.href).pathname
const root = document.getElementById('root')
const page = document.documentElement
let isShown = root?.dataset.copy !== undefined

/** What the app can do nothing without, as far as this window lacks it. */
const lacks = whatLacks()

/** A copy that cannot be read, or painted, within this time is not waited for; in milliseconds. */
const patience = 1500

/** Where the tries of this tab to begin anew are counted. */
const triesName = `planb-tries:${scope}`

/** Steps ticked in the copy, by the address of their page; the app takes them over when it starts. */
const ticks: Record<string, string[]> = {}

/** The page of the copy that is on the screen. */
let address = addressIn(location.hash)

/** Leaves what is on the screen where there is no copy of the page, or storage throws. */
async function paint(wanted: string): Promise<void> {
  try {
    const copy = await currentReadingCopyPage(caches, scope, wanted)
    if (!copy || !root || page.dataset.live !== undefined) return
    noteTicks(root)
    // Parsed apart and moved over: scripts in it would not run, and the copy is our own markup.
    const parsed = new DOMParser().parseFromString(copy.html, 'text/html')
    root.replaceChildren(...parsed.body.childNodes)
    address = wanted
    for (const step of ticks[address] ?? [])
      for (const box of boxes(root)) if (box.dataset.step === step) box.checked = true
    document.title = copy.title
    page.lang = copy.lang
    isShown = true
  } catch {
    // The app itself has to draw the page.
  }
}

const boxes = (within: HTMLElement) => within.querySelectorAll<HTMLInputElement>('input[data-step]')

/** What was ticked on the page that is left, for when the person comes back or the app is up. */
function noteTicks(within: HTMLElement): void {
  const ticked = [...boxes(within)].filter((box) => box.checked)
  ticks[address] = ticked.flatMap((box) => box.dataset.step ?? [])
  within.dataset.ticks = JSON.stringify(ticks)
}

const after = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

addEventListener('hashchange', () => {
  // `#content` and the like are places on the page.
  const isPage = location.hash === '' || location.hash.startsWith('#/')
  if (page.dataset.live === undefined && isShown && isPage)
    void paint(addressIn(location.hash)).then(() => scrollTo(0, 0))
})

if (lacks === undefined) await begin()
else void import('./cannot-run.ts').then(({ sayCannotRun }) => sayCannotRun(lacks, root))

async function begin(): Promise<void> {
  // Nothing is on the screen, and most often nothing is there to paint: all else would only delay the app.
  const early = isShown ? undefined : import('./main.tsx')
  early?.catch(() => undefined)

  if (!isShown) await Promise.race([paint(address), after(patience)])
  if (isShown) {
    // Two frames: the first draws the copy, the second says that it is on the screen. A page in the
    // background gets no frames.
    const frames = new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    if (document.visibilityState === 'visible') await Promise.race([frames, after(patience)])
  } else {
    document.querySelector('.first-visit')?.setAttribute('data-now', '')
  }
  ;(early ?? import('./main.tsx')).catch(async () => {
    if (page.dataset.live !== undefined) return
    // A page that the copy lacks, such as "Är telefonen redo?": the start leads on from there.
    if (!isShown) await paint('/')
    const note = document.createElement('p')
    note.className = 'cannot-start'
    note.setAttribute('role', 'status')
    note.textContent = isShown
      ? 'Appen kunde inte starta. Du läser den sparade kopian.'
      : 'Appen kom inte fram hel. Den försöker igen av sig själv. Händer inget på en minut: öppna länken igen, eller använd pärmen.'
    document.querySelector('.first-visit')?.remove()
    root?.prepend(note)
    // The worker checks each file it keeps and asks past the browser's cache: the next start is whole.
    if ('serviceWorker' in navigator)
      void navigator.serviceWorker
        .register('./sw.js', { updateViaCache: 'none' })
        .catch(() => undefined)
    if (!isShown) await startAgain()
  })
}

/**
 * On a first visit there is nothing to read meanwhile: what came false or cut is asked for past the browser's
 * cache until all of it is there, and the page begins anew, with the invitation that stands in its address.
 */
async function startAgain(): Promise<void> {
  const parts = document.querySelectorAll<HTMLScriptElement | HTMLLinkElement>(
    'script[src], link[rel="modulepreload"], link[rel="stylesheet"]',
  )
  const urls = [...parts].map((part) => ('src' in part ? part.src : part.href))
  const isThere = async (url: string) => {
    const response = await fetch(url, { cache: 'reload', redirect: 'error' })
    const type = response.headers.get('content-type') ?? ''
    await response.arrayBuffer()
    return response.ok && !type.includes('html')
  }
  // Counted past the reload: a script that is whole and fails all the same is not begun every few seconds.
  for (let tries = triesSoFar(); ; tries += 1) {
    await after(Math.min(4000 * 2 ** tries, 60_000) * (0.75 + Math.random() / 2))
    noteTries(tries + 1)
    const answers = await Promise.all(urls.map((url) => isThere(url).catch(() => false)))
    if (!answers.includes(false)) return location.reload()
  }
}

function triesSoFar(): number {
  try {
    return Number(sessionStorage.getItem(triesName) ?? 0)
  } catch {
    // Nothing can be counted: as seldom as can be.
    return 4
  }
}

function noteTries(tries: number): void {
  try {
    sessionStorage.setItem(triesName, String(tries))
  } catch {
    // See above.
  }
}

/** Over plain http browsers give no cryptography: nothing can be opened. Some private windows store nothing. */
function whatLacks(): 'crypto' | 'storage' | undefined {
  try {
    if ((crypto as Partial<Crypto>).subtle === undefined) return 'crypto'
    return (globalThis as { indexedDB?: IDBFactory }).indexedDB ? undefined : 'storage'
  } catch {
    return 'storage'
  }
}
