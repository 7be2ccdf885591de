import { createHmac } from 'node:crypto'
import { CompactSign } from 'jose/jws/compact/sign'
import { generalVerify } from 'jose/jws/general/verify'
import { beforeAll, describe, expect, it } from 'vitest'
import { fromBase64url, textOf, toBase64url, utf8 } from './bytes.ts'
import { addSignature, signCompact, signGeneral, verifyCompact, verifyGeneral } from './jws.ts'
import { createSigningKey, importVerifyKey, type SigningKey } from './keys.ts'

const typ = 'planb-head+jws'
const payload = utf8('{"v":1}')
let key: SigningKey
let other: SigningKey

beforeAll(async () => {
  key = await createSigningKey({ extractable: true })
  other = await createSigningKey({ extractable: true })
})

const keyOf = (kid: string) => [key, other].find((one) => one.kid === kid)?.jwk
const code = (code: string) => expect.objectContaining({ code })

/** Signs whatever header and payload, as an attacker who owns a key would. */
async function forge(header: object | string, body: Uint8Array = payload): Promise<Uint8Array> {
  const text = typeof header === 'string' ? header : JSON.stringify(header)
  const input = `${toBase64url(utf8(text))}.${toBase64url(body)}`
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
  const signature = await crypto.subtle.sign(algorithm, key.key, utf8(input))
  return utf8(`${input}.${toBase64url(new Uint8Array(signature))}`)
}

describe('compact JWS', () => {
  it('[T1] gives signer and payload of what was signed', async () => {
    const verified = await verifyCompact(await signCompact(typ, payload, key), typ, keyOf)
    expect(verified.kid).toBe(key.kid)
    expect(textOf(verified.payload)).toBe('{"v":1}')
  })

  it('[T1] refuses a payload or a signature of another object', async () => {
    const [head, , signature] = textOf(await signCompact(typ, payload, key)).split('.')
    const swapped = utf8(`${head}.${toBase64url(utf8('{"v":2}'))}.${signature}`)
    await expect(verifyCompact(swapped, typ, keyOf)).rejects.toEqual(code('jws-signature'))
    const short = utf8(`${head}.${toBase64url(payload)}.${signature!.slice(0, 4)}`)
    await expect(verifyCompact(short, typ, keyOf)).rejects.toEqual(code('jws-signature'))
  })

  it('[T8] takes the malleable twin of a signature, so only the payload names an object', async () => {
    const [head, body, signature] = textOf(await signCompact(typ, payload, key)).split('.')
    const bytes = fromBase64url(signature!)
    const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
    const s = BigInt(`0x${Buffer.from(bytes.subarray(32)).toString('hex')}`)
    bytes.set(Buffer.from((n - s).toString(16).padStart(64, '0'), 'hex'), 32)
    const twin = utf8(`${head}.${body}.${toBase64url(bytes)}`)
    expect((await verifyCompact(twin, typ, keyOf)).payload).toEqual(payload)
  })

  it('[T2] refuses none, HS256 with the public key, and every further header', async () => {
    const { kid } = key
    const good = { alg: 'ES256', typ, kid }
    await expect(verifyCompact(await forge(good), typ, keyOf)).resolves.toBeDefined()
    const headers = [
      { ...good, alg: 'none' },
      { ...good, alg: 'ES384' },
      { ...good, jwk: key.jwk },
      { ...good, jku: 'https://example.org/keys' },
      { ...good, crit: ['exp'], exp: 1 },
      { ...good, crit: ['b64'], b64: false },
      { ...good, x5c: [] },
      { alg: 'ES256', kid },
      { alg: 'ES256', typ },
      { ...good, kid: 7 },
      null,
      [],
    ]
    for (const header of headers) {
      const bytes = await forge(JSON.stringify(header))
      await expect(verifyCompact(bytes, typ, keyOf), JSON.stringify(header)).rejects.toEqual(
        code('jws-header'),
      )
    }
    const secret = await crypto.subtle.exportKey('spki', await importVerifyKey(key.jwk))
    const input = `${toBase64url(utf8(JSON.stringify({ ...good, alg: 'HS256' })))}.${toBase64url(payload)}`
    const mac = createHmac('sha256', new Uint8Array(secret)).update(input).digest()
    const hs256 = utf8(`${input}.${toBase64url(mac)}`)
    await expect(verifyCompact(hs256, typ, keyOf)).rejects.toEqual(code('jws-header'))
    const unsigned = utf8(`${toBase64url(utf8(JSON.stringify({ ...good, alg: 'none' })))}.e30.`)
    await expect(verifyCompact(unsigned, typ, keyOf)).rejects.toEqual(code('jws-malformed'))
  })

  it('[T2] refuses a duplicated key and other spellings in the header', async () => {
    const { kid } = key
    const doubled = `{"alg":"none","alg":"ES256","typ":"${typ}","kid":"${kid}"}`
    await expect(verifyCompact(await forge(doubled), typ, keyOf)).rejects.toEqual(
      code('json-spelling'),
    )
    const spaced = `{"alg": "ES256","typ":"${typ}","kid":"${kid}"}`
    await expect(verifyCompact(await forge(spaced), typ, keyOf)).rejects.toEqual(
      code('json-spelling'),
    )
  })

  it('[T3] refuses an object of another type', async () => {
    const beat = await signCompact('planb-beat+jws', payload, key)
    await expect(verifyCompact(beat, typ, keyOf)).rejects.toEqual(code('jws-type'))
  })

  it('[T4] refuses a stranger, also one who claims the kid of a publisher', async () => {
    const stranger = await createSigningKey({ extractable: true })
    const signed = await signCompact(typ, payload, stranger)
    await expect(verifyCompact(signed, typ, keyOf)).rejects.toEqual(code('jws-signer'))
    const claimed = await signCompact(typ, payload, { ...stranger, kid: key.kid })
    await expect(verifyCompact(claimed, typ, keyOf)).rejects.toEqual(code('jws-signature'))
  })

  it('[T5] refuses trailing bits and bytes, padding, spaces and more parts', async () => {
    const text = textOf(await signCompact(typ, payload, key))
    const last = text.at(-1)!
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const spare = text.slice(0, -1) + alphabet[alphabet.indexOf(last) + 1]
    for (const bad of [
      spare,
      `${text}=`,
      `${text}A`,
      `${text}\n`,
      ` ${text}`,
      `${text}.`,
      `${text}.e30`,
      '',
      '..',
    ]) {
      await expect(verifyCompact(utf8(bad), typ, keyOf), bad.slice(-8)).rejects.toEqual(
        expect.objectContaining({ name: 'TrustError' }),
      )
    }
  })

  it('[T1] says of a part that is not there that this is no JWS', async () => {
    const [head, body, signature] = textOf(await signCompact(typ, payload, key)).split('.')
    for (const bad of [`.${body}.${signature}`, `${head}..${signature}`, `${head}.${body}.`]) {
      await expect(verifyCompact(utf8(bad), typ, keyOf)).rejects.toEqual(code('jws-malformed'))
    }
  })

  it('verifies with another implementation', async () => {
    const { compactVerify } = await import('jose/jws/compact/verify')
    const bytes = await signCompact(typ, payload, key)
    const verified = await compactVerify(bytes, await importVerifyKey(key.jwk))
    expect(verified.protectedHeader).toEqual({ alg: 'ES256', typ, kid: key.kid })
  })

  it('takes what another implementation signs with the same header', async () => {
    const bytes = await new CompactSign(payload)
      .setProtectedHeader({ alg: 'ES256', typ, kid: key.kid })
      .sign(key.key)
    await expect(verifyCompact(utf8(bytes), typ, keyOf)).resolves.toBeDefined()
  })
})

describe('general JWS', () => {
  const root = 'planb-root+jws'

  it('[T7] counts distinct signers', async () => {
    const bytes = await signGeneral(root, payload, [key, other])
    expect((await verifyGeneral(bytes, root, keyOf)).kids).toEqual([key.kid, other.kid])
    const one = await signGeneral(root, payload, [key])
    const both = await addSignature(root, one, other)
    expect((await verifyGeneral(both, root, keyOf)).kids).toEqual([key.kid, other.kid])
  })

  it('[T7] refuses the same key twice, and a garbage signature beside a good one', async () => {
    const twice = await signGeneral(root, payload, [key, key])
    await expect(verifyGeneral(twice, root, keyOf)).rejects.toEqual(code('jws-malformed'))
    const value = JSON.parse(textOf(await signGeneral(root, payload, [key, other])))
    value.signatures[1].signature = toBase64url(new Uint8Array(64).fill(7))
    const garbage = utf8(JSON.stringify(value))
    await expect(verifyGeneral(garbage, root, keyOf)).rejects.toEqual(code('jws-signature'))
    // What a library does that stops at the first good one.
    await expect(generalVerify(value, await importVerifyKey(key.jwk))).resolves.toBeDefined()
  })

  it('[T7] refuses none and more than 16 signatures', async () => {
    const value = JSON.parse(textOf(await signGeneral(root, payload, [key])))
    const none = utf8(JSON.stringify({ ...value, signatures: [] }))
    await expect(verifyGeneral(none, root, keyOf)).rejects.toEqual(code('jws-malformed'))
    const signers = await Promise.all(
      Array.from({ length: 17 }, () => createSigningKey({ extractable: false })),
    )
    const ofAll = (kid: string) => signers.find((one) => one.kid === kid)?.jwk
    const most = await signGeneral(root, payload, signers.slice(0, 16))
    expect((await verifyGeneral(most, root, ofAll)).kids).toHaveLength(16)
    const padded = await signGeneral(root, payload, signers)
    await expect(verifyGeneral(padded, root, ofAll)).rejects.toEqual(code('jws-malformed'))
  })

  it('[T5] refuses unprotected headers, extra members, another order, spaces', async () => {
    const text = textOf(await signGeneral(root, payload, [key]))
    const value = JSON.parse(text)
    const [signature] = value.signatures
    const bad = [
      { ...value, signatures: [{ ...signature, header: { kid: key.kid } }] },
      { ...value, header: {} },
      { ...value, extra: 1 },
      { signatures: value.signatures, payload: value.payload },
      { ...value, signatures: [signature, null] },
      { ...value, payload: 7 },
      null,
      7,
    ].map((one) => JSON.stringify(one))
    for (const spelling of [
      ...bad,
      `${text} `,
      `${text}\n`,
      text.replace('{', '{ '),
      `\ufeff${text}`,
    ]) {
      await expect(
        verifyGeneral(utf8(spelling), root, keyOf),
        spelling.slice(0, 40),
      ).rejects.toEqual(expect.objectContaining({ name: 'TrustError' }))
    }
  })
})
