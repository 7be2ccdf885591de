import type { Page } from 'playwright-core'
import type { StartLine } from './planb-server.ts'
import { waitForText } from './walk.ts'

/** Makes a browser the coordinator's by the example's link, and waits until it may do what a coordinator does. */
export async function becomeCoordinator(page: Page, server: StartLine): Promise<void> {
  await page.goto('about:blank')
  await page.goto(server.coordinator)
  await page.getByRole('button', { name: 'Ja, lägg in nycklarna' }).click()
  await waitForText(page, 'Verksamheter i telefonen')
  await openInvite(page, server)
}

/** The screen that makes invitations to home care, once this phone holds what it needs. */
export async function openInvite(page: Page, server: StartLine): Promise<void> {
  // Opened anew, and then left alone: a round of sync that is broken off begins again.
  await page.goto('about:blank')
  await page.goto(`${server.app}#/edit/invite/hemtjanst`)
  await page.getByRole('button', { name: 'Gör en ny inbjudan' }).waitFor({ timeout: 90_000 })
}

/** Makes an invitation and stays on its page; gives what it shows. */
export async function makeInvitation(
  page: Page,
  server: StartLine,
  place: string,
): Promise<{ link: string; typed: string[]; words: string[]; address: string }> {
  await openInvite(page, server)
  await page.getByLabel('Var ska den användas?').fill(place)
  await page.getByRole('button', { name: 'Gör en ny inbjudan' }).click()
  await page.locator('.invite-link').waitFor()
  return {
    link: await page.locator('.invite-link').inputValue(),
    typed: await page.locator('.typed-lines > li').allInnerTexts(),
    words: (await page.locator('.check-words > li').allInnerTexts()).map((word) => word.trim()),
    address: new URL(page.url()).hash,
  }
}
