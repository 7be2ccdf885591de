import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { createMemoryStore } from '#store/memory.ts'
import { fromBase64url, sha256, textOf, toBase64url, utf8 } from '#trust/bytes.ts'
import { revokeKey } from '#trust/change-root.ts'
import { importEpochKey, type EpochKey } from '#trust/epoch-key.ts'
import { signCompact, type JwsType } from '#trust/jws.ts'
import { createAgreementKey, createSigningKey, importVerifyKey } from '#trust/keys.ts'
import { signRoot, verifyNextRoot, type VerifiedRoot } from '#trust/root.ts'
import { mutationsOf } from '../../tests/support/mutations.ts'
import {
  createTestOrganisation,
  testDocuments,
  type TestOrganisation,
} from '../../tests/support/organisation.ts'
import { signBeat, verifyBeat } from './beat.ts'
import type { BuiltRelease } from './build-release.ts'
import { confirmedAt } from './confirmed-at.ts'
import { blobsOf, isNewer, payloadOf, signHead, verifyHead } from './head.ts'
import { openKeys, unwrapForDevice } from './open-keys.ts'
import { openRelease, type VerifiedRelease } from './open-release.ts'
import { resignHead } from './resign-head.ts'
import { rewrapKeys } from './rewrap-keys.ts'
import { rotateEpoch } from './rotate-epoch.ts'

// Thousands of tries, on a machine that may do other things at the same time.
vi.setConfig({ testTimeout: 60_000 })

const code = (code: string) => expect.objectContaining({ code })
const refused = expect.objectContaining({
  name: expect.stringMatching(/^(TrustError|ReleaseError)$/) as unknown,
})
const department = 'hemtjanst'
const issued = new Date('2026-05-01T08:00:00Z')
const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
let organisation: TestOrganisation
let root: VerifiedRoot
let first: VerifiedRelease
let release: VerifiedRelease
let epochKey: EpochKey

beforeAll(async () => {
  organisation = await createTestOrganisation()
  ;({ root } = organisation)
  const store = createMemoryStore()
  ;({ release: first } = await organisation.publish(store, department))
  const later = testDocuments(department, '+46701740606')
  ;({ release } = await organisation.publish(store, department, later))
  await organisation.publish(store, 'gemensamt')
  epochKey = await importEpochKey(organisation.epochs[department]!.key, { extractable: true })
})

const blob = async (hash: string) => organisation.blobs.get(hash)
const context = () => ({ root, department })
/** What a reader who holds the last good release sees, whatever was offered. */
const lastGood = async () => (await openRelease({ head: release.head, blob, epochKey })).documents

/** Signs a header and a payload spelled by hand, by the department's own publisher. */
async function forged(payload: string, header: Record<string, unknown> = {}) {
  const { kid, key } = organisation.publishers[department]!
  const protectedText = JSON.stringify({ alg: 'ES256', typ: 'planb-head+jws', kid, ...header })
  const input = `${toBase64url(utf8(protectedText))}.${toBase64url(utf8(payload))}`
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
  const signature = await crypto.subtle.sign(algorithm, key, utf8(input))
  return utf8(`${input}.${toBase64url(new Uint8Array(signature))}`)
}
const headText = (change: object = {}) => JSON.stringify({ ...payloadOf(release.head), ...change })

describe('heads and beats that are bent', () => {
  it('[R4] the twin of a signature leaves the head its name, so it is no other head', async () => {
    const { bytes } = await signHead(payloadOf(release.head), organisation.publishers[department]!)
    const [header, payload, signature] = textOf(bytes).split('.') as [string, string, string]
    const raw = fromBase64url(signature)
    const s = BigInt(`0x${Buffer.from(raw.subarray(32)).toString('hex')}`)
    raw.set(Buffer.from((n - s).toString(16).padStart(64, '0'), 'hex'), 32)
    const twin = utf8(`${header}.${payload}.${toBase64url(raw)}`)
    const [one, other] = [await verifyHead(bytes, context()), await verifyHead(twin, context())]
    expect(await sha256(twin)).not.toBe(await sha256(bytes))
    expect(other.hash).toBe(one.hash)
    expect(other.hash).toBe(release.headHash)
    expect(isNewer(other, one)).toBe(false)
  })

  it('[R1] none, HS256 with the public key as secret, further headers, spare bits, a part too many', async () => {
    const { kid, jwk } = organisation.publishers[department]!
    await expect(verifyHead(await forged(headText()), context())).resolves.toBeDefined()
    const headers = [
      { alg: 'none' },
      { alg: 'HS256' },
      { jwk },
      { jku: 'https://x.example/' },
      { crit: ['b64'], b64: false },
      { x5c: [] },
    ]
    for (const header of headers) {
      await expect(verifyHead(await forged(headText(), header), context())).rejects.toEqual(
        code('jws-header'),
      )
    }
    const header = toBase64url(utf8(JSON.stringify({ alg: 'HS256', typ: 'planb-head+jws', kid })))
    const input = `${header}.${toBase64url(utf8(headText({ v: 3 })))}`
    const secret = await crypto.subtle.exportKey('spki', await importVerifyKey(jwk))
    const mac = createHmac('sha256', new Uint8Array(secret)).update(input).digest()
    await expect(verifyHead(utf8(`${input}.${toBase64url(mac)}`), context())).rejects.toEqual(
      code('jws-header'),
    )
    const good = textOf(await forged(headText()))
    for (const bad of [`${good}.`, `${good}=`, `${good}A`, ` ${good}`, `${good}\n`, good.slice(1)])
      await expect(verifyHead(utf8(bad), context())).rejects.toEqual(refused)
  })

  it('[T5] duplicated keys, __proto__, another spelling, a thousand brackets, well signed', async () => {
    const plain = headText()
    const bad: [string, string][] = [
      [plain.replace('{', '{"v":9,'), 'json-spelling'],
      [plain.replace(/}$/, ',"v":9}'), 'json-spelling'],
      [plain.replace('{', '{ '), 'json-spelling'],
      [`${plain}\n`, 'json-spelling'],
      [plain.replace('{', '{"__proto__":{"gen":9},'), 'json-malformed'],
      [plain.replace('{', `{"a":${'['.repeat(1000)}${']'.repeat(1000)},`), 'json-deep'],
      ['', 'jws-malformed'],
      ['null', 'head-malformed'],
      ['[]', 'head-malformed'],
    ]
    for (const [payload, expected] of bad) {
      const offered = verifyHead(await forged(payload), context())
      await expect(offered, payload.slice(0, 30)).rejects.toEqual(code(expected))
    }
    const keysText = (insert: string) => utf8(textOf(organisation.blobs.get(release.head.keys[0])!).replace('{', `{${insert},`)) // prettier-ignore
    for (const [insert, expected] of [
      ['"__proto__":{}', 'json-malformed'],
      [`"a":${'['.repeat(1000)}${']'.repeat(1000)}`, 'json-deep'],
    ] as const) {
      const bytes = keysText(insert)
      const keys = [await sha256(bytes), bytes.length]
      const head = await verifyHead(await forged(headText({ keys })), context())
      await expect(openKeys({ head, blob: async () => bytes })).rejects.toEqual(code(expected))
    }
    expect(await lastGood()).toEqual(release.documents)
  })

  it('[T3] one kind of object in the place of another, signed by one who may sign both', async () => {
    const publisher = organisation.publishers[department]!
    const beat = await signBeat(release.head, root, issued, publisher)
    await expect(verifyHead(beat, context())).rejects.toEqual(code('jws-type'))
    const { bytes } = await signHead(payloadOf(release.head), publisher)
    await expect(verifyBeat(bytes, context())).rejects.toEqual(code('jws-type'))
    for (const typ of ['planb-root+jws', 'planb-entry+jws', 'planb-beat+jws'] as JwsType[]) {
      const other = await signCompact(typ, utf8(headText()), publisher)
      await expect(verifyHead(other, context())).rejects.toEqual(code('jws-type'))
    }
    await expect(verifyHead(organisation.rootBytes, context())).rejects.toEqual(refused)
  })

  it('[R2] numbers at their ends', async () => {
    for (const change of [
      { v: 0 },
      { v: -1 },
      { v: 1.5 },
      { v: 10_000_000_000 },
      { v: '2' },
      { v: null },
      { epoch: 0 },
      { edition: 0 },
      { manifest: [release.head.manifest[0], 0] },
      { manifest: [release.head.manifest[0], 1e12] },
      { blobs: Array.from({ length: 401 }, () => release.head.blobs[0]) },
    ]) {
      const offered = verifyHead(await forged(headText(change)), context())
      await expect(offered, JSON.stringify(change).slice(0, 40)).rejects.toEqual(
        code('head-malformed'),
      )
    }
    for (const gen of [0, 2, 9999, 10_000]) {
      await expect(verifyHead(await forged(headText({ gen })), context())).rejects.toEqual(refused)
    }
  })
})

describe('what is offered again', () => {
  it('[R5] an old head is well signed, and never newer', async () => {
    const { bytes } = await signHead(payloadOf(first.head), organisation.publishers[department]!)
    const old = await verifyHead(bytes, context())
    expect(isNewer(old, release)).toBe(false)
    // Nor with an edition, a date or a predecessor that says otherwise.
    const dressed = await forged(
      JSON.stringify({
        ...payloadOf(first.head),
        edition: 999,
        issued: '2099-01-01T00:00:00.000Z',
        prev: release.headHash,
      }),
    )
    expect(isNewer(await verifyHead(dressed, context()), release)).toBe(false)
  })

  it('[R6] a beat for an old head, of another department, organisation or publisher', async () => {
    const publisher = organisation.publishers[department]!
    const old = await verifyBeat(await signBeat(first.head, root, issued, publisher), context())
    expect(old.head).not.toBe(release.headHash)
    const common = await signBeat(
      organisation.last.gemensamt!.head,
      root,
      issued,
      organisation.rootKeys[0]!,
    )
    await expect(verifyBeat(common, context())).rejects.toEqual(code('beat-malformed'))
    const neighbour = await createTestOrganisation()
    await neighbour.publish(createMemoryStore(), department)
    const foreign = await signBeat(
      neighbour.last[department]!.head,
      neighbour.root,
      issued,
      publisher,
    )
    await expect(verifyBeat(foreign, context())).rejects.toEqual(code('beat-malformed'))
    const other = await signBeat(release.head, root, issued, organisation.publishers.gemensamt!)
    await expect(verifyBeat(other, context())).rejects.toEqual(code('jws-signer'))
  })

  it('[R6] a beat whose time is none, or that names no head', async () => {
    const publisher = organisation.publishers[department]!
    const good = await verifyBeat(await signBeat(release.head, root, issued, publisher), context())
    for (const change of [{ time: 'yesterday' }, { head: 'none' }, { root: { v: 1 } }]) {
      const payload = utf8(JSON.stringify({ ...good, ...change }))
      const bytes = await signCompact('planb-beat+jws', payload, publisher)
      await expect(verifyBeat(bytes, context())).rejects.toEqual(code('beat-malformed'))
    }
  })

  it('[R61] beats that are replayed, dated 2099, or signed by a revoked key make nothing fresher', async () => {
    const publisher = organisation.publishers[department]!
    const now = new Date('2026-05-02T08:00:00Z')
    const head = { issued: release.issued, receivedAt: release.issued, now }
    const early = await signBeat(release.head, root, new Date('2026-04-01T08:00:00Z'), publisher)
    const { time } = await verifyBeat(early, context())
    const replayed = { time, receivedAt: now.toISOString() }
    expect(confirmedAt({ ...head, beats: [replayed] })).toBe(time)
    const future = await signBeat(release.head, root, new Date('2099-01-01'), publisher)
    const ahead = {
      time: (await verifyBeat(future, context())).time,
      receivedAt: now.toISOString(),
    }
    expect(confirmedAt({ ...head, beats: [replayed, ahead] })).toBe(time)
    const revoked = revokeKey(root, { kid: publisher.kid, issued: now })
    const { bytes } = await signRoot(revoked.root, organisation.rootKeys.slice(0, 1))
    const next = await verifyNextRoot(bytes, root)
    const late = await signBeat(release.head, next, now, publisher)
    await expect(verifyBeat(late, { root: next, department })).rejects.toEqual(code('jws-signer'))
  })
})

describe('keys and blobs of another place', () => {
  it('[R17] the key blob of gemensamt, or of an epoch before, under this head', async () => {
    const { head: common } = organisation.last.gemensamt!
    const swapped = await forged(headText({ keys: common.keys }))
    const head = await verifyHead(swapped, context())
    await expect(openKeys({ head, blob })).rejects.toEqual(code('keys-malformed'))
    const later = await verifyHead(await forged(headText({ epoch: 2 })), context())
    await expect(openKeys({ head: later, blob })).rejects.toEqual(code('keys-malformed'))
    const neighbour = await createTestOrganisation()
    const { release: theirs } = await neighbour.publish(createMemoryStore(), department)
    const strange = await verifyHead(await forged(headText({ keys: theirs.head.keys })), context())
    const strangeBlob = async (hash: string) => neighbour.blobs.get(hash)
    await expect(openKeys({ head: strange, blob: strangeBlob })).rejects.toEqual(
      code('keys-malformed'),
    )
  })

  it('[R18] a wrap for another device, or for nobody', async () => {
    const [mine, yours] = await Promise.all(
      [1, 2].map(async () => ({
        kid: (await createSigningKey({ extractable: false })).kid,
        agreement: await createAgreementKey({ extractable: false }),
      })),
    )
    const recipients = { [mine!.kid]: mine!.agreement.jwk, [yours!.kid]: yours!.agreement.jwk }
    const built = await organisation.build(department, undefined, { recipients })
    const head = await verifyHead(built.head, context())
    const source = { head, blob, device: mine!.kid, agreement: mine!.agreement }
    expect(await unwrapForDevice(source)).toEqual(organisation.epochs[department]!.key)
    await expect(unwrapForDevice({ ...source, device: yours!.kid })).rejects.toEqual(
      code('wrap-refused'),
    )
    for (const device of ['constructor', '__proto__', `${'A'.repeat(42)}A`]) {
      await expect(unwrapForDevice({ ...source, device })).rejects.toEqual(code('keys-not-for-us'))
    }
  })

  it('[R11] a pack of gemensamt in this department, named with its right hash and size', async () => {
    const { head: common } = organisation.last.gemensamt!
    const head = await verifyHead(await forged(headText({ blobs: common.blobs })), context())
    await expect(openRelease({ head, blob, epochKey })).rejects.toEqual(code('seal-refused'))
    expect(await lastGood()).toEqual(release.documents)
  })
})

describe('any mutated object is refused, and the last good stays readable', () => {
  const runs = { numRuns: 120 }

  it('[R50] a head that was signed again, wrapped for one more, or of a new epoch', async () => {
    const { kid } = organisation.publishers[department]!
    const signer = organisation.rootKeys[0]!
    const revoked = revokeKey(root, { kid, issued })
    const { bytes } = await signRoot(revoked.root, [signer])
    const next = await verifyNextRoot(bytes, root)
    const keys = await openKeys({ head: release.head, blob })
    const epoch = organisation.epochs[department]!
    const phone = { [kid]: (await createAgreementKey({ extractable: false })).jwk }
    const input = { previous: release, root, signer, issued }
    const rotated = await rotateEpoch({ ...input, recipients: phone })
    const newKey = await importEpochKey(rotated.epoch.key, { extractable: false })
    const offers: [VerifiedRoot, BuiltRelease, EpochKey][] = [
      [next, await resignHead({ head: release.head, root: next, signer, issued }), epochKey],
      [root, await rewrapKeys({ ...input, keys, epoch, add: phone }), epochKey],
      [root, rotated.built, newKey],
    ]
    for (const [under, built, key] of offers) {
      const head = await verifyHead(built.head, { root: under, department })
      const heads = mutationsOf(built.head)
      await fc.assert(
        fc.asyncProperty(heads, async (mutated) => {
          await expect(verifyHead(mutated, { root: under, department })).rejects.toEqual(refused)
        }),
        runs,
      )
      const held = new Map(built.blobs.map((one) => [one.hash, one.bytes]))
      const source = async (hash: string) => held.get(hash) ?? blob(hash)
      const good = await openRelease({ head, blob: source, epochKey: key })
      expect(good.documents).toEqual(expect.arrayContaining([...release.documents]))
      const altered = fc.constantFrom(...blobsOf(head)).chain(({ hash }) =>
        mutationsOf(held.get(hash) ?? organisation.blobs.get(hash)!).map((bad) => ({
          hash,
          bad,
        })),
      )
      await fc.assert(
        fc.asyncProperty(altered, async ({ hash, bad }) => {
          const offered = async (name: string) => (name === hash ? bad : source(name))
          if (hash === head.keys[0])
            await expect(openKeys({ head, blob: offered })).rejects.toEqual(refused)
          else
            await expect(openRelease({ head, blob: offered, epochKey: key })).rejects.toEqual(
              refused,
            )
        }),
        runs,
      )
    }
    expect(await lastGood()).toEqual(release.documents)
  }, 120_000)
})
