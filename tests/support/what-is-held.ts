import type { Page } from 'playwright-core'

/** The key that is the phone's name in the organisation, out of its database. */
export function keyOf(page: Page): Promise<{ kid: string; jwk: object }> {
  return page.evaluate(async () => {
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((done, fail) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => done(opening.result)
        opening.onerror = () => fail(new Error('database'))
      })
      const row = await new Promise<{ value?: Record<string, unknown> } | undefined>((done) => {
        const asked = database.transaction('records').objectStore('records').get('device')
        asked.onsuccess = () => done(asked.result as never)
        asked.onerror = () => done(undefined)
      })
      database.close()
      const value = row?.value
      if (typeof value?.device === 'string')
        return { kid: value.device, jwk: (value.signing ?? value.jwk ?? value) as object }
    }
    throw new Error('no device')
  })
}

/** Names of caches and tables of the browser that hold a text in the clear; `blobs` while any is left. */
export function heldText(page: Page, text: string): Promise<string[]> {
  return page.evaluate(async (wanted) => {
    const found: string[] = []
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const key of await cache.keys())
        if ((await (await cache.match(key))?.text())?.includes(wanted)) found.push(key.url)
    }
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((done) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => done(opening.result)
      })
      for (const table of database.objectStoreNames) {
        const rows = await new Promise<unknown[]>((done) => {
          const asked = database.transaction(table).objectStore(table).getAll()
          asked.onsuccess = () => done(asked.result as unknown[])
        })
        if (table === 'blobs' && rows.length > 0) found.push('blobs')
        if (JSON.stringify(rows).includes(wanted)) found.push(table)
      }
      database.close()
    }
    return found
  }, text)
}

/** Whether a page of the reading copy in force holds a text. */
export function copyHolds(page: Page, text: string): Promise<boolean> {
  return page.evaluate(async (wanted) => {
    const scope = new URL('./', location.href).pathname
    const pointer = await caches.match('https://reading-copy.invalid/current')
    if (!pointer) return false
    const pages = await caches.open(`planb-copy:${scope}:${await pointer.text()}`)
    for (const key of await pages.keys())
      if ((await (await pages.match(key))?.text())?.includes(wanted)) return true
    return false
  }, text)
}
