import * as v from 'valibot'
import { documentKinds, type DocumentKind } from '#domain/schema/document.ts'
import { identifier } from '#domain/schema/values.ts'
import type { TemplateDocument } from '#domain/template.ts'

/** Bytes as they come, and what they may become: the library has a tenth of it. */
const mostBytes = 2 * 1024 * 1024
const mostInflated = 16 * 1024 * 1024

export type ReadLibrary =
  | { ok: true; documents: TemplateDocument[] }
  /** `none`: this host has no library. `unreachable`: no connection. `damaged`: it is not what it should be. */
  | { ok: false; code: 'none' | 'unreachable' | 'damaged' }

const librarySchema = v.array(
  v.object({
    department: identifier,
    kind: v.picklist(documentKinds as [DocumentKind, ...DocumentKind[]]),
    id: identifier,
    body: v.record(v.string(), v.unknown()),
  }),
)

/** The templates that lie beside the app. Asked for when somebody begins; no phone keeps them. */
export async function readLibrary(
  fetch: typeof globalThis.fetch,
  base: string,
): Promise<ReadLibrary> {
  let response: Response
  let bytes: Uint8Array<ArrayBuffer>
  try {
    response = await fetch(new URL('library.bin', base), { redirect: 'error', cache: 'no-cache' })
    if (response.status === 404) return { ok: false, code: 'none' }
    if (!response.ok) return { ok: false, code: 'unreachable' }
    bytes = await collect(response.body, mostBytes)
  } catch {
    return { ok: false, code: 'unreachable' }
  }
  try {
    const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
    const text = new TextDecoder('utf-8', { fatal: true }).decode(
      await collect(inflated, mostInflated),
    )
    const parsed = v.safeParse(librarySchema, JSON.parse(text))
    if (parsed.success) return { ok: true, documents: parsed.output }
  } catch {
    // A host that answers a page for everything, or half of the file.
  }
  return { ok: false, code: 'damaged' }
}

async function collect(
  stream: ReadableStream<Uint8Array> | null,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = stream?.getReader()
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    length += read.value.length
    if (length > most) {
      await reader?.cancel()
      throw new RangeError('larger than a library is')
    }
    chunks.push(read.value)
  }
  const all = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}
