import { resignHead } from '#release/resign-head.ts'
import { signRoot, verifyNextRoot } from '#trust/root.ts'
import { releaseForm, startHttpServer } from './http-server.ts'
import { journalOf } from './journal-of.ts'
import { createTestOrganisation } from './organisation.ts'
import type { PostLimits } from '#server/post-limits.ts'
import type { TestJournal } from './journal.ts'

export type Organisation = Awaited<ReturnType<typeof createTestOrganisation>>
export type HttpServer = Awaited<ReturnType<typeof startHttpServer>>

/** What is signed after the organisation was made. */
export const issuedLater = new Date('2026-03-13T08:00:00Z')

/** The real server with an organisation that has published `hemtjanst`, and what its members hold. */
export interface ServerScene {
  organisation: Organisation
  /** The server that was started last. */
  server: HttpServer
  journal: TestJournal
  /** Starts another one; with the folder of an earlier one, in its place; `free`: bytes free on its disk. */
  start(limits?: Partial<PostLimits>, folder?: string, free?: () => number): Promise<void>
  /** Ends the server and leaves its folders for the next one. */
  stopAndKeep(): Promise<void>
  /** Sends to a path below /store/. */
  post(path: string, body: BodyInit): Promise<Response>
  /** Gives the store a next root and, where asked, the last good head signed again under it. */
  sendRoot(
    next: Parameters<typeof signRoot>[0],
    options: { resign: boolean },
  ): Promise<{ root: Awaited<ReturnType<typeof verifyNextRoot>>; head?: Uint8Array }>
  end(): Promise<void>
}

export async function createServerScene(): Promise<ServerScene> {
  const organisation = await createTestOrganisation()
  const running: HttpServer[] = []
  const begin = async (limits?: Partial<PostLimits>, folder?: string, free?: () => number) => {
    const server = await startHttpServer({
      organisation: organisation.organisation,
      limits,
      folder,
      ...(free && { freeBytes: async () => free() }),
    })
    running.push(server)
    return server
  }
  const scene: ServerScene = {
    organisation,
    server: await begin(),
    journal: await journalOf(organisation, 'hemtjanst'),
    async start(limits, folder, free) {
      scene.server = await begin(limits, folder, free)
    },
    async stopAndKeep() {
      running.splice(running.indexOf(scene.server), 1)
      await scene.server.stop({ keep: true })
    },
    post: (path, body) => fetch(`${scene.server.url}store/${path}`, { method: 'POST', body }),
    async sendRoot(next, { resign }) {
      const signer = organisation.rootKeys[0]!
      const { bytes } = await signRoot(next, [signer])
      const sent = await scene.post('root', bytes)
      if (sent.status !== 201) throw new Error(`root: ${await told(sent)}`)
      const root = await verifyNextRoot(bytes, organisation.root)
      if (!resign) return { root }
      const { head } = organisation.last['hemtjanst']!
      const built = await resignHead({ head, root, signer, issued: issuedLater })
      const answer = await scene.post('d/hemtjanst', releaseForm(built))
      if (answer.status !== 201) throw new Error(`head: ${await told(answer)}`)
      return { root, head: built.head }
    },
    async end() {
      await Promise.all(running.splice(0).map((one) => one.stop()))
    },
  }
  await organisation.publish(scene.server.store, 'hemtjanst')
  return scene
}

/** Status and code of an answer: `422 jws-signer`. */
export async function told(answer: Response): Promise<string> {
  const { code } = (await answer.json()) as { code?: string }
  return `${answer.status} ${code ?? ''}`.trimEnd()
}
