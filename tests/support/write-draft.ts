import type { Page } from 'playwright-core'
import type { PlanBServer } from './planb-server.ts'

export interface WrittenDraft {
  name: string
  base?: { gen: number; v: number; body: unknown }
  body?: unknown
}

/**
 * Puts a draft on a manager's phone as its editor keeps it (device/drafts.ts), and tells the open pages: for tests
 * of what comes after the writing.
 */
export async function writeDraft(
  page: Page,
  server: Pick<PlanBServer, 'app'>,
  draft: WrittenDraft,
): Promise<void> {
  if (!page.url().startsWith(server.app)) await page.goto(server.app)
  await page.evaluate(async (written) => {
    const opened = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error ?? new Error('no database'))
      })
    const scope = new URL('./', location.href).pathname
    const names = (await indexedDB.databases()).map(({ name = '' }) => name)
    const name = names.find((each) => each.startsWith(`planb:${scope}:`))
    if (name === undefined) throw new Error(`no organisation among ${names.join()}`)
    const database = await opened(indexedDB.open(name))
    const records = database.transaction('records', 'readwrite').objectStore('records')
    const index = (await opened(records.get('drafts'))) as
      { value: { names: string[]; last: number } } | undefined
    const held = index?.value ?? { names: [], last: 0 }
    const rev = held.last + 1
    const value = { ...written, rev, changedAt: new Date().toISOString() }
    await opened(records.put({ name: `draft:${written.name}`, value }))
    const others = held.names.filter((each) => each !== written.name)
    await opened(
      records.put({ name: 'drafts', value: { names: [...others, written.name], last: rev } }),
    )
    database.close()
    const channel = new BroadcastChannel(`planb-changes:${scope}`)
    channel.postMessage('drafts')
    channel.close()
  }, draft)
}
