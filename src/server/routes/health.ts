import { noCache } from '../cache-control.ts'
import type { Context } from 'hono'

/** `GET /health`: that the process answers, for whoever watches it. Says nothing about content. */
export function getHealth(c: Context): Response {
  return c.json({ status: 'ok' }, 200, { 'Cache-Control': noCache })
}
