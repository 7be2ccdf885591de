import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sealEntry } from '#journal/entry.ts'
import { blobsOf, verifyHead } from '#release/head.ts'
import type { PostLimits } from '#server/post-limits.ts'
import { verifyStore } from '#release/verify-store.ts'
import { openMirrorSource } from '#cli/mirror/mirror-source.ts'
import { mirrorToDirectory } from '#cli/mirror/mirror-to-directory.ts'
import type { MirrorReport } from '#cli/mirror/mirror-report.ts'
import { mirrorToServer } from '#cli/mirror/mirror-to-server.ts'
import { createDirectoryStore } from '#store/directory.ts'
import { createMemoryStore } from '#store/memory.ts'
import type { Store } from '#store/store.ts'
import { createHttpWriteStore } from '#sync/http-write-store.ts'
import { approve } from '#sync/manage/approve.ts'
import { changeStores } from '#sync/manage/change-stores.ts'
import { confirm } from '#sync/manage/confirm.ts'
import { revoke } from '#sync/manage/revoke.ts'
import { rotate } from '#sync/manage/rotate.ts'
import { importEpochKey } from '#trust/epoch-key.ts'
import { importSigningKey } from '#trust/keys.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { publishChanged } from '../support/changed-plans.ts'
import { startHttpServer } from '../support/http-server.ts'
import { createTestOffice, createTestPerson, type TestOffice } from '../support/office.ts'
import { runPlanB } from '../support/planb-server.ts'

const project = resolve(import.meta.dirname, '../..')
let base: string
let test: TestOffice
/** The newest root of `test`. */
let root: VerifiedRoot
/** The store as it was under root 1. */
let first: Store
const stopping: (() => Promise<void>)[] = []

/** An organisation that has lived: approved, revoked, rotated, confirmed, with an entry in its journal. */
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'planb-mirror-'))
  test = await createTestOffice()
  first = await test.copy()
  const office = test.office()
  const manager = await createTestPerson()
  const [signing, agreement] = [manager.signing.jwk, manager.agreement.jwk]
  const departments = ['hemtjanst']
  const { organisation } = test
  await approve(
    office,
    { organisation, signing, agreement, role: 'Enhetschef natt', departments },
    { departments },
  )
  await revoke(office, { kid: manager.signing.kid })
  const signer = test.publishers['hemtjanst']!.signing
  const options = { department: 'hemtjanst', leaveOut: [], phones: {}, signer }
  const { epoch, root: newest } = await rotate(office, options)
  root = newest
  await confirm(office, 'hemtjanst', signer)
  const device = (await createTestPerson()).signing
  const { bytes } = await sealEntry({
    organisation,
    department: 'hemtjanst',
    epoch: epoch.epoch,
    epochKey: await importEpochKey(epoch.key, { extractable: false }),
    member: await importSigningKey(epoch.member, { extractable: false }),
    device,
    n: 1,
    kind: 'joined',
    time: new Date(),
    body: { label: 'Telefon', agreement: device.jwk },
  })
  await office.store.sendEntry('hemtjanst', bytes)
})
afterAll(async () => {
  await Promise.all(stopping.map((stop) => stop()))
  await rm(base, { recursive: true, force: true })
})

function createRun() {
  const report: MirrorReport = { roots: 0, heads: 0, blobs: 0, bytes: 0, entries: 0, problems: [] }
  return { report, progress: () => undefined, checkStopped: () => undefined }
}

async function mirrorTo(target: Store, from: Store = test.store) {
  const run = createRun()
  await mirrorToDirectory(await openMirrorSource(from, test.organisation), target, run)
  return run.report
}

/** Every head that lies there, with each of its blobs. */
async function expectWhole(target: Store) {
  const paths = new Set(await target.list(''))
  for (const path of paths) {
    const [, department] = /^d\/([^/]+)\/head\//.exec(path) ?? []
    if (!department) continue
    const bytes = (await target.get(path, { maxBytes: 4e6 }))!
    for (const { root: one } of (await openMirrorSource(test.store, test.organisation)).roots) {
      const head = await verifyHead(bytes, { root: one, department }).catch(() => undefined)
      for (const { hash } of head ? blobsOf(head) : []) expect(paths).toContain(`b/${hash}`)
    }
  }
}

describe('into a folder', () => {
  it('copies all that verifies; again copies nothing', async () => {
    const target = createMemoryStore()
    const report = await mirrorTo(target)
    expect(report.problems).toEqual([])
    expect(await target.list('')).toEqual(await test.store.list(''))
    expect((await verifyStore(target, { organisation: test.organisation })).problems).toEqual([])
    const again = await mirrorTo(target)
    expect([again.roots, again.heads, again.blobs, again.entries]).toEqual([0, 0, 0, 0])
  })

  it('is whole at every moment, and goes on after it was stopped at any write', async () => {
    const all = (await test.store.list('')).length
    for (let writes = 0; writes < all; writes++) {
      const target = createMemoryStore()
      let left = writes
      const write = <T>(action: () => Promise<T>) => {
        if (left-- <= 0) throw new Error('stopped')
        return action()
      }
      const dying: Store = {
        ...target,
        putIfAbsent: (path, bytes) => write(() => target.putIfAbsent(path, bytes)),
        replace: (path, bytes) => write(() => target.replace(path, bytes)),
      }
      await expect(mirrorTo(dying)).rejects.toThrow('stopped')
      await expectWhole(target)
      await mirrorTo(target)
      expect(await target.list('')).toEqual(await test.store.list(''))
    }
  })

  it('takes what is new, and lets go of entries that have expired', async () => {
    const target = createMemoryStore()
    const source = await test.copy()
    await mirrorTo(target, source)
    const entry = (await source.list('d/')).find((path) => path.includes('/log/'))!
    await source.remove(entry)
    const office = test.office({ store: test.writeStore(source) })
    const signer = test.publishers['krisledning']!.signing
    await rotate(office, { department: 'krisledning', leaveOut: [], phones: {}, signer })
    const report = await mirrorTo(target, source)
    expect([report.roots, report.heads]).toEqual([0, 1])
    expect(await target.list('')).toEqual(await source.list(''))
    const latest = await target.get('d/krisledning/latest', { maxBytes: 32 })
    expect(new TextDecoder().decode(latest)).toBe('0001-0000000002')
  })

  it('leaves out a head whose blob is damaged, and says which', async () => {
    const source = await test.copy()
    const head = (await openMirrorSource(source, test.organisation)).heads('krisledning')
    const { hash } = blobsOf((await head).good[0]!.head)[0]!
    await source.remove(`b/${hash}`)
    await source.putIfAbsent(`b/${hash}`, new TextEncoder().encode('damaged'))
    const target = createMemoryStore()
    const report = await mirrorTo(target, source)
    expect(report.problems.join()).toContain(hash)
    expect(await target.list('d/krisledning/')).toEqual([])
    expect(await target.list('d/hemtjanst/')).toEqual(await source.list('d/hemtjanst/'))
    await expectWhole(target)
  })

  it('refuses a target of another organisation, of something else, or one that is ahead', async () => {
    const other = await createTestOffice()
    await expect(mirrorTo(other.store)).rejects.toMatchObject({ code: 'mirror-refused' })
    const notes = createDirectoryStore(join(base, 'notes'))
    await notes.replace('d/hemtjanst/latest', new TextEncoder().encode('0001-0000000001'))
    await writeFile(join(base, 'notes', 'letter.txt'), 'Hej')
    await expect(mirrorTo(notes)).rejects.toMatchObject({ code: 'mirror-refused' })
    const behind = await test.copy()
    await behind.remove(`root/${root.v}.jws`)
    await expect(mirrorTo(await test.copy(), behind)).rejects.toMatchObject({
      code: 'mirror-refused',
    })
  })
})

describe('to a server', () => {
  async function serverOf(organisation = test.organisation, limits?: Partial<PostLimits>) {
    const server = await startHttpServer({ organisation, ...(limits && { limits }) })
    stopping.push(() => server.stop())
    const url = new URL('store/', server.url)
    return { server, target: createHttpWriteStore({ base: url, fetch, timeoutMs: 20_000 }) }
  }

  it('fills an empty one, keeps it current, and is refused by another organisation’s', async () => {
    const { server, target } = await serverOf()
    const source = await openMirrorSource(test.store, test.organisation)
    const run = createRun()
    await mirrorToServer(source, target, run, () => Promise.reject(new Error('asked to wait')))
    expect(run.report.problems).toEqual([])
    expect([run.report.roots, run.report.heads, run.report.entries]).toEqual([root.v, 3, 1])
    const report = await verifyStore(server.store, { organisation: test.organisation })
    expect(report.problems).toEqual([])
    for (const department of Object.keys(root.departments)) {
      const path = `d/${department}/latest`
      expect(await server.store.get(path, { maxBytes: 32 })).toEqual(
        await test.store.get(path, { maxBytes: 32 }),
      )
    }
    const again = createRun()
    await mirrorToServer(source, target, again, () => Promise.reject(new Error('asked to wait')))
    expect([again.report.roots, again.report.heads, again.report.blobs]).toEqual([0, 0, 0])

    const other = await createTestOffice()
    const foreign = await openMirrorSource(other.store, other.organisation)
    await expect(
      mirrorToServer(foreign, target, createRun(), () => Promise.resolve()),
    ).rejects.toThrow('the server holds another organisation')
  })

  it('brings what people read of every department, though the server takes no more entries today', async () => {
    const { server, target } = await serverOf(test.organisation, { newDevicesPerDay: 0 })
    const run = createRun()
    const source = await openMirrorSource(test.store, test.organisation)
    await mirrorToServer(source, target, run, () => Promise.reject(new Error('asked to wait')))
    expect([run.report.heads, run.report.entries]).toEqual([3, 0])
    expect(run.report.problems).toEqual([
      'hemtjanst: the server takes no more entries today; run it again tomorrow for the rest',
    ])
    for (const department of Object.keys(root.departments))
      expect(await server.store.list(`d/${department}/head/`)).not.toEqual([])
  })

  it('says so when somebody else is first at that moment', async () => {
    const { target } = await serverOf()
    const run = createRun()
    const source = await openMirrorSource(test.store, test.organisation)
    const sendRelease = async () => ({ outcome: 'taken' as const, current: new Uint8Array() })
    const sendBeat = async () => 'stored' as const
    await mirrorToServer(
      source,
      { ...target, sendRelease, sendBeat, sendEntry: sendBeat },
      run,
      () => Promise.resolve(),
    )
    expect(run.report.hasRival).toBe(true)
    expect(run.report.problems).toContain('hemtjanst: somebody else published at this moment')
  })

  it('is refused where the chains of roots have parted', async () => {
    const { target } = await serverOf()
    const [here, there] = await Promise.all(
      ['https://a.example/', 'https://b.example/'].map(async (url) => {
        const store = createMemoryStore()
        await mirrorTo(store, first)
        const office = test.office({ store: test.writeStore(store) })
        await changeStores(office, { stores: [{ url, write: true }] })
        return openMirrorSource(store, test.organisation)
      }),
    )
    await mirrorToServer(here!, target, createRun(), () => Promise.resolve())
    await expect(
      mirrorToServer(there!, target, createRun(), () => Promise.resolve()),
    ).rejects.toThrow('the server has another root 2')
  })
})

describe('planb mirror', () => {
  it('tells who comes second with a version of their own what to do about it', async () => {
    const one = join(base, 'one')
    const { stdout } = await runPlanB(one, ['status', '--json'])
    const { organisation } = JSON.parse(stdout) as { organisation: string }
    const two = join(base, 'two')
    await cp(one, two, { recursive: true })
    await publishChanged(one, 'hemtjanst/department.yaml', /^title: .*$/m, 'title: Ett')
    await publishChanged(two, 'hemtjanst/department.yaml', /^title: .*$/m, 'title: Två')
    const server = await startHttpServer({ organisation, example: true })
    stopping.push(() => server.stop())
    expect((await runPlanB(one, ['mirror', server.url])).code).toBe(0)
    const late = await runPlanB(two, ['mirror', server.url])
    expect(late.code).toBe(1)
    expect(late.stderr).toContain('hemtjanst: the server has another version 1-2')
    expect(late.stderr).toContain('Somebody else has published there')
    expect(late.stderr).not.toContain('planb verify')
  }, 120_000)

  it('killed at any moment it leaves a store that is whole, and the next run goes on', async () => {
    const data = join(base, 'example')
    expect((await runPlanB(data, ['status'])).code).toBe(0)
    const target = join(base, 'killed')
    for (const delay of [500, 1000, 1500, 2200]) {
      const child = spawn(process.execPath, ['src/cli/main.ts', 'mirror', target], {
        cwd: project,
        env: { ...process.env, PLANB_DATA: data },
        stdio: 'ignore',
      })
      const killing = setTimeout(() => child.kill('SIGKILL'), delay)
      await once(child, 'close')
      clearTimeout(killing)
      const { problems } = await verifyStore(createDirectoryStore(target))
      const serious = problems.filter(({ code }) => !['latest-wrong', 'root-gap'].includes(code))
      expect(serious).toEqual([])
    }
    expect((await runPlanB(data, ['mirror', target])).code).toBe(0)
    expect((await runPlanB(data, ['verify', target])).code).toBe(0)
    const again = await runPlanB(data, ['mirror', target])
    expect(again.stdout).toContain('has everything already')
    expect(await readdir(target)).not.toContain('secret')
  }, 300_000)

  it('says what is wrong with a target, and needs no keys', async () => {
    const data = join(base, 'keyless')
    await cp(join(base, 'example', 'store'), join(data, 'store'), { recursive: true })
    expect((await runPlanB(data, ['mirror', join(base, 'from-keyless')])).code).toBe(0)
    const self = await runPlanB(data, ['mirror', data])
    expect([self.code, self.stderr]).toEqual([1, expect.stringContaining('the store itself')])
    const nobody = await runPlanB(data, ['mirror', 'http://127.0.0.1:9/'])
    expect([nobody.code, nobody.stderr]).toEqual([1, expect.stringContaining('unreachable')])
    expect((await runPlanB(data, ['mirror', 'http://x/?y'])).code).toBe(2)
    expect((await runPlanB(join(base, 'no-data'), ['mirror', join(base, 'z')])).code).toBe(1)
  }, 240_000)
})
