import { asBytes, utf8, type Bytes } from './bytes.ts'
import { randomBytes } from './keys.ts'
import { TrustError } from './trust-error.ts'

/** Where sealed bytes belong; bound to them, so that they open nowhere else. */
export interface SealContext {
  organisation: string
  department: string
  epoch: number
  kind: 'manifest' | 'pack' | 'entry'
}

const ivLength = 12
const tagLength = 16
const lengthField = 4

/** Content is padded to multiples of this, so that sizes tell little. */
export const contentPadding = 1024

/**
 * [T20] Compresses, pads and seals: `iv(12) ‖ AES-256-GCM(uint32 length ‖ deflate-raw(bytes) ‖ zeros)`.
 *
 * @param key of deriveSealKey(…, 'content')
 */
export async function sealCompressed(
  bytes: Uint8Array,
  key: CryptoKey,
  context: SealContext,
): Promise<Bytes> {
  return seal(await deflate(bytes), key, context, contentPadding)
}

/**
 * [T21] Opens what sealCompressed made.
 *
 * @param maxBytes where inflating stops
 * @throws TrustError seal-malformed, seal-refused, inflate-failed, inflate-too-large
 */
export async function openCompressed(
  sealed: Uint8Array,
  key: CryptoKey,
  context: SealContext,
  maxBytes: number,
): Promise<Bytes> {
  return inflate(await open(sealed, key, context, contentPadding), maxBytes)
}

/** Pads to a multiple of `padding` bytes and seals, without compressing. */
export async function seal(
  bytes: Uint8Array,
  key: CryptoKey,
  context: SealContext,
  padding: number,
): Promise<Bytes> {
  const plain = new Uint8Array(Math.ceil((lengthField + bytes.length) / padding) * padding)
  new DataView(plain.buffer).setUint32(0, bytes.length)
  plain.set(bytes, lengthField)
  const iv = randomBytes(ivLength)
  const algorithm = { name: 'AES-GCM', iv, additionalData: additionalData(context) }
  const cipher = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, plain))
  const sealed = new Uint8Array(ivLength + cipher.length)
  sealed.set(iv)
  sealed.set(cipher, ivLength)
  return sealed
}

/** Opens what seal made. @throws TrustError seal-malformed, seal-refused */
export async function open(
  sealed: Uint8Array,
  key: CryptoKey,
  context: SealContext,
  padding: number,
): Promise<Bytes> {
  const padded = sealed.length - ivLength - tagLength
  if (padded <= 0 || padded % padding !== 0) {
    throw new TrustError('seal-malformed', 'not a sealed length')
  }
  const iv = asBytes(sealed.subarray(0, ivLength))
  const algorithm = { name: 'AES-GCM', iv, additionalData: additionalData(context) }
  let plain: Bytes
  try {
    const cipher = asBytes(sealed.subarray(ivLength))
    plain = new Uint8Array(await crypto.subtle.decrypt(algorithm, key, cipher))
  } catch (cause) {
    throw new TrustError('seal-refused', 'another key, another place, or altered bytes', { cause })
  }
  const end = lengthField + new DataView(plain.buffer).getUint32(0)
  // One content has one padded form: no more zeros than needed, and nothing hidden among them.
  if (
    Math.ceil(end / padding) * padding !== plain.length ||
    plain.subarray(end).some((b) => b !== 0)
  ) {
    throw new TrustError('seal-malformed', 'padding is not as it should be')
  }
  return plain.subarray(lengthField, end)
}

function additionalData({ organisation, department, epoch, kind }: SealContext): Bytes {
  return utf8(`planb1|${organisation}|${department}|${epoch}|${kind}`)
}

async function deflate(bytes: Uint8Array): Promise<Bytes> {
  return collect(streamOf(bytes).pipeThrough(new CompressionStream('deflate-raw')), Infinity)
}

/** Inflating stops at `maxBytes`: 194 KB can become 200 MB. */
async function inflate(bytes: Uint8Array, maxBytes: number): Promise<Bytes> {
  try {
    return await collect(
      streamOf(bytes).pipeThrough(new DecompressionStream('deflate-raw')),
      maxBytes,
    )
  } catch (cause) {
    if (cause instanceof TrustError) throw cause
    throw new TrustError('inflate-failed', 'not deflate data', { cause })
  }
}

function streamOf(bytes: Uint8Array): ReadableStream<Bytes> {
  return new Blob([asBytes(bytes)]).stream()
}

async function collect(stream: ReadableStream<Bytes>, maxBytes: number): Promise<Bytes> {
  const reader = stream.getReader()
  const chunks: Bytes[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > maxBytes) {
      await reader.cancel()
      throw new TrustError('inflate-too-large', `inflates to more than ${maxBytes} bytes`)
    }
    chunks.push(value)
  }
  if (chunks.length === 1) return chunks[0]!
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
