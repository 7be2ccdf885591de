import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { buildApp } from '#cli/build-app.ts'
import type { PlanBDocument } from '#domain/schema/document.ts'
import type { BuildInput } from '#release/build-release.ts'
import { startServer, type RunningServer } from '#server/main.ts'
import { createDirectoryStore } from '#store/directory.ts'
import { encodeInvitation, type Invitation } from '#trust/invitation.ts'
import { createTestOrganisation, testDocuments, testRoutine } from './organisation.ts'
import { freePort } from './planb-server.ts'
import { waitUntilStored } from './walk.ts'

const project = resolve(import.meta.dirname, '../..')
const dayMs = 86_400_000

/** A department on the real server, published as long ago as a test wants; what it serves lies in a folder. */
export type TrustScene = Awaited<ReturnType<typeof createTrustScene>>

export const daysAgo = (days: number) => new Date(Date.now() - days * dayMs)

/** The one step of the routine that is read. */
export const firstStep = 'Hämta pärmen i korridoren'
export const routineAddress = '/d/hemtjanst/routine/tes-korlista'

/**
 * @param options.published when `hemtjanst` was signed, in days before now
 * @param options.documents of `hemtjanst`
 * @param options.host address to listen on
 */
export async function createTrustScene(
  options: { published?: number; documents?: PlanBDocument[]; host?: string } = {},
) {
  const issued = daysAgo(options.published ?? 0)
  // Long before: the root is as old as the organisation.
  const organisation = await createTestOrganisation({ issued: daysAgo(300) })
  const folder = await mkdtemp(join(tmpdir(), 'planb-trust-'))
  const storeDirectory = join(folder, 'store')
  const store = createDirectoryStore(storeDirectory)
  const { appDirectory: built } = await buildApp(project, () => undefined)
  // Of its own: a test may put a newer app there.
  const appDirectory = join(folder, 'app')
  await cp(built, appDirectory, { recursive: true })
  const { epoch, key } = organisation.epochs.gemensamt!
  const common = { epoch, epochKey: key, floor: { gen: 1, v: 1 } }
  const publish = (documents: readonly PlanBDocument[], change: Partial<BuildInput> = {}) =>
    organisation.publish(store, 'hemtjanst', documents, { common, issued, ...change })
  const shared = [
    ...testDocuments('gemensamt', '+46101234567'),
    testRoutine('gemensamt', 'jag-vet-inte', 'Jag vet inte'),
  ]
  await organisation.publish(store, 'gemensamt', shared, { issued })
  await publish(options.documents ?? testDocuments('hemtjanst'))
  const port = await freePort()
  let server: RunningServer | undefined
  const start = async () => {
    server = await startServer({
      storeDirectory,
      appDirectory,
      organisation: organisation.organisation,
      example: false,
      host: options.host ?? '127.0.0.1',
      port,
      log: () => undefined,
    })
  }
  const stop = async () => {
    await server?.stop()
    server = undefined
  }
  await start()
  const app = `http://127.0.0.1:${port}/`
  const link = (change: Partial<Invitation> = {}) =>
    `${app}#/join/${encodeInvitation({ ...organisation.invitation('hemtjanst'), ...change })}`
  return {
    organisation,
    store,
    app,
    port,
    link,
    publish,
    start,
    /** The host is gone. */
    stop,
    /** Puts another build of the app on the host: a worker that differs, and offers itself. */
    async updateApp(): Promise<void> {
      const path = join(appDirectory, 'sw.js')
      for (const suffix of ['.br', '.gz']) await rm(path + suffix, { force: true })
      await writeFile(path, `${await readFile(path, 'utf8')}\n// newer`)
      // The server remembers what it has sent.
      await stop()
      await start()
    },
    /** Joins and waits until all of it lies in the browser. */
    async join(page: Page): Promise<void> {
      await page.goto(link())
      await waitUntilStored(page)
    },
    async remove(): Promise<void> {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
