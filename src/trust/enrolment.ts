import * as v from 'valibot'
import { identifier } from '#domain/schema/values.ts'
import { createByteReader, createByteWriter } from './byte-list.ts'
import { bytesOfHex, hexOf, sha256, type Bytes } from './bytes.ts'
import { checkWords } from './check-words.ts'
import { compressPoint, expandPoint } from './curve-point.ts'
import { frame, unframe } from './framing.ts'
import type { PublicJwk } from './keys.ts'
import { TrustError } from './trust-error.ts'

/** What a manager's device shows to the coordinator: its public keys and what they are wanted for. */
export interface EnrolmentRequest {
  /** Hash of root 1's payload, hex. */
  organisation: string
  /** The device's own signing key; its thumbprint is the device's id. */
  signing: PublicJwk
  /** Key wraps go to it. */
  agreement: PublicJwk
  /** Role title, "Enhetschef hemtjänst norr"; it becomes public in the root. */
  role: string
  departments: string[]
}

const version = 1
const oddSigning = 1
const oddAgreement = 2
/** In a role title: what cannot be seen, or turns the direction of what can. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
const roleSchema = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(200),
  v.check((role) => role === role.trim() && !unseen.test(role)),
)

/**
 * [T60] The payload of `<app>#/edit/approve/<payload>`: about 200 characters, one QR. Nothing in it is secret.
 *
 * @throws RangeError more than 255 bytes in the role or an id
 */
export function encodeEnrolment(request: EnrolmentRequest): string {
  return frame('enrolment', version, bodyOf(request))
}

/**
 * [T61] @throws TrustError enrolment-characters, -case, -cut, -long, -checksum (mistyped), -kind (an invitation or
 *   a paper key), -version (made by a newer app), -malformed
 */
export function decodeEnrolment(text: string): EnrolmentRequest {
  const body = unframe('enrolment', version, text)
  try {
    return readBody(body)
  } catch (cause) {
    throw new TrustError('enrolment-malformed', 'checksum holds, content does not', { cause })
  }
}

/**
 * [T62] Eight words both screens show, and both people compare: 80 bits of the SHA-256 of everything that is
 * asked for. Another key, role or department gives other words.
 */
export async function enrolmentWords(request: EnrolmentRequest): Promise<string[]> {
  return checkWords(await sha256(bodyOf(request)))
}

function bodyOf(request: EnrolmentRequest): Bytes {
  const [signing, agreement] = [compressPoint(request.signing), compressPoint(request.agreement)]
  const writer = createByteWriter()
  writer.byte((signing.isOdd ? oddSigning : 0) | (agreement.isOdd ? oddAgreement : 0))
  writer.raw(bytesOfHex(request.organisation))
  writer.raw(signing.x)
  writer.raw(agreement.x)
  writer.text(request.role.trim())
  writer.byte(request.departments.length)
  for (const department of request.departments) writer.text(department)
  return writer.done()
}

function readBody(body: Bytes): EnrolmentRequest {
  const reader = createByteReader(body)
  const flags = reader.byte()
  if (flags > (oddSigning | oddAgreement)) throw new RangeError('unknown flags')
  const organisation = hexOf(reader.raw(32))
  const signing = expandPoint(reader.raw(32), (flags & oddSigning) !== 0)
  const agreement = expandPoint(reader.raw(32), (flags & oddAgreement) !== 0)
  const role = v.parse(roleSchema, reader.text())
  const departments = Array.from({ length: reader.byte() }, () =>
    v.parse(identifier, reader.text()),
  )
  if (!reader.atEnd() || new Set(departments).size !== departments.length) {
    throw new RangeError('more or less than an enrolment')
  }
  return { organisation, signing, agreement, role, departments }
}
