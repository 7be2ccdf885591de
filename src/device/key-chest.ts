import {
  importAgreementKey,
  importSigningKey,
  type AgreementKey,
  type PrivateJwk,
  type SigningKey,
} from '#trust/keys.ts'
import { importEpochKey, type EpochKey } from '#trust/epoch-key.ts'
import { DeviceError } from './device-error.ts'
import type { Connection } from './connection.ts'
import type { KeyRow, RowReader } from './rows.ts'

/** A key as it was learnt, before the browser takes it in. */
export type KeySecret =
  | { kind: 'epoch'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'signing'; jwk: PrivateJwk }
  | { kind: 'agreement'; jwk: PrivateJwk }

interface KeyByKind {
  epoch: EpochKey
  signing: SigningKey
  agreement: AgreementKey
}

export interface KeyChest {
  /**
   * Keeps a key under a name, as a CryptoKey; where the browser refuses to store one (Lockdown Mode,
   * private windows: tkhq/sdk#1454) as wrapped bytes. Reads it back before it says that it is kept.
   * @param options.extractable only for those who must hand the key on (publishers)
   */
  put(name: string, secret: KeySecret, options: { extractable: boolean }): Promise<void>
  /** The key of that name and kind; undefined when there is none. */
  get<K extends keyof KeyByKind>(kind: K, name: string): Promise<KeyByKind[K] | undefined>
  /** Keeps bytes wrapped: a secret that cannot become a key yet. */
  putBytes(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  getBytes(name: string): Promise<Uint8Array<ArrayBuffer> | undefined>
  forget(name: string): Promise<void>
}

/**
 * The keys of one organisation. Rows are read by primary key only: index queries miss rows that hold
 * a CryptoKey (dexie#585, #951).
 *
 * Wrapped bytes are no protection against somebody who can read the whole profile: the wrapping key
 * lies in another database of the same phone. The phone's own lock is the protection at rest.
 *
 * @param wrappingSecret 32 bytes, always the same on this phone
 */
export function createKeyChest(
  connection: Connection,
  wrappingSecret: (reader: 'make' | 'read') => Promise<Uint8Array<ArrayBuffer> | undefined>,
): KeyChest {
  const held = new Map<string, unknown>()

  async function put(name: string, secret: KeySecret, options: { extractable: boolean }) {
    const key = await imported(secret, options.extractable)
    const isKept = await putCryptoKey(connection, { name, key }).catch((error: unknown) => {
      if (error instanceof DeviceError && error.code === 'full') throw error
      return false
    })
    if (!isKept) await putBytes(name, encoder.encode(secretText(secret, options.extractable)))
    held.set(name, key)
  }

  async function putBytes(name: string, plain: Uint8Array<ArrayBuffer>) {
    const wrapping = await wrappingSecret('make')
    if (!wrapping) throw new DeviceError('failed', 'no key to wrap with')
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const algorithm = { name: 'AES-GCM', iv, additionalData: encoder.encode(name) }
    const bytes = await crypto.subtle.encrypt(algorithm, await wrappingKey(wrapping), plain)
    await connection.write(async (database) => {
      const row: KeyRow = { name, wrapped: { iv, bytes: new Uint8Array(bytes) } }
      await database.table('keys').put(row)
    })
  }

  async function getBytes(name: string) {
    const row = await connection.read((reader: RowReader) => reader.get('keys', name))
    return row?.wrapped && unwrapped(name, row.wrapped)
  }

  async function get<K extends keyof KeyByKind>(kind: K, name: string) {
    if (held.has(name)) return held.get(name) as KeyByKind[K]
    const row = await connection.read((reader: RowReader) => reader.get('keys', name))
    const key =
      row?.key ?? (row?.wrapped && (await keyOf(kind, await unwrapped(name, row.wrapped))))
    if (key !== undefined) held.set(name, key)
    return key as KeyByKind[K] | undefined
  }

  async function unwrapped(name: string, wrapped: NonNullable<KeyRow['wrapped']>) {
    const wrapping = await wrappingSecret('read')
    if (!wrapping) return undefined
    const { iv, bytes } = wrapped
    const algorithm = { name: 'AES-GCM', iv, additionalData: encoder.encode(name) }
    const plain = await crypto.subtle.decrypt(algorithm, await wrappingKey(wrapping), bytes)
    return new Uint8Array(plain)
  }

  async function forget(name: string) {
    held.delete(name)
    await connection.write((database) => database.table('keys').delete(name))
  }

  return { put, get, putBytes, getBytes, forget }
}

const encoder = new TextEncoder()

/** False when the row came back without a usable key, as some browsers do instead of refusing. */
async function putCryptoKey(connection: Connection, row: KeyRow): Promise<boolean> {
  return connection.write(async (database, reader) => {
    await database.table('keys').put(row)
    const back = await reader.get('keys', row.name)
    return holdsCryptoKey(back?.key)
  })
}

function holdsCryptoKey(value: unknown): boolean {
  if (value instanceof CryptoKey) return true
  return value instanceof Object && Object.values(value).some((part) => part instanceof CryptoKey)
}

async function keyOf(kind: string, plain: Uint8Array | undefined): Promise<unknown> {
  const secret = plain && secretOf(new TextDecoder().decode(plain))
  return secret?.kind === kind ? imported(secret, secret.extractable === true) : undefined
}

async function imported(secret: KeySecret, extractable: boolean): Promise<unknown> {
  if (secret.kind === 'epoch') return importEpochKey(secret.bytes, { extractable })
  if (secret.kind === 'signing') return importSigningKey(secret.jwk, { extractable })
  return importAgreementKey(secret.jwk, { extractable })
}

/** Whoever hands a key on must be able to after a restart too, so that is written down with it. */
function secretText(secret: KeySecret, extractable: boolean): string {
  const plain = secret.kind === 'epoch' ? { ...secret, bytes: Array.from(secret.bytes) } : secret
  return JSON.stringify({ ...plain, extractable })
}

/** What `secretText` wrote; it came out of an authenticated box of our own. */
function secretOf(text: string): KeySecret & { extractable?: boolean } {
  const value = JSON.parse(text) as { extractable?: boolean } & (
    { kind: 'epoch'; bytes: number[] } | { kind: 'signing' | 'agreement'; jwk: PrivateJwk }
  )
  return value.kind === 'epoch' ? { ...value, bytes: Uint8Array.from(value.bytes) } : value
}

function wrappingKey(secret: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', secret, 'AES-GCM', false, ['encrypt', 'decrypt'])
}
