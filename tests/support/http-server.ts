import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { startServer } from '#server/main.ts'
import { precompress } from '#server/precompress.ts'
import { createDirectoryStore } from '#store/directory.ts'
import type { BuiltRelease } from '#release/build-release.ts'
import type { PostLimits } from '#server/post-limits.ts'

/** Files that stand for a built app where a test is about serving and not about the app. */
export const smallApp: Record<string, string> = {
  'index.html': `<!doctype html><title>Plan B</title>${'<p>text</p>'.repeat(100)}`,
  'sw.js': `self.x = ${'1+'.repeat(500)}1`,
  'manifest.webmanifest': '{"name":"Plan B"}',
  'assets/first-AbCd_12-.js': `export const a = [${'1,'.repeat(500)}]`,
  'assets/plain.js': 'x',
  'icons/icon.svg': `<svg xmlns="http://www.w3.org/2000/svg">${'<g/>'.repeat(100)}</svg>`,
  'icons/icon-192.png': 'png',
}

/** Writes files into a folder and compresses what gains by it. */
export async function writeApp(folder: string, files: Record<string, string> = smallApp) {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  await precompress(folder)
}

/** The real server on a free port, with folders of its own, or those another one left with `stop({ keep: true })`. */
export async function startHttpServer(options: {
  organisation: string
  example?: boolean
  limits?: Partial<PostLimits>
  app?: false
  store?: false
  folder?: string
  freeBytes?: () => Promise<number>
}) {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'planb-server-')))
  const appDirectory = join(folder, 'dist')
  const storeDirectory = join(folder, 'store')
  await writeApp(appDirectory)
  const lines: string[] = []
  const server = await startServer({
    storeDirectory,
    appDirectory,
    organisation: options.organisation,
    example: options.example ?? false,
    host: '127.0.0.1',
    port: 0,
    log: (line) => lines.push(line),
    limits: options.limits,
    app: options.app,
    store: options.store,
    freeBytes: options.freeBytes,
  })
  return {
    folder,
    appDirectory,
    storeDirectory,
    store: createDirectoryStore(storeDirectory),
    port: server.port,
    url: `http://127.0.0.1:${server.port}/`,
    /** What the server logged. */
    lines,
    async stop({ keep = false } = {}) {
      await server.stop()
      if (!keep) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A release as the server takes it. */
export function releaseForm(built: BuiltRelease, blobs = built.blobs): FormData {
  const form = new FormData()
  form.append('head', new Blob([built.head]))
  for (const { hash, bytes } of blobs) form.append(hash, new Blob([bytes]))
  return form
}

/** A request whose path is sent as it is: `fetch` would take `..` and `//` away. */
export async function rawRequest(options: {
  port: number
  path: string
  method?: string
  headers?: Record<string, string>
}): Promise<{
  status: number
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', ...options }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      )
    })
    outgoing.on('error', reject)
    outgoing.end()
  })
}
