import { createHmac } from 'node:crypto'
import { editionDocuments, falseMark } from '../living-organisation.ts'
import { payloadOf, signHead, verifyHead, type Head } from '#release/head.ts'
import { sealCompressed } from '#trust/seal.ts'
import { fromBase64url, sha256, textOf, toBase64url, utf8, type Bytes } from '#trust/bytes.ts'
import { deriveSealKey, importEpochKey } from '#trust/epoch-key.ts'
import { importVerifyKey, type SigningKey } from '#trust/keys.ts'
import type { Root } from '#trust/root-schema.ts'
import { nextRoot } from '#trust/root.ts'
import type { LivingOrganisation } from '../living-organisation.ts'
import type { Lie } from '../hostile-host.ts'
import type { Scene } from './attack.ts'

/** A private number that no organisation has published. */
export const falseNumber = '+46709999999'

/** A release with false content, sealed with the epoch's own key (as a member can), and what it is made of. */
export async function falseRelease(scene: Scene, v: number) {
  const { living } = scene
  const documents = editionDocuments(`${falseMark} steg.`, falseNumber)
  const built = await living.build(documents, { v })
  const head = payloadOf(
    await verifyHead(built.head, { root: living.root, department: living.department }),
  )
  const blobs = Object.fromEntries(built.blobs.map(({ hash, bytes }) => [`b/${hash}`, bytes]))
  return { head, blobs: blobs as Record<string, Lie>, built }
}

/** A head with whatever inside, signed by the publisher's stolen key. */
export async function stolenHead(scene: Scene, change: Partial<Head>): Promise<Bytes> {
  const head = { ...payloadOf(scene.next.head), ...change } as Head
  return (await signHead(head, scene.living.publishers[scene.living.department]!)).bytes
}

/** Content of a thief's choice under the epoch's key: its name in a head, and its bytes. */
export async function sealedPack(
  living: LivingOrganisation,
  content: Uint8Array,
  kind: 'pack' | 'manifest' = 'pack',
) {
  const { department } = living
  const epochKey = await importEpochKey(living.epochs[department]!.key, { extractable: false })
  const key = await deriveSealKey(epochKey, 'content')
  const place = { organisation: living.organisation, department, epoch: 1, kind } as const
  const bytes = await sealCompressed(content, key, place)
  const hash = await sha256(bytes)
  return { named: [hash, bytes.length] as [string, number], path: `b/${hash}`, bytes }
}

export interface Parts {
  header: string
  payload: string
  signature: string
}

export function partsOf(compact: Uint8Array): Parts {
  const [header = '', payload = '', signature = ''] = textOf(compact).split('.')
  return { header, payload, signature }
}

export function spelled({ header, payload, signature }: Parts): Bytes {
  return utf8(`${header}.${payload}.${signature}`)
}

/** Signs any header, well or badly spelled, with a stolen key. */
export async function signAnyHeader(
  header: string,
  payload: string,
  key: SigningKey,
): Promise<Parts> {
  const encoded = toBase64url(utf8(header))
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
  const signed = await crypto.subtle.sign(algorithm, key.key, utf8(`${encoded}.${payload}`))
  return { header: encoded, payload, signature: toBase64url(new Uint8Array(signed)) }
}

/** HS256 with the bytes of the public key as the secret: what careless libraries take. */
export async function hs256(parts: Parts, key: SigningKey): Promise<Parts> {
  const header = toBase64url(
    utf8(JSON.stringify({ alg: 'HS256', typ: 'planb-head+jws', kid: key.kid })),
  )
  const spki = await crypto.subtle.exportKey('spki', await importVerifyKey(key.jwk))
  const mac = createHmac('sha256', new Uint8Array(spki)).update(`${header}.${parts.payload}`)
  return { header, payload: parts.payload, signature: toBase64url(new Uint8Array(mac.digest())) }
}

/** The other signature that holds for the same bytes: s → n − s. */
export function twinOf(signature: string): string {
  const bytes = fromBase64url(signature)
  const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
  const s = BigInt(`0x${Buffer.from(bytes.subarray(32)).toString('hex')}`)
  bytes.set(Buffer.from((n - s).toString(16).padStart(64, '0'), 'hex'), 32)
  return toBase64url(bytes)
}

/** Another last character for the same bytes: the spare bits of base64url. */
export function spareBits(signature: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return signature.slice(0, -1) + alphabet[alphabet.indexOf(signature.at(-1)!) + 1]
}

export interface GeneralJws {
  payload: string
  signatures: { protected: string; signature: string; [more: string]: unknown }[]
  [more: string]: unknown
}

/** Root N + 1 with something changed, not yet in any store. */
export function laterRoot(living: LivingOrganisation, change: Partial<Root>): Root {
  return nextRoot(living.root, { issued: '2026-05-01T08:00:00.000Z', ...change })
}

/** A true root's envelope with something else in it. */
export function otherEnvelope(root: Uint8Array, change: (value: GeneralJws) => unknown): Bytes {
  return utf8(JSON.stringify(change(JSON.parse(textOf(root)) as GeneralJws)))
}

/** One bit of the byte in the middle is another. */
export function flipped(bytes: Uint8Array): Uint8Array {
  const at = bytes.length >> 1
  return bytes.with(at, bytes[at]! ^ 1)
}

/** The last byte is missing. */
export function without(bytes: Uint8Array): Uint8Array {
  return bytes.slice(0, -1)
}
