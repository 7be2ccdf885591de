import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

interface Axe {
  run(
    context: Document,
    options: { runOnly: string[] },
  ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}

/**
 * What axe-core finds on a page against WCAG 2.1 AA and its best practices, as short sentences. The page's own
 * policy forbids scripts from elsewhere: open the browser with `bypassCSP`.
 */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    const path = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
    await page.addScriptTag({ content: await readFile(path, 'utf8') })
  }
  return await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe }
    const { violations: found } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return found.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html.slice(0, 160))
          .slice(0, 3)
          .join(' | ')}`,
    )
  })
}

/** Elements that reach beyond the right edge, with everything that folds opened. */
export async function beyondEdge(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
    const wide = [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .filter((element) => getComputedStyle(element).position !== 'absolute')
      .map(
        (element) => `${element.tagName}.${element.className}: ${element.textContent.slice(0, 40)}`,
      )
    return document.documentElement.scrollWidth > innerWidth
      ? [`the page is ${document.documentElement.scrollWidth} wide`, ...wide.slice(0, 5)]
      : wide.slice(0, 5)
  })
}

/** What is to be tapped and is less than 48 pixels high. */
export async function smallTargets(page: Page): Promise<string[]> {
  return await page.evaluate(() =>
    [...document.querySelectorAll('a[href], button, summary, select, textarea')]
      .filter((element) => element.getClientRects().length > 0)
      .filter((element) => !element.closest('p, .visually-hidden, .skip'))
      .filter((element) => element.getBoundingClientRect().height < 47.5)
      .map(
        (element) => `${element.tagName}.${element.className}: ${element.textContent.slice(0, 30)}`,
      ),
  )
}
