import type { Page } from 'playwright-core'
import type { StartLine } from './planb-server.ts'

/** Makes a browser the coordinator's by the example's link, and waits until the department's plans are there. */
export async function becomeWriter(page: Page, server: StartLine): Promise<void> {
  await page.goto(server.coordinator)
  await page.getByRole('button', { name: 'Ja, lägg in nycklarna' }).click()
  await page.waitForFunction(() => location.hash === '#/departments')
  await page.goto(`${server.app}#/edit/d/hemtjanst`)
  await page.locator('.write-kinds .row').first().waitFor({ timeout: 60_000 })
}

/** Opens a document to write in. */
export async function openWriting(page: Page, server: StartLine, name: string): Promise<void> {
  await page.goto('about:blank')
  await page.goto(`${server.app}#/edit/d/${name}`)
  await page.locator('.write-bar').waitFor({ timeout: 20_000 })
}

/** The field at a place, `phases/minutes15/steps/0/text`. */
export function field(page: Page, place: string) {
  return page.locator(`[data-place="${place}"]`)
}

/** Waits until what was typed lies on the phone. */
export async function waitUntilSaved(page: Page): Promise<void> {
  await page.locator('.write-saved.is-saved').waitFor()
}

/** Every draft on the phone, by name, read out of the browser's own storage. */
export async function draftsOf(
  page: Page,
): Promise<Record<string, { base?: { body: unknown }; body?: unknown }>> {
  return await page.evaluate(async () => {
    const found: Record<string, { base?: { body: unknown }; body?: unknown }> = {}
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((done, fail) => {
        const opening = indexedDB.open(name)
        opening.addEventListener('success', () => done(opening.result))
        opening.addEventListener('error', () => fail(new Error(name)))
      })
      if (database.objectStoreNames.contains('records')) {
        const rows = await new Promise<{ name?: string; value?: unknown }[]>((done) => {
          const asked = database.transaction('records').objectStore('records').getAll()
          asked.addEventListener('success', () => done(asked.result as { name?: string }[]))
        })
        for (const { value } of rows) {
          const draft = value as { name?: string; rev?: number; body?: unknown } | undefined
          if (typeof draft?.name === 'string' && typeof draft.rev === 'number')
            found[draft.name] = draft
        }
      }
      database.close()
    }
    return found
  })
}

/** Pastes a text where the cursor is, as from Word. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const data = new DataTransfer()
    data.setData('text/plain', pasted)
    const field = document.activeElement as HTMLTextAreaElement
    const event = new ClipboardEvent('paste', {
      clipboardData: data,
      bubbles: true,
      cancelable: true,
    })
    if (field.dispatchEvent(event)) document.execCommand('insertText', false, pasted)
  }, text)
}
