import { mayBeOld, showOldNotes } from './old-notes.ts'

/**
 * The reading copy: every page this person may see, drawn beforehand as HTML and kept in Cache
 * Storage, one entry an address. It is on the screen before the framework, the database and the keys
 * are loaded, and it is what the emergency page shows when nothing of that can start.
 *
 * Layout, per base path (`scope`): cache `planb-copy:<scope>:<snapshot>` holds the pages of one
 * snapshot; cache `planb-copy:<scope>` holds one entry that names the snapshot in force. A copy is
 * written whole under its own name before the pointer is moved, so a crash leaves the old or the new.
 *
 * This room imports nothing of others: the first script, the service worker and the device all use it.
 */
export interface ReadingCopyPage {
  /** Hash address without `#`: `/`, `/d/hemtjanst/routine/tes-korlista`. */
  address: string
  title: string
  /** Markup of the page as the app drew it; made by our own components from verified documents. */
  html: string
  /** BCP 47 language of the interface, and its direction. */
  lang: string
}

const pointerUrl = 'https://reading-copy.invalid/current'
const confirmedUrl = 'https://reading-copy.invalid/confirmed'

function pageUrl(address: string): string {
  return `https://reading-copy.invalid/page?a=${encodeURIComponent(address)}`
}

function pointerCache(scope: string): string {
  return `planb-copy:${scope}`
}

function pagesCache(scope: string, snapshot: string): string {
  return `planb-copy:${scope}:${snapshot}`
}

/** The id of the snapshot whose copy is in force; undefined when there is none. */
export async function currentReadingCopy(
  caches: CacheStorage,
  scope: string,
): Promise<string | undefined> {
  // Not by open(): that would make an empty cache on every start of a phone that has no copy.
  const pointer = await caches.match(pointerUrl, { cacheName: pointerCache(scope) })
  return pointer ? await pointer.text() : undefined
}

/** One page of a snapshot's copy; undefined when there is no such copy or it lacks the page. */
export async function readingCopyPage(
  caches: CacheStorage,
  scope: string,
  snapshot: string,
  address: string,
): Promise<ReadingCopyPage | undefined> {
  const response = await caches.match(pageUrl(address), { cacheName: pagesCache(scope, snapshot) })
  return response ? readPage(response, address) : undefined
}

/** One page of the copy in force; undefined when there is no copy or it lacks the page. */
export async function currentReadingCopyPage(
  caches: CacheStorage,
  scope: string,
  address: string,
): Promise<(ReadingCopyPage & { snapshot: string }) | undefined> {
  const snapshot = await currentReadingCopy(caches, scope)
  if (snapshot === undefined) return undefined
  const page = await readingCopyPage(caches, scope, snapshot, address)
  return page && { ...(await withOldNotes(caches, scope, page)), snapshot }
}

/**
 * Notes when departments were last confirmed, after their pages were drawn: what is 30 days old then says
 * so by these. @param times RFC 3339, by what the pages name (`data-old`)
 */
export async function noteConfirmed(
  caches: CacheStorage,
  scope: string,
  times: Readonly<Record<string, string>>,
): Promise<void> {
  const cache = await caches.open(pointerCache(scope))
  await cache.put(confirmedUrl, new Response(JSON.stringify(times)))
}

/** A page as it is to be read today. Reads more only where a note may hold. */
async function withOldNotes(
  caches: CacheStorage,
  scope: string,
  page: ReadingCopyPage,
): Promise<ReadingCopyPage> {
  const now = Date.now()
  if (!mayBeOld(page.html, now)) return page
  const noted = await caches
    .match(confirmedUrl, { cacheName: pointerCache(scope) })
    .then((response) => response?.json() as Promise<Record<string, string>> | undefined)
    .catch(() => undefined)
  return { ...page, html: showOldNotes(page.html, now, noted ?? {}) }
}

/** The address of a page in what stands behind `#`: no query, no slash at the end; the start for what is none. */
export function addressIn(hash: string): string {
  const path = (hash.slice(1).split('?')[0] ?? '').replace(/\/+$/, '')
  return path.startsWith('/') && path !== '/index.html' ? path : '/'
}

/** Every page of the copy in force, in the order they were written. */
export async function listReadingCopy(
  caches: CacheStorage,
  scope: string,
): Promise<ReadingCopyPage[]> {
  const snapshot = await currentReadingCopy(caches, scope)
  if (snapshot === undefined) return []
  const cache = await caches.open(pagesCache(scope, snapshot))
  const pages: ReadingCopyPage[] = []
  for (const request of await cache.keys()) {
    const address = new URL(request.url).searchParams.get('a')
    const response = await cache.match(request)
    if (address !== null && response)
      pages.push(await withOldNotes(caches, scope, await readPage(response, address)))
  }
  return pages
}

/**
 * Writes a whole copy under a snapshot's id, without putting it in force. Throws what Cache Storage
 * throws (a full disk: QuotaExceededError), after removing what it had written.
 */
export async function writeReadingCopy(
  caches: CacheStorage,
  scope: string,
  snapshot: string,
  pages: AsyncIterable<ReadingCopyPage> | Iterable<ReadingCopyPage>,
): Promise<number> {
  const name = pagesCache(scope, snapshot)
  await caches.delete(name)
  const cache = await caches.open(name)
  let count = 0
  // The next page is drawn while this one is written; still one after the other, so order is kept.
  let writing: Promise<void> | undefined
  try {
    for await (const page of pages) {
      await writing
      writing = cache.put(
        pageUrl(page.address),
        new Response(page.html, {
          headers: {
            'content-type': 'text/plain; charset=utf-8',
            'x-title': encodeURIComponent(page.title),
            'x-lang': page.lang,
          },
        }),
      )
      // Awaited with the next page; should drawing that one fail first, nobody else listens.
      writing.catch(() => undefined)
      count += 1
    }
    await writing
  } catch (error) {
    await caches.delete(name)
    throw error
  }
  return count
}

/** Puts a written copy in force and removes the others. */
export async function switchReadingCopy(
  caches: CacheStorage,
  scope: string,
  snapshot: string,
): Promise<void> {
  const pointer = await caches.open(pointerCache(scope))
  await pointer.put(pointerUrl, new Response(snapshot))
  for (const name of await caches.keys()) {
    if (name.startsWith(`${pointerCache(scope)}:`) && name !== pagesCache(scope, snapshot))
      await caches.delete(name)
  }
}

/** Removes the copy altogether: only when the last department has been left. */
export async function clearReadingCopy(caches: CacheStorage, scope: string): Promise<void> {
  await caches.delete(pointerCache(scope))
  for (const name of await caches.keys()) {
    if (name.startsWith(`${pointerCache(scope)}:`)) await caches.delete(name)
  }
}

/** Takes single pages out of the copy in force, which then lacks them until it is written anew. */
export async function removeFromReadingCopy(
  caches: CacheStorage,
  scope: string,
  isGone: (address: string) => boolean,
): Promise<void> {
  const snapshot = await currentReadingCopy(caches, scope)
  if (snapshot === undefined) return
  const cache = await caches.open(pagesCache(scope, snapshot))
  for (const request of await cache.keys()) {
    const address = new URL(request.url).searchParams.get('a')
    if (address !== null && isGone(address)) await cache.delete(request)
  }
}

async function readPage(response: Response, address: string): Promise<ReadingCopyPage> {
  return {
    address,
    title: decodeURIComponent(response.headers.get('x-title') ?? ''),
    lang: response.headers.get('x-lang') ?? 'sv',
    html: await response.text(),
  }
}
