import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { parse } from 'yaml'
import type { StartLine } from './planb-server.ts'

const plans = resolve(import.meta.dirname, '../../plans')

/** The routine most tests open: the one a home-care worker needs first. */
export const routineAddress = '/d/hemtjanst/routine/tes-korlista'

/** The first step of a routine, as it stands in plans/ and so must stand on the screen. */
export async function readFirstStep(
  department = 'hemtjanst',
  id = 'tes-korlista',
): Promise<string> {
  const text = await readFile(join(plans, department, 'routines', `${id}.yaml`), 'utf8')
  const routine = parse(text) as { phases: { minutes15: { steps: { text: string }[] } } }
  const step = routine.phases.minutes15.steps[0]?.text
  if (!step) throw new Error(`${department}/routine/${id} has no first step`)
  return step
}

/** Opens a department's invitation, as from a link, and waits until its start screen is there. */
export async function joinDepartment(
  page: Page,
  server: Pick<StartLine, 'invitations'>,
  department: string,
): Promise<void> {
  const invitation = server.invitations[department]
  if (!invitation) throw new Error(`no invitation for ${department}`)
  // Away first: a link that differs only behind # would not be a new visit.
  await page.goto('about:blank')
  await page.goto(invitation)
  await waitUntilStored(page, department)
}

/**
 * Waits until all of it lies in the browser: the app's files (a worker in charge), the plans, and the
 * reading copy of the department and of `gemensamt`. Asks storage itself, not the screen.
 */
export async function waitUntilStored(page: Page, department = 'hemtjanst'): Promise<void> {
  const deadline = Date.now() + 60_000
  // Asked again and again from here: waitForFunction does not wait for a promise. A page may begin anew
  // meanwhile. Not more often: asking what is stored keeps the browser from storing it.
  while (!(await page.evaluate(isStored, department).catch(() => false))) {
    if (Date.now() > deadline) {
      const held = await page.evaluate(async () => ({
        worker: (await navigator.serviceWorker.getRegistration())?.active?.state,
        caches: await caches.keys(),
        locks: await navigator.locks.query(),
        pages: await Promise.all(
          (await caches.keys())
            .filter((name) => name.startsWith('planb-copy:'))
            .map(async (name) => (await (await caches.open(name)).keys()).length),
        ),
      }))
      throw new Error(`not stored: ${JSON.stringify(held)} ${await page.innerText('body')}`)
    }
    await page.waitForTimeout(200)
  }
}

export async function isStored(department: string): Promise<boolean> {
  const registration = await navigator.serviceWorker.getRegistration()
  if (registration?.active?.state !== 'activated') return false
  const scope = new URL('./', location.href).pathname
  if (!(await caches.has(`planb-copy:${scope}`))) return false
  const pointer = await caches
    .open(`planb-copy:${scope}`)
    .then((cache) => cache.match('https://reading-copy.invalid/current'))
  if (!pointer) return false
  const pages = await caches.open(`planb-copy:${scope}:${await pointer.text()}`)
  const has = async (address: string) =>
    (await pages.match(`https://reading-copy.invalid/page?a=${encodeURIComponent(address)}`)) !==
    undefined
  return (await has(`/d/${department}`)) && (await has('/d/gemensamt/routine/jag-vet-inte'))
}

/**
 * The text of the page as a person sees it, once it holds what is asked for.
 * @param timeout in milliseconds
 */
export async function waitForText(page: Page, text: string, timeout = 15_000): Promise<void> {
  try {
    await page.waitForFunction((wanted) => document.body.innerText.includes(wanted), text, {
      polling: 100,
      timeout,
    })
  } catch (cause) {
    const shown = await page.evaluate(() => document.body.innerText).catch(String)
    throw new Error(`"${text}" is not on ${page.url()}, but: ${shown.slice(0, 1500)}`, { cause })
  }
}

/** Whether the app itself has taken over from the reading copy. */
export function isLive(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.dataset.live !== undefined)
}

export async function waitUntilLive(page: Page, timeout = 15_000): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset.live !== undefined, undefined, {
    polling: 50,
    timeout,
  })
}
