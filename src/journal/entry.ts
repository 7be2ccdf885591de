import * as v from 'valibot'
import { fromBase64url, sha256, toBase64url, utf8, type Bytes } from '#trust/bytes.ts'
import { deriveSealKey, type EpochKey } from '#trust/epoch-key.ts'
import { parseStrictJson } from '#trust/json.ts'
import { parseGeneral, signGeneral, verifyGeneral } from '#trust/jws.ts'
import { thumbprint, type Kid, type PublicJwk, type SigningKey } from '#trust/keys.ts'
import { format } from '#trust/limits.ts'
import { minFormatOf } from '#trust/root.ts'
import { open, seal, type SealContext } from '#trust/seal.ts'
import { TrustError } from '#trust/trust-error.ts'
import {
  claimSchema,
  entryPadding,
  innerSchema,
  maxEntryBytes,
  outerSchema,
  type Inner,
  type Outer,
} from './entry-schema.ts'
import { JournalError } from './journal-error.ts'
import { keepDaysOf } from './kinds.ts'

const typ = 'planb-entry+jws'

/** What a member tells the others, and with which keys. */
export interface EntryInput {
  /** SHA-256 hex of root 1. */
  organisation: string
  department: string
  epoch: number
  epochKey: EpochKey
  /** The epoch's member key, out of the manifest. */
  member: SigningKey
  /** The writing device's own signing key; its kid is the device's id. */
  device: SigningKey
  /** The device's own numbering in this department, from 1: one more than its last, also across epochs. */
  n: number
  /** Hash of the device's entry before, where it still knows it. */
  previous?: string
  kind: string
  run?: string
  /** By the device's clock; informs people and decides nothing. */
  time: Date
  body: object
  /** Days from when somebody first receives it; by kind where left out. */
  keepDays?: number
}

/**
 * [J1] Seals an entry and signs it twice: as a member of the epoch, and as this device.
 *
 * @returns bytes for the store, at `log/<device>/<n>`, and the hash the entry is named by. Signing again
 *   gives other bytes: keep these until they have arrived.
 * @throws JournalError entry-too-large, entry-malformed
 */
export async function sealEntry(input: EntryInput): Promise<{ bytes: Bytes; hash: string }> {
  const { organisation: org, department, epoch, n } = input
  const place = { org, department, device: input.device.kid, epoch, n }
  const inner: Inner = checked(innerSchema, {
    ...place,
    ...(input.previous !== undefined && { previous: input.previous }),
    kind: input.kind,
    ...(input.run !== undefined && { run: input.run }),
    time: input.time.toISOString(),
    // As JSON carries it: dates and undefined fields become what the reader will see.
    body: JSON.parse(JSON.stringify(input.body)) as Record<string, unknown>,
  })
  const key = await deriveSealKey(input.epochKey, 'journal')
  const sealed = await seal(utf8(JSON.stringify(inner)), key, sealContext(place), entryPadding)
  const outer: Outer = checked(outerSchema, {
    format,
    minFormat: format,
    org,
    department,
    device: input.device.kid,
    deviceKey: input.device.jwk,
    epoch,
    n,
    keepDays: input.keepDays ?? keepDaysOf(input.kind),
    sealed: toBase64url(sealed),
  })
  const payload = utf8(JSON.stringify(outer))
  const bytes = await signGeneral(typ, payload, [input.member, input.device])
  refuseLarge(bytes)
  return { bytes, hash: await sha256(payload) }
}

/** Where an entry is offered, and whose members may write there. */
export interface AdmitContext {
  organisation: string
  department: string
  /** Of the current head. */
  epoch: number
  /** Of the current head. */
  memberKey: PublicJwk
}

/** What can be known of an entry without its key: enough for a server. */
export interface AdmittedEntry {
  device: Kid
  n: number
  epoch: number
  /** SHA-256 hex of the payload: names the entry. Envelopes are malleable and name nothing. */
  hash: string
  keepDays: number
}

/**
 * [J2]–[J6] Whether a member of this epoch wrote an entry, and the device it says. Does not open it.
 *
 * @throws JournalError entry-*; TrustError json-*, jws-*, base64url-malformed, key-malformed, and
 *   format-newer for one that is believed but needs a newer app
 */
export async function admitEntry(bytes: Uint8Array, context: AdmitContext): Promise<AdmittedEntry> {
  const { outer, hash } = await admit(bytes, context)
  const { device, n, epoch, keepDays } = outer
  return { device, n, epoch, hash, keepDays }
}

declare const brand: unique symbol

/** An entry whose member and author are known and whose text was opened. Only this file makes one. */
export interface VerifiedEntry extends AdmittedEntry {
  readonly [brand]: 'VerifiedEntry'
  department: string
  deviceKey: PublicJwk
  previous?: string
  /** Known ones in `kinds.ts`; any other is kept and means nothing here. */
  kind: string
  run?: string
  /** By the device's clock. */
  time: string
  /** As it was sealed; `kinds.ts` reads it. */
  body: unknown
}

/**
 * [J7] Opens an entry that would be admitted: what was sealed says the same place as what stands in clear.
 *
 * @throws as admitEntry; TrustError seal-*; JournalError entry-mismatch
 */
export async function openEntry(
  bytes: Uint8Array,
  context: AdmitContext & { epochKey: EpochKey },
): Promise<VerifiedEntry> {
  const { outer, hash } = await admit(bytes, context)
  const { device, deviceKey, department, epoch, n, keepDays } = outer
  const key = await deriveSealKey(context.epochKey, 'journal')
  const text = await open(fromBase64url(outer.sealed), key, sealContext(outer), entryPadding)
  const inner = checked(innerSchema, parseStrictJson(text))
  // Sealing binds organisation, department and epoch; any member can seal, so these are asked for all the same.
  for (const field of ['org', 'department', 'device', 'epoch', 'n'] as const) {
    if (inner[field] !== outer[field]) {
      throw new JournalError('entry-mismatch', `sealed for another ${field}`)
    }
  }
  const { previous, kind, run, time, body } = inner
  return {
    device,
    deviceKey,
    department,
    epoch,
    n,
    hash,
    keepDays,
    ...(previous !== undefined && { previous }),
    kind,
    ...(run !== undefined && { run }),
    time,
    body,
  } as VerifiedEntry
}

async function admit(
  bytes: Uint8Array,
  context: AdmitContext,
): Promise<{ outer: Outer; hash: string }> {
  refuseLarge(bytes)
  const claimed = parseStrictJson(parseGeneral(bytes).payload)
  const { device, deviceKey } = checked(claimSchema, claimed)
  const member = await thumbprint(context.memberKey)
  if ((await thumbprint(deviceKey)) !== device) {
    throw new JournalError('entry-device', 'the device is not the thumbprint of its key')
  }
  const keyByKid = new Map([
    [member, context.memberKey],
    [device, deviceKey],
  ])
  const { kids, payload } = await verifyGeneral(bytes, typ, (kid) => keyByKid.get(kid))
  // In this order, so that an entry has one spelling. A member key in the place of a device's makes one signer.
  if (kids.join() !== `${member},${device}`) {
    throw new JournalError(
      'entry-signers',
      'signed by the member key, then by the device, no other',
    )
  }
  // Asked only now: nobody else can make an app ask for an update.
  if (minFormatOf(claimed) > format) {
    throw new TrustError('format-newer', 'entry needs a newer app')
  }
  const outer = checked(outerSchema, claimed)
  if (outer.org !== context.organisation) {
    throw new JournalError('entry-organisation', 'entry of another organisation')
  }
  if (outer.department !== context.department) {
    throw new JournalError('entry-department', `entry of ${outer.department}`)
  }
  if (outer.epoch !== context.epoch) {
    throw new JournalError('entry-epoch', `epoch ${outer.epoch}, where ${context.epoch} is current`)
  }
  refuseOddSealing(outer.sealed)
  return { outer, hash: await sha256(payload) }
}

/** Nothing but a sealed text: whole padding, so that a server stores no smuggled goods of another shape. */
function refuseOddSealing(sealed: string): void {
  const padded = fromBase64url(sealed).length - 28
  if (padded < entryPadding || padded % entryPadding !== 0) {
    throw new JournalError('entry-malformed', 'not a sealed length')
  }
}

function refuseLarge(bytes: Uint8Array): void {
  if (bytes.length > maxEntryBytes) {
    throw new JournalError('entry-too-large', `an entry has at most ${maxEntryBytes} bytes`)
  }
}

function sealContext(place: { org: string; department: string; epoch: number }): SealContext {
  const { org: organisation, department, epoch } = place
  return { organisation, department, epoch, kind: 'entry' }
}

function checked<const S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  const where = result.issues.map((issue) => v.getDotPath(issue) ?? '').join(', ')
  throw new JournalError('entry-malformed', `entry is not as it should be: ${where}`)
}
