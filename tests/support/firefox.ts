import { mkdtemp, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'

/** Firefox as Debian ships it; undefined where it is not installed. */
export function findFirefox(): string | undefined {
  return ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => existsSync(path))
}

/** A kept Firefox profile, driven over WebDriver BiDi. */
export async function createFirefoxProfile() {
  const directory = await mkdtemp(join(tmpdir(), 'planb-firefox-'))
  let browser: Browser | undefined
  return {
    directory,
    async open(): Promise<Page> {
      browser = await puppeteer.launch({
        browser: 'firefox',
        executablePath: findFirefox(),
        headless: true,
        userDataDir: directory,
        extraPrefsFirefox: {
          'app.update.enabled': false,
          'network.captive-portal-service.enabled': false,
          'network.connectivity-service.enabled': false,
          'intl.accept_languages': 'sv-SE,sv',
        },
      })
      return await browser.newPage()
    },
    async close(): Promise<void> {
      await browser?.close()
      browser = undefined
    },
    async remove(): Promise<void> {
      await browser?.close()
      await rm(directory, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
