import { currentReadingCopy, readingCopyPage } from '../device/reading-copy/reading-copy.ts'

/**
 * The only script the page names. It puts the reading copy of the asked page on the screen, lets it
 * be painted, and only then loads the framework, the database and the keys, which take its place.
 * Until they have (main sets `data-live`), it follows the person from page to page in the copy.
 */
const scope = new URL('./', location.href).pathname
const root = document.getElementById('root')
const page = document.documentElement
let shown: string | undefined

/** A copy that cannot be read, or painted, within this time is not waited for; in milliseconds. */
const patience = 1500

/**
 * Where the id of the copy in force is noted: read at once, where asking Cache Storage for it first costs
 * two more turns. Only a hint: what Cache Storage says is asked afterwards, and wins.
 */
const hintName = `planb-copy:${scope}`

async function paint(snapshot: string | undefined): Promise<void> {
  if (snapshot === undefined) return
  const address = location.hash.slice(1).split('?')[0] || '/'
  const copy = await readingCopyPage(caches, scope, snapshot, address)
  if (!copy || !root || page.dataset.live !== undefined) return
  // Parsed apart and moved over: scripts in it would not run, and the copy is our own markup.
  const parsed = new DOMParser().parseFromString(copy.html, 'text/html')
  root.replaceChildren(...parsed.body.childNodes)
  document.title = copy.title
  page.lang = copy.lang
  shown = snapshot
}

/** Paints the copy in force where another one, or none, is on the screen. */
async function paintCurrent(): Promise<void> {
  const snapshot = await currentReadingCopy(caches, scope)
  if (snapshot === shown) return
  noteHint(snapshot)
  await paint(snapshot)
}

async function paintOrLeave(): Promise<void> {
  try {
    await paint(readHint())
    if (shown === undefined) await paintCurrent()
  } catch {
    // Storage that throws only means that the app itself has to draw the page.
  }
}

function readHint(): string | undefined {
  try {
    return localStorage.getItem(hintName) ?? undefined
  } catch {
    return undefined
  }
}

function noteHint(snapshot: string | undefined): void {
  try {
    if (snapshot !== undefined) localStorage.setItem(hintName, snapshot)
  } catch {
    // The next start asks Cache Storage, as this one did.
  }
}

const after = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

addEventListener('hashchange', () => {
  if (page.dataset.live === undefined && shown !== undefined)
    void paint(shown)
      .then(() => scrollTo(0, 0))
      .catch(() => undefined)
})

// Nothing to paint, as far as can be told at once: what it would delay is all there is to wait for.
const early = readHint() === undefined ? import('./main.tsx') : undefined
early?.catch(() => undefined)

await Promise.race([paintOrLeave(), after(patience)])
if (shown === undefined) {
  document.querySelector('.first-visit')?.removeAttribute('hidden')
} else {
  // Two frames: the first draws the copy, the second says that it is on the screen. A page in the
  // background gets no frames.
  const frames = new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  if (document.visibilityState === 'visible') await Promise.race([frames, after(patience)])
  paintCurrent().catch(() => undefined)
}
;(early ?? import('./main.tsx')).catch(() => {
  if (page.dataset.live !== undefined) return
  const note = document.createElement('p')
  note.className = 'cannot-start'
  note.setAttribute('role', 'status')
  note.textContent =
    shown !== undefined
      ? 'Appen kunde inte starta. Du läser den sparade kopian.'
      : 'Appen kunde inte starta. Stäng den och öppna den igen. Fungerar det inte: använd pärmen.'
  root?.prepend(note)
  // The worker checks each file it keeps and asks past the browser's cache: the next start is whole.
  if ('serviceWorker' in navigator)
    void navigator.serviceWorker
      .register('./sw.js', { updateViaCache: 'none' })
      .catch(() => undefined)
})
