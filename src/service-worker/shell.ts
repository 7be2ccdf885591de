import { PrecacheController } from 'workbox-precaching'
import { createBootRecord } from './boot-record.ts'
import type { Stylesheet } from './page-with-copy.ts'

/** One file of the reader's list or of the rest, as the build injects it. */
export interface ShellFile {
  url: string
  /** null for files with a hash in their name. */
  revision: string | null
  integrity: string
  /**
   * `reader`: stored before the worker takes over. `rest`: stored once there are plans to read. `editor`:
   * stored once this phone has a role.
   */
  list: 'reader' | LaterList
}

/** Lists that are stored when the page says so. */
export type LaterList = 'rest' | 'editor'
const laterLists: readonly LaterList[] = ['rest', 'editor']

export interface ShellCheck {
  /** Hash over all files: names this build. */
  build: string
  /** Those this phone holds: the reader's list, and each other once it has been stored. */
  files: number
  /** Files that are missing or whose bytes are not those of the build. */
  broken: string[]
}

export type Shell = ReturnType<typeof createShell>

interface ShellOptions {
  caches: CacheStorage
  scope: URL
  files: ShellFile[]
}

/**
 * The app's own files in Cache Storage, one cache a build. A build's cache is complete before its
 * worker takes over, and the build before it is kept until the new one has reported that it started
 * and opened the database: a version that does not start never takes the app away from anybody.
 *
 * No function here touches the network but `install`, `store`, `repair`, and `answer` for a file
 * that both caches lost.
 */
export function createShell({ caches, scope, files }: ShellOptions) {
  const prefix = `planb-shell:${scope.pathname}:`
  const reader = files.filter(({ list }) => list === 'reader')
  const index = files.find((file) => file.url === 'index.html')
  const build = index?.revision ?? 'none'
  const controller = new PrecacheController({ cacheName: prefix + build })
  controller.addToCacheList(reader)
  // Workbox puts its own prefix and suffix around a cache's name: read it back.
  const cacheName = controller.strategy.cacheName
  const record = createBootRecord({ caches, scope, build })
  const paths = new Set(files.map((file) => new URL(file.url, scope).pathname))

  /** Names of older builds' caches. */
  async function olderCaches(): Promise<string[]> {
    return (await caches.keys()).filter((name) => name.includes(prefix) && name !== cacheName)
  }

  /**
   * Fills this build's cache with every list that this phone holds: what an older build has is taken from
   * there, all else fetched. An update that took over with less would leave a hole offline.
   */
  async function install(event: ExtendableEvent): Promise<void> {
    try {
      await adoptUnchanged()
      // One file that failed is asked for once more, past the browser's cache: a false answer may lie
      // there for a year.
      await controller.install(watched(event)).catch(repair)
      const older = await olderCaches()
      for (const list of laterLists) {
        const held = await Promise.all(older.map((name) => holds(name, list)))
        if (held.includes(true)) await fetchList(list)
      }
      const { broken } = await check()
      if (broken.length > 0) throw new Error(`shell: wrong bytes in ${broken.join(', ')}`)
    } catch (error) {
      // A half-filled cache must not be found by anybody; the worker in force goes on.
      await caches.delete(cacheName)
      throw error
    }
  }

  async function adoptUnchanged(): Promise<void> {
    const cache = await caches.open(cacheName)
    for (const name of await olderCaches()) {
      const older = await caches.open(name)
      for (const file of files) {
        const key = keyOf(file)
        if (file.revision !== null || (await cache.match(key))) continue
        const response = await older.match(key)
        if (response && (await hasIntegrity(response.clone(), file.integrity)))
          await cache.put(key, response)
      }
    }
  }

  /** Stores a list, or what is missing of it. Never rejects: the next start tries again. */
  async function store(list: LaterList): Promise<void> {
    await fetchList(list).catch(() => undefined)
  }

  async function fetchList(list: LaterList): Promise<void> {
    const cache = await caches.open(cacheName)
    const listed = files.filter((file) => file.list === list)
    await Promise.all(
      listed.map(async (file) => {
        const key = keyOf(file)
        if (await cache.match(key)) return
        const response = await fetch(key, {
          integrity: file.integrity,
          cache: file.revision === null ? 'default' : 'reload',
        })
        if (!response.ok || !(await hasIntegrity(response.clone(), file.integrity)))
          throw new Error(`shell: ${file.url} is not that of this build`)
        await cache.put(key, response)
      }),
    )
    if (listed.length > 0) await cache.put(markOf(list), new Response(''))
  }

  async function holds(name: string, list: LaterList): Promise<boolean> {
    return (await (await caches.open(name)).match(markOf(list))) !== undefined
  }

  /** As Workbox names what it stores. */
  function keyOf({ url, revision }: ShellFile): string {
    const key = new URL(url, scope)
    if (revision !== null) key.searchParams.set('__WB_REVISION__', revision)
    return key.href
  }

  /** Hashes every stored file again. Unknown is never reported as whole: errors count as broken. */
  async function check(): Promise<ShellCheck> {
    const broken: string[] = []
    const cache = await caches.open(cacheName)
    const lists: string[] = ['reader']
    for (const list of laterLists)
      if (await holds(cacheName, list).catch(() => true)) lists.push(list)
    const held = files.filter(({ list }) => lists.includes(list))
    for (const file of held) {
      const response = await cache.match(keyOf(file)).catch(() => undefined)
      if (!response || !(await hasIntegrity(response, file.integrity))) broken.push(file.url)
    }
    return { build, files: held.length, broken }
  }

  /**
   * Fetches what is missing or wrong again, when a start was answered without it. The start page comes
   * last: while it is missing, nobody starts half an app. Never throws.
   */
  async function repair(): Promise<void> {
    try {
      const { broken } = await check()
      const cache = await caches.open(cacheName)
      const wanted = files.filter((file) => broken.includes(file.url))
      for (const file of wanted.sort((a, b) => Number(a === index) - Number(b === index))) {
        const { integrity } = file
        const options = { cache: 'reload', redirect: 'error', integrity } as const
        const response = await fetch(new URL(file.url, scope), options)
        if (!response.ok) return
        await cache.put(keyOf(file), response)
      }
    } catch {
      // No host, or no room: the next start tries again.
    }
  }

  /** A page that was loaded by `script` reports that it started and opened the database. */
  async function booted(script: string): Promise<void> {
    if (!URL.canParse(script) || !paths.has(new URL(script).pathname)) return
    await record.markBooted()
    for (const name of await olderCaches()) await caches.delete(name)
  }

  /** The stored start page: this build's, or the older one's when this one never starts. */
  async function startPage(): Promise<Response | undefined> {
    const [isGivenUp, current] = await Promise.all([
      record.isGivenUp(),
      matchIn(cacheName, 'index.html'),
    ])
    if (current && !isGivenUp) return current
    for (const name of await olderCaches().catch(() => [])) {
      const older = await matchIn(name, 'index.html')
      if (older) return older
    }
    return current
  }

  async function matchIn(name: string, url: string): Promise<Response | undefined> {
    try {
      // One step where opening the cache first would be two.
      return await caches.match(new URL(url, scope).href, { cacheName: name, ignoreSearch: true })
    } catch {
      // Safari's Cache API can throw here (angular#50378): the next step of the ladder takes over.
      return undefined
    }
  }

  /** This build's styles, as text. */
  async function stylesheet(): Promise<Stylesheet | undefined> {
    const file = reader.find(({ url }) => url.endsWith('.css'))
    const response = file && (await matchIn(cacheName, file.url))
    return response && { url: file.url, integrity: file.integrity, text: await response.text() }
  }

  /** A file of the shell: this build's, an older build's, else the network. Never rejects. */
  async function answer(request: Request): Promise<Response> {
    const stored = await matchIn(cacheName, request.url)
    if (stored) return stored
    for (const name of await olderCaches().catch(() => [])) {
      const response = await matchIn(name, request.url)
      if (response) return response
    }
    try {
      return await fetch(request)
    } catch {
      return new Response('', { status: 504, statusText: 'Not stored, and no connection' })
    }
  }

  /** Whether a request is for the app's own files: of this build, or hashed ones of an older. */
  function isOurs(url: URL): boolean {
    return paths.has(url.pathname) || url.pathname.startsWith(`${scope.pathname}assets/`)
  }

  return {
    build,
    install,
    store,
    check,
    repair,
    booted,
    startPage,
    stylesheet,
    answer,
    isOurs,
    record,
  }
}

/**
 * Workbox makes the event wait for its own work too, and a failure of that would fail the install even
 * where it has been mended: the event waits for ours alone.
 */
function watched(event: ExtendableEvent): ExtendableEvent {
  const waitUntil = (work: Promise<unknown>) => void work.catch(() => undefined)
  return new Proxy(event, {
    get: (target, name) =>
      name === 'waitUntil' ? waitUntil : (Reflect.get(target, name, target) as unknown),
  })
}

/** Entry of a shell cache that says: this list has been stored here, and whatever lacks of it is broken. */
const markOf = (list: LaterList) => `https://planb-shell.invalid/holds/${list}`

/** Whether a body has the digest of a Subresource Integrity value (`sha256-…`). */
async function hasIntegrity(response: Response, integrity: string): Promise<boolean> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await response.arrayBuffer()))
  return integrity === `sha256-${btoa(String.fromCharCode(...digest))}`
}
