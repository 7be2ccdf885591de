import { readingCopyPage } from '../device/reading-copy/reading-copy.ts'

/**
 * The only script the page names. It puts the reading copy of the asked page on the screen, lets it
 * be painted, and only then loads the framework, the database and the keys, which take its place.
 * Until they have, it follows the person from page to page in the copy.
 */
const scope = new URL('./', location.href).pathname
const root = document.getElementById('root')
let shown = false

async function paint(): Promise<void> {
  if (!root || root.dataset.app === 'running') return
  const address = decodeURI(location.hash.slice(1).split('?')[0] || '/')
  const page = await readingCopyPage(caches, scope, address)
  if (!page || root.dataset.app === 'running') return
  const copy = new DOMParser().parseFromString(page.html, 'text/html')
  root.replaceChildren(...copy.body.childNodes)
  document.title = page.title
  shown = true
}

/** A copy that cannot be read within this time is not waited for, in milliseconds. */
const patience = 1500

addEventListener('hashchange', () => void paint().catch(() => undefined))

await Promise.race([
  paint().catch(() => undefined),
  new Promise((resolve) => setTimeout(resolve, patience)),
])
if (shown) {
  // Two frames: the first draws the copy, the second says that it is on the screen. A page in the
  // background gets no frames, so time is enough there.
  await Promise.race([
    new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    new Promise((resolve) => setTimeout(resolve, 200)),
  ])
}
import('./main.tsx').catch(() => {
  const note = document.createElement('p')
  note.className = 'cannot-start'
  note.setAttribute('role', 'status')
  note.textContent = shown
    ? 'Appen kunde inte starta. Du läser den sparade kopian.'
    : 'Appen kunde inte starta. Stäng den och öppna den igen. Fungerar det inte: använd pärmen.'
  root?.prepend(note)
})
