import { noCache } from '../cache-control.ts'
import type { Context } from 'hono'

/** `GET /` of a server that keeps a store and no app: for whoever looks whether it is there. */
export function getStoreOnly(c: Context): Response {
  const text = 'Plan B: här ligger bara krypterade planer. Appen har en egen adress.\n'
  return c.text(text, 200, { 'Cache-Control': noCache })
}
