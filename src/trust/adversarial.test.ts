import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { mutationsOf } from '../../tests/support/mutations.ts'
import { createTestOrganisation, type TestOrganisation } from '../../tests/support/organisation.ts'
import { fromBase64url, sha256, textOf, toBase64url, utf8 } from './bytes.ts'
import { approvePublisher, revokeKey } from './change-root.ts'
import { signCompact } from './jws.ts'
import { createSigningKey, importVerifyKey, type SigningKey } from './keys.ts'
import {
  nextRoot,
  signRoot,
  verifyFirstRoot,
  verifyKnownRoot,
  verifyNextRoot,
  type VerifiedRoot,
} from './root.ts'
import type { Root } from './root-schema.ts'

// Thousands of tries, on a machine that may do other things at the same time.
vi.setConfig({ testTimeout: 60_000 })

const code = (code: string) => expect.objectContaining({ code })
const refused = expect.objectContaining({ name: 'TrustError' })
const issued = '2026-05-01T08:00:00.000Z'
/** The order of P-256. */
const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

interface Envelope {
  payload: string
  signatures: { protected: string; signature: string; [other: string]: unknown }[]
  [other: string]: unknown
}

let organisation: TestOrganisation
let neighbour: TestOrganisation
let root: VerifiedRoot
let keys: SigningKey[]
/** A change that needs two root keys, signed by two. */
let major: Uint8Array
let thief: SigningKey

beforeAll(async () => {
  organisation = await createTestOrganisation()
  neighbour = await createTestOrganisation()
  ;({ root, rootKeys: keys } = organisation)
  thief = await createSigningKey({ extractable: true })
  major = (await signRoot(nextRoot(root, { issued, title: 'Nytt namn' }), keys.slice(0, 2))).bytes
})

const read = (bytes: Uint8Array) => JSON.parse(textOf(bytes)) as Envelope
const spell = (envelope: object) => utf8(JSON.stringify(envelope))
/** One signature changed by hand. */
function withSignature(bytes: Uint8Array, at: number, change: (signature: Uint8Array) => string) {
  const envelope = read(bytes)
  const one = envelope.signatures[at]!
  one.signature = change(fromBase64url(one.signature))
  return spell(envelope)
}
const hexOf = (value: bigint) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex')
const toNumber = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
function twinOf(signature: Uint8Array): string {
  const twin = Uint8Array.from(signature)
  twin.set(hexOf(n - toNumber(signature.subarray(32))), 32)
  return toBase64url(twin)
}
/** Signs what an attacker who owns a key would write, spelled by hand. */
async function forge(header: string, payload: string, key: SigningKey) {
  const input = `${toBase64url(utf8(header))}.${toBase64url(utf8(payload))}`
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
  const signature = await crypto.subtle.sign(algorithm, key.key, utf8(input))
  return { protected: toBase64url(utf8(header)), signature: toBase64url(new Uint8Array(signature)) }
}
async function forgedRoot(
  payload: string,
  signers: SigningKey[],
  header = (kid: string) => `{"alg":"ES256","typ":"planb-root+jws","kid":"${kid}"}`,
) {
  const signatures = await Promise.all(signers.map((key) => forge(header(key.kid), payload, key)))
  return spell({ payload: toBase64url(utf8(payload)), signatures })
}
const textOfNext = (change: Partial<Root>) => JSON.stringify(nextRoot(root, { issued, ...change }))

describe('signatures that are bent', () => {
  it('[T8] s → n − s holds as well, and the root keeps its name', async () => {
    const good = await verifyNextRoot(major, root)
    const twin = withSignature(major, 0, twinOf)
    expect(twin).not.toEqual(major)
    const same = await verifyNextRoot(twin, root)
    expect(same.hash).toBe(good.hash)
    expect(await sha256(twin)).not.toBe(await sha256(major))
    expect(await verifyKnownRoot(twin, good)).toEqual(good)
  })

  it('[T7] a signature and its twin do not make two', async () => {
    const one = (await signRoot(nextRoot(root, { issued, title: 'Annat' }), keys.slice(0, 1))).bytes
    const envelope = read(one)
    const [signature] = envelope.signatures
    const twin = { ...signature!, signature: twinOf(fromBase64url(signature!.signature)) }
    for (const signatures of [
      [signature, twin],
      [twin, signature],
      [signature, signature],
    ]) {
      await expect(verifyNextRoot(spell({ ...envelope, signatures }), root)).rejects.toEqual(
        code('jws-malformed'),
      )
    }
  })

  it('[T1] zeros, the order itself, cut, longer, in DER', async () => {
    const der = (raw: Uint8Array) => {
      const integer = (part: Uint8Array) => {
        const bytes = part[0]! > 127 ? [0, ...part] : [...part]
        return [2, bytes.length, ...bytes]
      }
      const body = [...integer(raw.subarray(0, 32)), ...integer(raw.subarray(32))]
      return Uint8Array.from([0x30, body.length, ...body])
    }
    const bent: ((raw: Uint8Array) => Uint8Array)[] = [
      () => new Uint8Array(64),
      (raw) => Uint8Array.from(raw).fill(0, 32),
      (raw) => Uint8Array.from(raw).fill(0, 0, 32),
      () => Uint8Array.from([...hexOf(n), ...hexOf(n)]),
      (raw) => Uint8Array.from([...raw.subarray(0, 32), ...hexOf(n)]),
      (raw) => raw.subarray(0, 63),
      (raw) => Uint8Array.from([...raw, 0]),
      (raw) => Uint8Array.from([...raw, ...raw]),
      der,
    ]
    for (const bend of bent) {
      const bytes = withSignature(major, 1, (raw) => toBase64url(bend(raw)))
      await expect(verifyNextRoot(bytes, root), String(bend)).rejects.toEqual(code('jws-signature'))
    }
  })

  it('[T5] trailing bits and bytes, padding, spaces, another alphabet', async () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const spare = (text: string) => text.slice(0, -1) + letters[letters.indexOf(text.at(-1)!) + 1]!
    const ways: ((text: string) => string)[] = [
      spare,
      (text) => `${text}=`,
      (text) => `${text}==`,
      (text) => `${text}A`,
      (text) => `${text}\n`,
      (text) => ` ${text}`,
      (text) => text.replaceAll('-', '+').replaceAll('_', '/').concat('/'),
    ]
    for (const way of ways) {
      const envelope = read(major)
      envelope.signatures[0]!.signature = way(envelope.signatures[0]!.signature)
      await expect(verifyNextRoot(spell(envelope), root), String(way)).rejects.toEqual(refused)
    }
    for (const tail of [' ', '\n', '\0', '{}', textOf(major)]) {
      await expect(verifyNextRoot(utf8(textOf(major) + tail), root)).rejects.toEqual(refused)
    }
  })

  it('[T7] a garbage signature beside good ones refuses the whole', async () => {
    const envelope = read(major)
    const garbage = {
      protected: envelope.signatures[0]!.protected.replace(/.$/, 'Q'),
      signature: toBase64url(new Uint8Array(64).fill(9)),
    }
    const stranger = await forge(
      `{"alg":"ES256","typ":"planb-root+jws","kid":"${thief.kid}"}`,
      textOf(fromBase64url(envelope.payload)),
      thief,
    )
    const third = { ...read((await signRoot(nextRoot(root, { issued }), [keys[2]!])).bytes).signatures[0]! } // prettier-ignore
    for (const extra of [garbage, stranger, third, {}, null]) {
      const signatures = [...envelope.signatures, extra]
      await expect(verifyNextRoot(spell({ ...envelope, signatures }), root)).rejects.toEqual(
        refused,
      )
      await expect(
        verifyNextRoot(spell({ ...envelope, signatures: [extra, envelope.signatures[0]] }), root),
      ).rejects.toEqual(refused)
    }
  })

  it('[T2] none, and HS256 with the public key as its secret', async () => {
    const payload = textOfNext({ title: 'Kapad' })
    const [one] = keys as [SigningKey]
    const header = (alg: string) => `{"alg":"${alg}","typ":"planb-root+jws","kid":"${one.kid}"}`
    const publicKey = await importVerifyKey(one.jwk)
    const secrets = [
      new Uint8Array(await crypto.subtle.exportKey('spki', publicKey)),
      new Uint8Array(await crypto.subtle.exportKey('raw', publicKey)),
      utf8(JSON.stringify(one.jwk)),
    ]
    for (const secret of secrets) {
      const input = `${toBase64url(utf8(header('HS256')))}.${toBase64url(utf8(payload))}`
      const mac = createHmac('sha256', secret).update(input).digest()
      const part = { protected: toBase64url(utf8(header('HS256'))), signature: toBase64url(mac) }
      const bytes = spell({ payload: toBase64url(utf8(payload)), signatures: [part] })
      await expect(verifyNextRoot(bytes, root)).rejects.toEqual(code('jws-header'))
    }
    for (const alg of ['none', 'None', 'HS256', 'ES256K', 'EdDSA', '']) {
      for (const signature of ['', toBase64url(new Uint8Array(64))]) {
        const part = { protected: toBase64url(utf8(header(alg))), signature }
        const bytes = spell({ payload: toBase64url(utf8(payload)), signatures: [part] })
        await expect(verifyNextRoot(bytes, root), alg).rejects.toEqual(code('jws-header'))
      }
    }
  })

  it('[T5] unprotected headers and further members, wherever they stand', async () => {
    const envelope = read(major)
    const [first, second] = envelope.signatures
    const bad: object[] = [
      { ...envelope, header: { alg: 'none' } },
      { ...envelope, protected: first!.protected },
      { ...envelope, signature: first!.signature },
      { ...envelope, signatures: [{ ...first, header: { kid: thief.kid } }, second] },
      { ...envelope, signatures: [{ ...first, jwk: thief.jwk }, second] },
      { ...envelope, signatures: Object.fromEntries(envelope.signatures.entries()) },
      { ...envelope, payload: [envelope.payload] },
      [envelope],
      { root: envelope },
    ]
    for (const one of bad) {
      await expect(verifyNextRoot(spell(one), root), JSON.stringify(one).slice(0, 60)).rejects.toEqual(refused) // prettier-ignore
    }
  })
})

describe('payloads that read as two things', () => {
  it('[T5] duplicated keys, well signed', async () => {
    const plain = textOfNext({})
    const doubled = [
      plain.replace('{', '{"v":9,'),
      plain.replace(/}$/, ',"v":9}'),
      plain.replace('"root":{', '"root":{"needForRoot":2,'),
      plain.replace('{', '{ '),
      plain.replace('"v":2', '"v":2.0'),
      plain.replace('"v":2', '"\\u0076":2'),
      `\ufeff${plain}`,
    ]
    for (const payload of doubled) {
      expect(payload).not.toBe(plain)
      await expect(verifyNextRoot(await forgedRoot(payload, keys), root)).rejects.toEqual(refused)
    }
  })

  it('[T6] __proto__ and a thousand brackets, well signed', async () => {
    const plain = textOfNext({})
    const proto = plain.replace('{', '{"__proto__":{"example":true},')
    await expect(verifyNextRoot(await forgedRoot(proto, keys), root)).rejects.toEqual(
      code('json-malformed'),
    )
    const inKeys = plain.replace('"keys":{', '"keys":{"__proto__":{"kty":"EC"},')
    await expect(verifyNextRoot(await forgedRoot(inKeys, keys), root)).rejects.toEqual(
      code('json-malformed'),
    )
    const deep = plain.replace('{', `{"deep":${'['.repeat(1000)}${']'.repeat(1000)},`)
    await expect(verifyNextRoot(await forgedRoot(deep, keys), root)).rejects.toEqual(
      code('json-deep'),
    )
    const envelope = utf8(`${'{"payload":'.repeat(1000)}1${'}'.repeat(1000)}`)
    await expect(verifyNextRoot(envelope, root)).rejects.toEqual(code('json-deep'))
    expect(({} as { example?: boolean }).example).toBeUndefined()
  })

  it('[T4] names every object has are nobody’s keys', async () => {
    const payload = textOfNext({})
    for (const kid of ['constructor', 'toString', '__proto__', 'hasOwnProperty', '']) {
      const header = () => `{"alg":"ES256","typ":"planb-root+jws","kid":"${kid}"}`
      await expect(
        verifyNextRoot(await forgedRoot(payload, [thief], header), root),
        kid,
      ).rejects.toEqual(refused)
    }
  })

  it('[T3] another typ, well signed by the right key', async () => {
    const payload = textOfNext({})
    for (const typ of [
      'planb-head+jws',
      'planb-beat+jws',
      'planb-entry+jws',
      'JWT',
      'PLANB-ROOT+JWS',
    ]) {
      const header = (kid: string) => `{"alg":"ES256","typ":"${typ}","kid":"${kid}"}`
      await expect(
        verifyNextRoot(await forgedRoot(payload, keys, header), root),
        typ,
      ).rejects.toEqual(code('jws-type'))
    }
    const compact = await signCompact('planb-root+jws', utf8(payload), keys[0]!)
    await expect(verifyNextRoot(compact, root)).rejects.toEqual(refused)
  })
})

describe('roots in another place or time', () => {
  it('[T15] replayed, from before, from after, from a rival, from next door', async () => {
    const stores = (url: string) => ({ stores: [{ url, write: true }] })
    const second = await signRoot(nextRoot(root, { issued, ...stores('a/') }), keys.slice(0, 1))
    const v2 = await verifyNextRoot(second.bytes, root)
    const third = await signRoot(nextRoot(v2, { issued, ...stores('b/') }), keys.slice(0, 1))
    const v3 = await verifyNextRoot(third.bytes, v2)
    for (const replay of [organisation.rootBytes, second.bytes, third.bytes]) {
      await expect(verifyNextRoot(replay, v3)).rejects.toEqual(refused)
    }
    await expect(verifyNextRoot(third.bytes, root)).rejects.toEqual(code('root-version'))
    // A rival of the same number does not follow, nor does what was built on it under one key alone by a stranger.
    const rival = await signRoot(nextRoot(root, { issued, ...stores('c/') }), keys.slice(1, 2))
    await expect(verifyNextRoot(rival.bytes, v2)).rejects.toEqual(code('root-version'))
    const { rootKeys } = neighbour
    const foreign = await signRoot(nextRoot(neighbour.root, { issued }), rootKeys)
    await expect(verifyNextRoot(foreign.bytes, root)).rejects.toEqual(code('root-organisation'))
    const claimed = await signRoot(nextRoot(root, { issued }), rootKeys)
    await expect(verifyNextRoot(claimed.bytes, root)).rejects.toEqual(code('jws-signer'))
  })

  it('[T16] the next root cannot let its own signers in', async () => {
    const kids = [thief.kid, keys[1]!.kid, keys[2]!.kid]
    const change = {
      keys: { ...root.keys, [thief.kid]: thief.jwk },
      root: { ...root.root, kids },
    }
    for (const signers of [[thief], [thief, keys[1]!]]) {
      const { bytes } = await signRoot(nextRoot(root, { issued, ...change }), signers)
      await expect(verifyNextRoot(bytes, root)).rejects.toEqual(code('root-signatures'))
    }
    // Not even by leaving the number of keys that are needed at one.
    const lowered = { ...change, root: { kids, needForRoot: 1 } }
    const { bytes } = await signRoot(nextRoot(root, { issued, ...lowered } as Partial<Root> & { issued: string }), [thief, ...keys.slice(1)]) // prettier-ignore
    await expect(verifyNextRoot(bytes, root)).rejects.toEqual(code('root-malformed'))
  })

  it('[T71] a revoked publisher signs no root and comes back only through a root key', async () => {
    const publisher = organisation.publishers.hemtjanst!
    const revoked = revokeKey(root, { kid: publisher.kid, issued: new Date(issued) })
    const signed = await signRoot(revoked.root, keys.slice(0, 1))
    const next = await verifyNextRoot(signed.bytes, root)
    const back = approvePublisher(next, {
      ...publisher,
      role: 'Chef',
      departments: ['hemtjanst'],
      issued: new Date(issued),
    })
    const own = await signRoot(back, [publisher])
    await expect(verifyNextRoot(own.bytes, next)).rejects.toEqual(code('jws-signer'))
    const lowered = nextRoot(next, { issued, departments: root.departments, keys: root.keys })
    const low = await signRoot(lowered, keys)
    await expect(verifyNextRoot(low.bytes, next)).rejects.toEqual(code('root-gen'))
  })

  it('[T16] mutated in any way it is refused, and the last good one is read as before', async () => {
    const before = JSON.stringify(root)
    await fc.assert(
      fc.asyncProperty(mutationsOf(major), async (bytes) => {
        await expect(verifyNextRoot(bytes, root)).rejects.toEqual(refused)
        await expect(verifyFirstRoot(bytes, root.organisation)).rejects.toEqual(refused)
      }),
      { numRuns: 200 },
    )
    expect(JSON.stringify(root)).toBe(before)
    expect(await verifyKnownRoot(organisation.rootBytes, root)).toEqual(root)
  })

  it('[T16] whatever a single key signs beyond T17 is refused', async () => {
    const values = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null), fc.constant({}), fc.constant([])) // prettier-ignore
    const fields = fc.oneof(
      fc.constantFrom(
        'title',
        'example',
        'format',
        'minFormat',
        'root',
        'recovery',
        'later',
        'reader',
      ),
      fc.stringMatching(/^[a-z]{1,12}$/).filter((name) => !Object.hasOwn(root, name) && !['v', 'org', 'hash', 'organisation'].includes(name)), // prettier-ignore
    )
    await fc.assert(
      fc.asyncProperty(fields, values, async (field, value) => {
        fc.pre(JSON.stringify((root as never)[field]) !== JSON.stringify(value))
        fc.pre(value !== undefined)
        const next = { ...nextRoot(root, { issued }), [field]: value }
        const { bytes } = await signRoot(next, keys.slice(0, 1))
        await expect(verifyNextRoot(bytes, root)).rejects.toEqual(refused)
      }),
      { numRuns: 150 },
    )
  })
})
