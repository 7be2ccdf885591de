import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { negotiateEncoding } from './negotiate-encoding.ts'
import type { Context } from 'hono'

/** Gzip, where the client takes it; sets the headers that say so. */
export async function encodeAnswer(
  c: Context,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  c.header('Vary', 'Accept-Encoding')
  const accepted = negotiateEncoding(c.req.header('Accept-Encoding'), ['gzip'])
  if (accepted === 'identity') return bytes
  c.header('Content-Encoding', 'gzip')
  return promisify(gzip)(bytes)
}
