import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { chromiumArguments, findChromium } from './chromium.ts'

type Options = NonNullable<Parameters<typeof chromium.launchPersistentContext>[1]>

/** A phone: a browser profile that is kept while the browser is closed and opened again. */
export interface Phone {
  directory: string
  /** Starts the browser on the profile. The one before must have been closed. */
  open(options?: Options): Promise<{ context: BrowserContext; page: Page }>
  close(): Promise<void>
  /** Ends the browser's processes with SIGKILL, as a dead battery would. */
  kill(): Promise<void>
  remove(): Promise<void>
}

/**
 * A new profile for Debian's Chromium: empty, or with all that another phone has stored.
 *
 * @param like a phone whose browser is closed
 */
export async function createPhone(like?: Pick<Phone, 'directory'>): Promise<Phone> {
  const directory = await mkdtemp(join(tmpdir(), 'planb-phone-'))
  if (like) {
    // Locks of the browser that had it open are no part of what is stored.
    const filter = (source: string) => !basename(source).startsWith('Singleton')
    await cp(like.directory, directory, { recursive: true, filter })
  }
  let context: BrowserContext | undefined
  return {
    directory,
    async open(options = {}) {
      const executablePath = await findChromium()
      context = await chromium.launchPersistentContext(directory, {
        executablePath,
        args: chromiumArguments,
        viewport: { width: 360, height: 740 },
        locale: 'sv-SE',
        timezoneId: 'Europe/Stockholm',
        ...options,
      })
      const page = context.pages()[0] ?? (await context.newPage())
      return { context, page }
    },
    async close() {
      await context?.close()
      context = undefined
    },
    async kill() {
      for (const pid of await processesOf(directory)) {
        try {
          process.kill(pid, 'SIGKILL')
        } catch {
          // It ended by itself.
        }
      }
      await context?.close().catch(() => undefined)
      context = undefined
    },
    async remove() {
      await context?.close().catch(() => undefined)
      await rm(directory, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Processes whose command line names the profile (Linux). */
async function processesOf(directory: string): Promise<number[]> {
  const pids: number[] = []
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) continue
    const command = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '')
    if (command.includes(`--user-data-dir=${directory}`)) pids.push(Number(entry))
  }
  return pids
}
