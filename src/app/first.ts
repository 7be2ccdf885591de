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

/** A copy that cannot be read, or painted, within this time is not waited for; in milliseconds. */
const patience = 1500

/** Leaves what is on the screen where there is no copy of the asked page, or storage throws. */
async function paint(): Promise<void> {
  try {
    const copy = await currentReadingCopyPage(caches, scope, addressIn(location.hash))
    if (!copy || !root || page.dataset.live !== undefined) return
    // Parsed apart and moved over: scripts in it would not run, and the copy is our own markup.
    const parsed = new DOMParser().parseFromString(copy.html, 'text/html')
    root.replaceChildren(...parsed.body.childNodes)
    document.title = copy.title
    page.lang = copy.lang
    isShown = true
  } catch {
    // The app itself has to draw the page.
  }
}

const after = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

addEventListener('hashchange', () => {
  if (page.dataset.live === undefined && isShown) void paint().then(() => scrollTo(0, 0))
})

// Nothing is on the screen, and most often nothing is there to paint: all else would only delay the app.
const early = isShown ? undefined : import('./main.tsx')
early?.catch(() => undefined)

if (!isShown) await Promise.race([paint(), after(patience)])
if (isShown) {
  // Two frames: the first draws the copy, the second says that it is on the screen. A page in the
  // background gets no frames.
  const frames = new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  if (document.visibilityState === 'visible') await Promise.race([frames, after(patience)])
} else {
  document.querySelector('.first-visit')?.removeAttribute('hidden')
}
;(early ?? import('./main.tsx')).catch(() => {
  if (page.dataset.live !== undefined) return
  const note = document.createElement('p')
  note.className = 'cannot-start'
  note.setAttribute('role', 'status')
  note.textContent = isShown
    ? 'Appen kunde inte starta. Du läser den sparade kopian.'
    : 'Appen kunde inte starta. Stäng den och öppna den igen. Fungerar det inte: använd pärmen.'
  root?.prepend(note)
  // The worker checks each file it keeps and asks past the browser's cache: the next start is whole.
  if ('serviceWorker' in navigator)
    void navigator.serviceWorker
      .register('./sw.js', { updateViaCache: 'none' })
      .catch(() => undefined)
})
