import { beforeAll, describe, expect, it } from 'vitest'
import { fromBase64url } from './bytes.ts'
import { createAgreementKey, randomBytes, type AgreementKey } from './keys.ts'
import { unwrapEpochKey, wrapEpochKey } from './wrap.ts'

const refused = expect.objectContaining({ code: 'wrap-refused' })
const place = { organisation: 'a'.repeat(64), department: 'hemtjanst', epoch: 3 }
const epochKey = randomBytes(32)
let device: AgreementKey

beforeAll(async () => {
  device = await createAgreementKey({ extractable: false })
})

describe('key wraps', () => {
  it('[T23] open with the private half, which need not be extractable', async () => {
    const jwe = await wrapEpochKey(epochKey, device.jwk, place)
    expect(await unwrapEpochKey(jwe, device.key, place)).toEqual(epochKey)
    expect(JSON.parse(atob(jwe.split('.')[0]!))).toMatchObject({
      alg: 'ECDH-ES+A256KW',
      enc: 'A256GCM',
    })
    expect(jwe.length).toBeLessThan(600)
  })

  it('[T23] open for nobody else and nowhere else', async () => {
    const jwe = await wrapEpochKey(epochKey, device.jwk, place)
    const other = await createAgreementKey({ extractable: false })
    await expect(unwrapEpochKey(jwe, other.key, place)).rejects.toEqual(refused)
    for (const change of [
      { organisation: 'b'.repeat(64) },
      { department: 'gemensamt' },
      { epoch: 4 },
    ]) {
      await expect(unwrapEpochKey(jwe, device.key, { ...place, ...change })).rejects.toEqual(
        refused,
      )
    }
  })

  it('[T23] hold exactly 32 bytes', async () => {
    const jwe = await wrapEpochKey(randomBytes(16), device.jwk, place)
    await expect(unwrapEpochKey(jwe, device.key, place)).rejects.toEqual(refused)
  })

  it('[T23] refuse altered text and other algorithms', async () => {
    const jwe = await wrapEpochKey(epochKey, device.jwk, place)
    const parts = jwe.split('.')
    for (const [i, part] of parts.entries()) {
      const altered = parts.with(i, (part.startsWith('A') ? 'B' : 'A') + part.slice(1)).join('.')
      await expect(unwrapEpochKey(altered, device.key, place)).rejects.toEqual(refused)
    }
    const { CompactEncrypt } = await import('jose/jwe/compact/encrypt')
    const { importJWK } = await import('jose/key/import')
    const header = JSON.parse(atob(parts[0]!)) as { apv: string }
    const direct = await new CompactEncrypt(epochKey)
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' })
      .setKeyManagementParameters({ apv: fromBase64url(header.apv) })
      .encrypt(await importJWK({ ...device.jwk }, 'ECDH-ES'))
    const cbc = await new CompactEncrypt(epochKey)
      .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256CBC-HS512' })
      .setKeyManagementParameters({ apv: fromBase64url(header.apv) })
      .encrypt(await importJWK({ ...device.jwk }, 'ECDH-ES+A256KW'))
    await expect(unwrapEpochKey(cbc, device.key, place)).rejects.toEqual(refused)
    await expect(unwrapEpochKey(direct, device.key, place)).rejects.toEqual(refused)
    await expect(unwrapEpochKey('', device.key, place)).rejects.toEqual(refused)
  })

  it('refuse a recipient that is no key', async () => {
    const jwk = { ...device.jwk, y: device.jwk.x }
    await expect(wrapEpochKey(epochKey, jwk, place)).rejects.toEqual(
      expect.objectContaining({ code: 'key-malformed' }),
    )
  })
})
