import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { signBeat } from '#release/beat.ts'
import { verifyHead } from '#release/head.ts'
import { resignHead } from '#release/resign-head.ts'
import { revokeKey } from '#trust/change-root.ts'
import { createSigningKey } from '#trust/keys.ts'
import { releaseForm } from '../support/http-server.ts'
import { testDocuments } from '../support/organisation.ts'
import { createServerScene, issuedLater as issued, told } from '../support/server-scene.ts'
import type { Organisation, ServerScene } from '../support/server-scene.ts'

let scene: ServerScene
let organisation: Organisation
const hour = 60 * 60 * 1000

beforeEach(async () => {
  scene = await createServerScene()
  ;({ organisation } = scene)
})
afterEach(() => scene.end())

const post = (path: string, body: BodyInit) => scene.post(path, body)

describe('POST …/beat', () => {
  const now = () => Date.now()
  const beat = async (time: number, change: { signer?: Organisation['publishers'][string] } = {}) =>
    signBeat(
      organisation.last['hemtjanst']!.head,
      organisation.root,
      new Date(time),
      change.signer ?? organisation.publishers['hemtjanst']!,
    )
  const sendBeat = async (bytes: Uint8Array<ArrayBuffer>) =>
    told(await post('d/hemtjanst/beat', bytes))
  const stored = () => scene.server.store.get('d/hemtjanst/beat.jws', { maxBytes: 1e5 })

  it('[H20] takes one of the current head, and a later one in its place', async () => {
    const first = await beat(now() - hour)
    expect(await sendBeat(first)).toBe('201')
    expect(await stored()).toEqual(first)
    const later = await beat(now())
    expect(await sendBeat(later)).toBe('201')
    const got = await fetch(`${scene.server.url}store/d/hemtjanst/beat.jws`)
    expect(new Uint8Array(await got.arrayBuffer())).toEqual(later)
  })

  it('[H20] a root key may beat as well', async () => {
    expect(await sendBeat(await beat(now(), { signer: organisation.rootKeys[1]! }))).toBe('201')
  })

  it('[H23] the same one again, and an earlier one, are 409; the later stays', async () => {
    const time = now()
    const bytes = await beat(time)
    expect(await sendBeat(bytes)).toBe('201')
    expect(await sendBeat(bytes)).toBe('409 beat-older')
    expect(await sendBeat(await beat(time))).toBe('409 beat-older')
    expect(await sendBeat(await beat(time - 1))).toBe('409 beat-older')
    expect(await stored()).toEqual(bytes)
  })

  it('[H20] refuses strangers, other departments’ publishers and what is no beat', async () => {
    const { publishers } = organisation
    const stranger = await createSigningKey({ extractable: true })
    expect(await sendBeat(await beat(now(), { signer: stranger }))).toBe('422 jws-signer')
    expect(await sendBeat(await beat(now(), { signer: publishers['gemensamt']! }))).toBe('422 jws-signer') // prettier-ignore
    expect(await sendBeat(organisation.rootBytes)).toMatch('422')
    expect(await sendBeat(new Uint8Array(8 * 1024 + 1))).toBe('413 too-large')
    expect(await told(await post('d/skola/beat', await beat(now())))).toBe('404 department-unknown')
    expect(await told(await post('d/gemensamt/beat', await beat(now())))).toBe('422 jws-signer')
    expect(await stored()).toBeUndefined()
  })

  it('[H21] one dated beyond a day ahead is refused: it would stop all true ones', async () => {
    expect(await sendBeat(await beat(Date.parse('2099-01-01')))).toBe('422 beat-future')
    expect(await sendBeat(await beat(now() + 25 * hour))).toBe('422 beat-future')
    expect(await stored()).toBeUndefined()
    expect(await sendBeat(await beat(now() + 23 * hour))).toBe('201')
  })

  it('[H22] one of 2099 that lies there already, and one that does not verify, hold nothing up', async () => {
    await scene.server.store.replace('d/hemtjanst/beat.jws', await beat(Date.parse('2099-01-01')))
    const first = await beat(now() - hour)
    expect(await sendBeat(first)).toBe('201')
    await scene.server.store.replace('d/hemtjanst/beat.jws', new TextEncoder().encode('garbage'))
    expect(await sendBeat(first)).toBe('201')
    await writeFile(join(scene.server.storeDirectory, 'd/hemtjanst/beat.jws'), Buffer.alloc(9_000))
    expect(await sendBeat(first)).toBe('201')
    expect(await stored()).toEqual(first)
  })

  it('[H22] [H23] a beat of the head before gives way to one of the current head, and never replaces it', async () => {
    const before = await beat(now() + 20 * hour)
    expect(await sendBeat(before)).toBe('201')
    const again = await beat(now() + 21 * hour)
    await organisation.publish(
      scene.server.store,
      'hemtjanst',
      testDocuments('hemtjanst', '+46701740606'),
    )
    expect(await sendBeat(again)).toBe('409 beat-older')
    const current = await beat(now())
    expect(await sendBeat(current)).toBe('201')
    expect(await sendBeat(again)).toBe('409 beat-older')
    expect(await stored()).toEqual(current)
  })

  it('[H5] [H22] after a revocation the old key’s beat counts no more, and none is taken until the head is signed again', async () => {
    const mine = await beat(now() + 20 * hour)
    expect(await sendBeat(mine)).toBe('201')
    const kid = organisation.publishers['hemtjanst']!.kid
    const { root } = revokeKey(organisation.root, { kid, issued })
    const { root: verified } = await scene.sendRoot(root, { resign: false })
    const signer = organisation.rootKeys[0]!
    expect(await sendBeat(mine)).toBe('422 jws-signer')
    expect(await sendBeat(await beat(now(), { signer }))).toBe('503 release-missing')
    const { head } = organisation.last['hemtjanst']!
    const built = await resignHead({ head, root: verified, signer, issued })
    expect((await post('d/hemtjanst', releaseForm(built))).status).toBe(201)
    const resigned = await verifyHead(built.head, { root: verified, department: 'hemtjanst' })
    const fresh = await signBeat(resigned, verified, new Date(), signer)
    expect(await sendBeat(fresh)).toBe('201')
    expect(await stored()).toEqual(fresh)
  })

  it('[H24] one that names a root this store does not have, or another one, is refused', async () => {
    const { head } = organisation.last['hemtjanst']!
    const signer = organisation.publishers['hemtjanst']!
    const naming = (root: object) =>
      signBeat(head, { ...organisation.root, ...root }, new Date(), signer)
    expect(await sendBeat(await naming({ v: 2 }))).toBe('422 root-newer')
    expect(await sendBeat(await naming({ hash: 'f'.repeat(64) }))).toBe('422 root-other')
  })

  it('of ten at once the latest stays', async () => {
    const time = now()
    const beats = await Promise.all(Array.from({ length: 10 }, (_, i) => beat(time + i)))
    await Promise.all([...beats].reverse().map(sendBeat))
    expect(await stored()).toEqual(beats[9])
  })
})
