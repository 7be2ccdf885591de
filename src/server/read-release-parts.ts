import { createHash } from 'node:crypto'
import { LIMITS } from '#store/layout.ts'
import { ServerError } from './server-error.ts'

/** What a publisher sends: a head, and those of its blobs that the store does not hold yet. */
export interface ReleaseParts {
  head: Uint8Array<ArrayBuffer>
  bytesByHash: Map<string, Uint8Array<ArrayBuffer>>
}

/** The most parts of one release: a head names fewer blobs than this. */
const mostParts = 4096

/**
 * Takes a multipart body apart: one part `head`, and blobs each named by its SHA-256 (lower-case hex).
 * Every blob is hashed here; nothing is believed of its name.
 *
 * @throws ServerError 422 `not-multipart`, `head-missing`, `part-unknown`, `part-twice`, `blob-hash`;
 *   413 `too-large` for a part above the limit of its kind
 */
export async function readReleaseParts(
  body: Uint8Array<ArrayBuffer>,
  contentType: string | undefined,
): Promise<ReleaseParts> {
  const form = await parseMultipart(body, contentType)
  let head: Uint8Array<ArrayBuffer> | undefined
  const bytesByHash: ReleaseParts['bytesByHash'] = new Map()
  for (const [name, value] of form) {
    const bytes = await bytesOf(value)
    if (name === 'head') {
      if (head) throw new ServerError('part-twice', 422, 'two parts are called head')
      if (bytes.length > LIMITS.head)
        throw new ServerError('too-large', 413, 'the head is too large')
      head = bytes
    } else if (/^[0-9a-f]{64}$/.test(name)) {
      if (bytesByHash.has(name)) throw new ServerError('part-twice', 422, 'a blob came twice')
      if (bytes.length > LIMITS.blob) throw new ServerError('too-large', 413, 'a blob is too large')
      if (createHash('sha256').update(bytes).digest('hex') !== name) {
        throw new ServerError('blob-hash', 422, 'a blob does not have the hash it is named by')
      }
      bytesByHash.set(name, bytes)
    } else {
      throw new ServerError('part-unknown', 422, 'a part is neither the head nor a blob')
    }
  }
  if (!head) throw new ServerError('head-missing', 422, 'no part is called head')
  return { head, bytesByHash }
}

async function parseMultipart(
  body: Uint8Array<ArrayBuffer>,
  contentType: string | undefined,
): Promise<FormData> {
  if (!/^multipart\/form-data\s*;/i.test(contentType ?? '')) {
    throw new ServerError('not-multipart', 422, 'the body is not multipart/form-data')
  }
  refuseManyParts(body, contentType!)
  try {
    return await new Response(body, { headers: { 'Content-Type': contentType! } }).formData()
  } catch {
    throw new ServerError('not-multipart', 422, 'the body is not multipart/form-data')
  }
}

/** Before they are taken apart: half a million empty parts would hold this process for seconds. */
function refuseManyParts(body: Uint8Array<ArrayBuffer>, contentType: string): void {
  const named = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType)
  const line = `--${named?.[1] ?? named?.[2] ?? ''}`
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length)
  let count = 0
  for (let at = bytes.indexOf(line); at !== -1; at = bytes.indexOf(line, at + line.length)) {
    // One line more than there are parts ends the body.
    if (++count > mostParts + 1) throw new ServerError('too-large', 413, 'too many parts')
  }
}

async function bytesOf(value: FormDataEntryValue): Promise<Uint8Array<ArrayBuffer>> {
  return typeof value === 'string'
    ? new TextEncoder().encode(value)
    : new Uint8Array(await value.arrayBuffer())
}
