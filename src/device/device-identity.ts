import {
  createAgreementKey,
  createSigningKey,
  exportPrivateKey,
  type PublicJwk,
} from '#trust/keys.ts'
import type { OrganisationContext } from './context.ts'

/** Who this phone is in one organisation. Another organisation gets other keys: nobody can match them. */
export interface DeviceIdentity {
  /** Thumbprint of the signing key. */
  device: string
  signing: PublicJwk
  agreement: PublicJwk
}

/** Name of the record that holds it, and of the two private keys. */
export const identityRecord = 'device'
export const deviceSigningKey = 'device/signing'
export const deviceAgreementKey = 'device/agreement'

/**
 * The phone's identity in an organisation; made at the first joining, kept at every later one. Where its keys
 * are gone (the root has ended its access), a new code makes it somebody new.
 */
export async function ensureIdentity(organisation: OrganisationContext): Promise<DeviceIdentity> {
  const { connection, chest } = organisation
  const held = await connection.read((reader) => reader.get('records', identityRecord))
  const isWhole = held && (await chest.get('signing', deviceSigningKey))
  if (isWhole) return held.value as DeviceIdentity
  // Made extractable for a moment, so that they can be wrapped where the browser stores no CryptoKey.
  const signing = await createSigningKey({ extractable: true })
  const agreement = await createAgreementKey({ extractable: true })
  const secrets = [
    [deviceSigningKey, { kind: 'signing', jwk: await exportPrivateKey(signing) }],
    [deviceAgreementKey, { kind: 'agreement', jwk: await exportPrivateKey(agreement) }],
  ] as const
  for (const [name, secret] of secrets) await chest.put(name, secret, { extractable: false })
  const value: DeviceIdentity = {
    device: signing.kid,
    signing: signing.jwk,
    agreement: agreement.jwk,
  }
  await connection.write((database) =>
    database.table('records').put({ name: identityRecord, value }),
  )
  return value
}
