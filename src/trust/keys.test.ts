import { calculateJwkThumbprint } from 'jose/jwk/thumbprint'
import { describe, expect, it } from 'vitest'
import {
  createAgreementKey,
  createSigningKey,
  exportPrivateKey,
  importAgreementKey,
  importSigningKey,
  importVerifyKey,
  thumbprint,
} from './keys.ts'

const code = (code: string) => expect.objectContaining({ code })

describe('keys', () => {
  it('are named by their RFC 7638 thumbprint', async () => {
    const key = await createSigningKey({ extractable: true })
    expect(key.kid).toBe(await calculateJwkThumbprint({ ...key.jwk }))
    expect(await thumbprint({ ...(await exportPrivateKey(key)) })).toBe(key.kid)
  })

  it('come back from what was written down', async () => {
    const signing = await createSigningKey({ extractable: true })
    const again = await importSigningKey(await exportPrivateKey(signing), { extractable: false })
    expect(again).toMatchObject({ kid: signing.kid, jwk: signing.jwk })
    await expect(exportPrivateKey(again)).rejects.toEqual(code('key-not-extractable'))
    const agreement = await createAgreementKey({ extractable: true })
    const back = await importAgreementKey(await exportPrivateKey(agreement), { extractable: true })
    expect(await exportPrivateKey(back)).toEqual(await exportPrivateKey(agreement))
  })

  it('stay where they are unless they were made to be written down', async () => {
    const key = await createSigningKey({ extractable: false })
    expect(key.key.extractable).toBe(false)
    expect((await createAgreementKey({ extractable: false })).key.extractable).toBe(false)
  })

  it('[T12] are points on the curve', async () => {
    const { jwk } = await createSigningKey({ extractable: true })
    await expect(importVerifyKey({ ...jwk, y: jwk.x })).rejects.toEqual(code('key-malformed'))
  })
})
