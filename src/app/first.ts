import { readingCopyPage } from '../device/reading-copy/reading-copy.ts'

/**
 * The only script the page names. It puts the reading copy of the asked page on the screen, lets it
 * be painted, and only then loads the framework, the database and the keys, which take its place.
 * Until they have (main sets `data-live`), it follows the person from page to page in the copy.
 */
const scope = new URL('./', location.href).pathname
const root = document.getElementById('root')
const page = document.documentElement
let shown = false

/** A copy that cannot be read within this time is not waited for, in milliseconds. */
const patience = 1500

async function paint(): Promise<void> {
  const address = location.hash.slice(1).split('?')[0] || '/'
  const copy = await readingCopyPage(caches, scope, address)
  if (!copy || !root || page.dataset.live !== undefined) return
  // Parsed apart and moved over: scripts in it would not run, and the copy is our own markup.
  const parsed = new DOMParser().parseFromString(copy.html, 'text/html')
  root.replaceChildren(...parsed.body.childNodes)
  document.title = copy.title
  page.lang = copy.lang
  shown = true
}

const paintOrLeave = () => paint().catch(() => undefined)
const after = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

addEventListener('hashchange', () => {
  if (page.dataset.live === undefined) void paintOrLeave().then(() => scrollTo(0, 0))
})

await Promise.race([paintOrLeave(), after(patience)])
if (shown) {
  // Two frames: the first draws the copy, the second says that it is on the screen. A page in the
  // background gets no frames, so time is enough there.
  const frames = new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  await Promise.race([frames, after(200)])
}
import('./main.tsx').catch(() => {
  if (page.dataset.live !== undefined) return
  const note = document.createElement('p')
  note.className = 'cannot-start'
  note.setAttribute('role', 'status')
  note.textContent = shown
    ? 'Appen kunde inte starta. Du läser den sparade kopian.'
    : 'Appen kunde inte starta. Stäng den och öppna den igen. Fungerar det inte: använd pärmen.'
  root?.prepend(note)
})
