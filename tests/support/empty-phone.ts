import type { Page } from 'playwright-core'

/** Takes everything away that a browser holds for an app's address, as on a phone that never saw it. */
export async function emptyPhone(page: Page, app: string): Promise<void> {
  await page.goto('about:blank')
  const session = await page.context().newCDPSession(page)
  const { origin } = new URL(app)
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' })
  await session.send('Network.clearBrowserCache')
  await session.detach()
}
