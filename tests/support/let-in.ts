import type { Page } from 'playwright-core'
import { editorSv } from '#i18n/editor-sv.ts'
import type { StartLine } from './planb-server.ts'
import { waitForText } from './walk.ts'

/**
 * A phone that has joined asks to be a manager's, and the coordinator lets it in, both by their screens.
 *
 * @param options.nurse also approves routines of health care
 */
export async function letIn(
  coordinator: Page,
  page: Page,
  server: StartLine,
  options: { role: string; title: string; nurse?: boolean },
): Promise<void> {
  await page.goto(`${server.app}#/edit/enrol`)
  await page.getByLabel(editorSv.enrol.role).fill(options.role)
  await page.getByRole('button', { name: editorSv.enrol.show }).click()
  await page.locator('.words-box li').first().waitFor()
  const link = await page.getByLabel(editorSv.enrol.link).inputValue()
  await coordinator.goto('about:blank')
  await coordinator.goto(`${server.app}${new URL(link).hash}`)
  await coordinator.locator('.words-box li').first().waitFor()
  if (options.nurse === true) await coordinator.getByLabel(editorSv.approve.nurse).check()
  await coordinator.getByRole('button', { name: editorSv.approve.yes }).click()
  await waitForText(coordinator, `kan publicera för ${options.title}`, 40_000)
  await waitForText(page, editorSv.enrol.done.replace('{{titles}}', options.title), 60_000)
}
