import * as v from 'valibot'
import { identifier } from '#domain/schema/values.ts'
import { createByteReader, createByteWriter } from './byte-list.ts'
import { bytesOfHex, fromBase64url, hexOf, toBase64url } from './bytes.ts'
import { frame, unframe } from './framing.ts'
import { randomBytes } from './keys.ts'
import { isAbsoluteAddress } from './store-address.ts'
import { TrustError } from './trust-error.ts'

/** What a poster, a QR code or a link hands over: enough to join and to believe nobody else. */
export interface Invitation {
  /** Hash of root 1's payload, hex. */
  organisation: string
  department: string
  /** The newest root when the invitation was made; hash of its payload, hex. */
  root: { v: number; hash: string }
  /** Older releases than this are not believed. */
  floor: { gen: number; v: number; epoch: number }
  /** Which invitation somebody came by: 8 characters of base64url. */
  id: string
  /** 32 bytes. */
  epochKey: Uint8Array
  /** Where else the store lies; absolute address. */
  mirror?: string
  /** Bits for later use; those of 0x80 and above are the format's own. */
  flags: number
}

const version = 1
const mirrorFlag = 0x80
const idLength = 6

export function createInvitationId(): string {
  return toBase64url(randomBytes(idLength))
}

/**
 * [T30] The payload of `<app>#/join/<payload>`: 124 characters for a short department name under root 1,
 * about 165 under a later root.
 */
export function encodeInvitation(invitation: Invitation): string {
  const { organisation, department, root, floor, mirror } = invitation
  const writer = createByteWriter()
  writer.byte((invitation.flags & 0x7f) | (mirror ? mirrorFlag : 0))
  writer.raw(bytesOfHex(organisation))
  writer.count(root.v)
  // Root 1's hash is the organisation's id, which stands there already.
  if (root.v > 1) writer.raw(bytesOfHex(root.hash))
  writer.count(floor.gen)
  writer.count(floor.v)
  writer.count(floor.epoch)
  writer.raw(fromBase64url(invitation.id))
  writer.raw(invitation.epochKey)
  writer.text(department)
  if (mirror) writer.text(mirror)
  return frame('invitation', version, writer.done())
}

/**
 * [T31] Reads an invitation's payload; `understandLink` finds it in what people paste.
 *
 * @throws TrustError invitation-characters, -case, -cut, -long, -checksum (mistyped), -kind (a restore payload),
 *   -version (made by a newer app), -malformed
 */
export function decodeInvitation(text: string): Invitation {
  const body = unframe('invitation', version, text)
  try {
    return readBody(body)
  } catch (cause) {
    throw new TrustError('invitation-malformed', 'checksum holds, content does not', { cause })
  }
}

function readBody(body: Uint8Array<ArrayBuffer>): Invitation {
  const reader = createByteReader(body)
  const flags = reader.byte()
  const organisation = hexOf(reader.raw(32))
  const rootV = reader.count()
  const hash = rootV > 1 ? hexOf(reader.raw(32)) : organisation
  const floor = { gen: reader.count(), v: reader.count(), epoch: reader.count() }
  const id = toBase64url(reader.raw(idLength))
  const epochKey = reader.raw(32)
  const department = v.parse(identifier, reader.text())
  const mirror = flags & mirrorFlag ? reader.text() : undefined
  if (!reader.atEnd() || rootV < 1) throw new RangeError('more or less than an invitation')
  if (mirror !== undefined && !isAbsoluteAddress(mirror)) throw new RangeError('no address')
  const invitation: Invitation = {
    organisation,
    department,
    root: { v: rootV, hash },
    floor,
    id,
    epochKey,
    flags: flags & 0x7f,
  }
  return mirror === undefined ? invitation : { ...invitation, mirror }
}
