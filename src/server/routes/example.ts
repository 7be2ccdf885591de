import { noCache } from '../cache-control.ts'
import { notFound } from './app.ts'
import type { Context } from 'hono'

/**
 * `GET /example.json`, for an example organisation only: its invitations, so that the app can offer
 * "Prova med exempelkommunen". They open made-up plans with made-up numbers; the coordinator's keys are
 * not among them. Not readable for pages of other origins.
 */
export function getExample(invitations: () => Readonly<Record<string, string>>) {
  return (c: Context): Response => {
    const links = invitations()
    if (Object.keys(links).length === 0) return notFound(c)
    c.header('Cross-Origin-Resource-Policy', 'same-origin')
    return c.json({ invitations: links }, 200, { 'Cache-Control': noCache })
  }
}
