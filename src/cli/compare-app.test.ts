import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { compareApp, describeBuild } from './compare-app.ts'
import { smallApp, startHttpServer, writeApp } from '../../tests/support/http-server.ts'

let folder: string
let server: Awaited<ReturnType<typeof startHttpServer>>
const options = { fetch, timeoutMs: 10_000 }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'planb-compare-'))
  await writeApp(folder)
  await writeFile(join(folder, '.build.json'), '{}')
  server = await startHttpServer({ organisation: '0'.repeat(64) })
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

it('names a build by all its files, without the compressed copies', async () => {
  const { build, files } = await describeBuild(folder)
  expect(files.map(({ path }) => path)).toEqual(Object.keys(smallApp).toSorted())
  const text = files.map(({ path, hash }) => `${path} ${hash}\n`).join('')
  expect(build).toBe(createHash('sha256').update(text).digest('hex'))
})

it('holds a host that serves the build, and names every file that another one changed', async () => {
  const { files } = await describeBuild(folder)
  expect(await compareApp(files, new URL(server.url), options)).toEqual([])
  await writeFile(join(server.appDirectory, 'index.html'), '<script src="evil.js"></script>')
  await rm(join(server.appDirectory, 'sw.js'))
  expect(await compareApp(files, new URL(server.url), options)).toEqual([
    { path: '', problem: 'is another file' },
    { path: 'index.html', problem: 'is another file' },
    { path: 'sw.js', problem: 'status 404' },
  ])
  const nobody = new URL('http://127.0.0.1:9/')
  const dead = await compareApp(files.slice(0, 1), nobody, options)
  expect(dead).toEqual([{ path: files[0]!.path, problem: 'no answer' }])
})
