import { utimes } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { signBeat } from '#release/beat.ts'
import { rotateEpoch } from '#release/rotate-epoch.ts'
import { revokeKey } from '#trust/change-root.ts'
import { nextRoot, signRoot, verifyNextRoot } from '#trust/root.ts'
import { releaseForm } from '../support/http-server.ts'
import { journalOf } from '../support/journal-of.ts'
import { testDocuments } from '../support/organisation.ts'
import { createServerScene, issuedLater, told } from '../support/server-scene.ts'
import type { PostLimits } from '#server/post-limits.ts'
import type { TestJournal, TestMember } from '../support/journal.ts'
import type { Organisation, ServerScene } from '../support/server-scene.ts'

/** Whoever sends much: a stranger behind the same address, a stolen key, a member. All here have one address. */

let scene: ServerScene
let organisation: Organisation

beforeEach(async () => {
  scene = await createServerScene()
  ;({ organisation } = scene)
})
afterEach(() => scene.end())

const next = () => organisation.build('hemtjanst', testDocuments('hemtjanst', '+46701740606'))
const sendForm = async (form: FormData) => told(await scene.post('d/hemtjanst', form))
const revocation = () => {
  const kid = organisation.publishers['hemtjanst']!.kid
  return revokeKey(organisation.root, { kid, issued: issuedLater }).root
}

/** A server with other limits over what was published. */
async function startAgain(limits: Partial<PostLimits>, free?: () => number) {
  await scene.stopAndKeep()
  await scene.start(limits, scene.server.folder, free)
}

/** Sends what does not verify until the address has sent too much of it. */
async function floodFrom(path: string, most = 400): Promise<void> {
  for (let i = 0; i < most; i++) {
    if ((await scene.post(path, 'x')).status === 429) return
  }
  throw new Error('no end of it')
}

describe('[H14] an address that has sent too much that does not verify', () => {
  it('gets an entry, a release, a revocation and the head signed again in all the same', async () => {
    await startAgain({ perAddress: 5, entriesPerAddress: 5 })
    await floodFrom('root')
    await floodFrom('d/hemtjanst/log')
    const { bytes } = await scene.journal.joined(await scene.journal.phone())
    expect(await told(await scene.post('d/hemtjanst/log', bytes))).toBe('201')
    const built = await next()
    expect(await sendForm(releaseForm(built))).toBe('201')
    organisation.last['hemtjanst'] = await organisation.open(built)
    await scene.sendRoot(revocation(), { resign: true })
    expect(await told(await scene.post('root', 'x'))).toBe('429 too-many')
  })

  it('is told 429 and how long for all the rest, also for what is too large to be looked at', async () => {
    await startAgain({ perAddress: 2, lateBytes: 2_000 })
    await floodFrom('d/hemtjanst')
    const refused = await scene.post('d/hemtjanst', releaseForm(await next()))
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await told(refused)).toBe('429 too-many')
  })

  it.each([
    ['that has sent too much', 2],
    ['that has not', 300],
  ])('one %s cannot hold the places of its address by being slow', async (_, perAddress) => {
    await startAgain({ perAddress, lateMs: 1_500, bodyMs: 5_000 })
    if (perAddress === 2) await floodFrom('root')
    const { port } = scene.server
    const slow = Array.from({ length: 40 }, () => {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => undefined)
      socket.write(`POST /store/root HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\nx`)
      return socket
    })
    await new Promise((resolve) => setTimeout(resolve, 200))
    const started = Date.now()
    await scene.sendRoot(revocation(), { resign: false })
    expect(Date.now() - started).toBeLessThan(1_300)
    for (const socket of slow) socket.destroy()
  })

  it('many at once of what does not verify are all refused, and the true one is taken after them', async () => {
    await startAgain({ perAddress: 2 })
    await floodFrom('root')
    const large = JSON.stringify({ payload: 'x'.repeat(400_000), signatures: [] })
    const answers = await Promise.all(
      Array.from({ length: 60 }, async () => (await scene.post('root', large)).status),
    )
    expect(new Set(answers)).toEqual(new Set([429]))
    await scene.sendRoot(revocation(), { resign: false })
  })

  it('[H12] what is taken costs the address nothing; what was there already does', async () => {
    await startAgain({ perAddress: 3, entriesPerAddress: 3 })
    const phone = await scene.journal.phone()
    const entries = []
    for (let i = 0; i < 8; i++) entries.push((await scene.journal.write(phone, 'note')).bytes)
    for (const bytes of entries) {
      expect(await told(await scene.post('d/hemtjanst/log', bytes))).toBe('201')
    }
    expect((await scene.post('d/hemtjanst/log', 'x')).status).toBe(422)
    // Anybody can fetch an entry, a head or a root, and send it again for ever.
    for (let i = 0; i < 2; i++) await scene.post('d/hemtjanst/log', entries[0]!)
    expect((await scene.post('d/hemtjanst/log', 'x')).status).toBe(429)
    for (let i = 0; i < 3; i++) {
      expect((await scene.post('root', organisation.rootBytes)).status).toBe(409)
    }
    expect((await scene.post('root', 'x')).status).toBe(429)
  })

  it('[H12] bytes that do not verify count too', async () => {
    await startAgain({ bytesPerAddress: 10_000 })
    expect((await scene.post('root', 'x'.repeat(9_000))).status).toBe(422)
    expect((await scene.post('root', 'x'.repeat(2_000))).status).toBe(422)
    expect((await scene.post('root', 'x')).status).toBe(429)
  })
})

describe('[H15] a stolen root key', () => {
  it('adds so many roots a day, whatever the address; what enough root keys sign is taken all the same', async () => {
    await startAgain({ rootsPerDay: 2 })
    const { rootKeys } = organisation
    let current = organisation.root
    const sendNext = async (keys: typeof rootKeys) => {
      const reviewBy = `20${28 + current.v}-01-01T00:00:00Z`
      const { bytes } = await signRoot(nextRoot(current, { issued: issuedLater.toISOString(), reviewBy }), keys) // prettier-ignore
      const answer = await scene.post('root', bytes)
      if (answer.status === 201) current = await verifyNextRoot(bytes, current)
      return answer
    }
    const byOne = rootKeys.slice(0, 1)
    expect((await sendNext(byOne)).status).toBe(201)
    expect((await sendNext(byOne)).status).toBe(201)
    const refused = await sendNext(byOne)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_600)
    expect(await told(refused)).toBe('429 too-many')
    for (let i = 0; i < 3; i++) expect((await sendNext(rootKeys.slice(0, 2))).status).toBe(201)
    expect((await sendNext(byOne)).status).toBe(429)
    expect(await scene.server.store.list('root/')).toHaveLength(6)
  })
})

describe('[H16] [H17] a stolen publisher key', () => {
  it('brings so many bytes a day; after its revocation the head is signed again, and others publish', async () => {
    await startAgain({ releaseBytesPerDay: 4_000 })
    const built = await next()
    expect(await sendForm(releaseForm(built))).toBe('201')
    organisation.last['hemtjanst'] = await organisation.open(built)
    const more = await organisation.build('hemtjanst')
    const refused = await scene.post('d/hemtjanst', releaseForm(more))
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_600)
    expect(await told(refused)).toBe('429 too-many')
    const before = await scene.server.store.list('b/')
    await scene.sendRoot(revocation(), { resign: true })
    expect(await scene.server.store.list('b/')).toEqual(before)
  })

  it('uses up no number of releases of those who come after it', async () => {
    await startAgain({ perDepartment: 1 })
    const built = await next()
    expect(await sendForm(releaseForm(built))).toBe('201')
    organisation.last['hemtjanst'] = await organisation.open(built)
    expect(await sendForm(releaseForm(await organisation.build('hemtjanst')))).toBe('429 too-many')
    await scene.sendRoot(revocation(), { resign: true })
  })

  it('brings so many beats', async () => {
    await startAgain({ beatsPerDepartment: 2 })
    const { head } = organisation.last['hemtjanst']!
    const send = async (seconds: number) => {
      const time = new Date(Date.now() + seconds * 1000)
      const beat = await signBeat(head, organisation.root, time, organisation.publishers['hemtjanst']!) // prettier-ignore
      return told(await scene.post('d/hemtjanst/beat', beat))
    }
    expect(await send(1)).toBe('201')
    // Says nothing later: not counted.
    expect(await send(0)).toBe('409 beat-older')
    expect(await send(2)).toBe('201')
    expect(await send(3)).toBe('429 too-many')
  })

  it('where the disk is nearly full: no release, no entry; a root, a beat and a head signed again are taken', async () => {
    const free = { bytes: 199 }
    await startAgain({ keepFreeBytes: 200 }, () => free.bytes)
    const entry = (await scene.journal.joined(await scene.journal.phone())).bytes
    const before = await scene.server.store.list('')
    expect(await sendForm(releaseForm(await next()))).toBe('507 full')
    expect(await told(await scene.post('d/hemtjanst/log', entry))).toBe('507 full')
    expect(await scene.server.store.list('')).toEqual(before)
    const { head } = organisation.last['hemtjanst']!
    const beat = await signBeat(head, organisation.root, new Date(), organisation.publishers['hemtjanst']!) // prettier-ignore
    expect(await told(await scene.post('d/hemtjanst/beat', beat))).toBe('201')
    await scene.sendRoot(revocation(), { resign: true })
    free.bytes = 200
    expect(await told(await scene.post('d/hemtjanst/log', entry))).toBe('201')
  })

  it('asks the real disk', async () => {
    await startAgain({ keepFreeBytes: Number.MAX_SAFE_INTEGER })
    expect(await sendForm(releaseForm(await next()))).toBe('507 full')
    await startAgain({})
    expect(await sendForm(releaseForm(await next()))).toBe('201')
  })
})

describe('[H36] a member who invents devices', () => {
  const write = async (from: TestJournal, phone: TestMember) =>
    told(await scene.post('d/hemtjanst/log', (await from.write(phone, 'note')).bytes))
  const log = () => scene.server.store.list('d/hemtjanst/log/')

  it('adds so many a day, also over a restart; who is known goes on', async () => {
    const { journal } = scene
    await startAgain({ newDevicesPerDay: 3 })
    const known = await journal.phone()
    expect(await write(journal, known)).toBe('201')
    for (let i = 0; i < 2; i++) expect(await write(journal, await journal.phone())).toBe('201')
    expect(await write(journal, await journal.phone())).toBe('429 too-many')
    expect(await write(journal, known)).toBe('201')
    await startAgain({ newDevicesPerDay: 3 })
    expect(await write(journal, await journal.phone())).toBe('429 too-many')
    expect(await write(journal, known)).toBe('201')
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000)
    for (const path of await log()) {
      await utimes(join(scene.server.storeDirectory, path), yesterday, yesterday)
    }
    await startAgain({ newDevicesPerDay: 3 })
    expect(await write(journal, await journal.phone())).toBe('201')
  })

  it('adds so many in all; a rotation makes room for new ones', async () => {
    const { journal } = scene
    await startAgain({ devicesPerDepartment: 3 })
    const known = await journal.phone()
    for (const phone of [known, await journal.phone(), await journal.phone()]) {
      expect(await write(journal, phone)).toBe('201')
    }
    expect(await write(journal, await journal.phone())).toBe('429 too-many')
    expect(await write(journal, known)).toBe('201')
    const { built, epoch } = await rotateEpoch({
      previous: organisation.last['hemtjanst']!,
      root: organisation.root,
      signer: organisation.publishers['hemtjanst']!,
      issued: issuedLater,
      recipients: {},
    })
    expect(await sendForm(releaseForm(built))).toBe('201')
    const after = await journalOf(organisation, 'hemtjanst', epoch)
    expect(await write(after, known)).toBe('201')
    for (let i = 0; i < 2; i++) expect(await write(after, await after.phone())).toBe('201')
    expect(await write(after, await after.phone())).toBe('429 too-many')
    expect((await log()).filter((path) => path.includes(known.device.kid))).toHaveLength(3)
  })

  it('keeps nobody out by filling the journal: who has most entries makes room, and keeps the first', async () => {
    const { journal } = scene
    await startAgain({ heldPerDepartment: 6 })
    const [known, flooder] = [await journal.phone(), await journal.phone()]
    expect(await write(journal, known)).toBe('201')
    for (let i = 0; i < 5; i++) expect(await write(journal, flooder)).toBe('201')
    expect(await write(journal, known)).toBe('201')
    expect(await write(journal, await journal.phone())).toBe('201')
    expect(await write(journal, flooder)).toBe('201')
    const left = (await log()).map((path) => path.split('/').slice(3).join('/'))
    expect(left).toHaveLength(6)
    expect(left).toContain(`${known.device.kid}/1.jws`)
    expect(left).toContain(`${known.device.kid}/2.jws`)
    expect(left.filter((path) => path.startsWith(flooder.device.kid))).toEqual(
      [1, 5, 6].map((n) => `${flooder.device.kid}/${n}.jws`),
    )
  })

  it('keeps nobody out by using up what the department may send', async () => {
    const { journal } = scene
    await startAgain({ entriesPerDepartment: 3, entriesOwnPerDevice: 2 })
    const [known, flooder] = [await journal.phone(), await journal.phone()]
    for (let i = 0; i < 5; i++) expect(await write(journal, flooder)).toBe('201')
    expect(await write(journal, flooder)).toBe('429 too-many')
    for (let i = 0; i < 2; i++) expect(await write(journal, known)).toBe('201')
    expect(await write(journal, known)).toBe('429 too-many')
  })
})
