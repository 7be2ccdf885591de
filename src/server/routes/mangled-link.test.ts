import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { redirectMangledLink } from './mangled-link.ts'

const app = new Hono().get('*', redirectMangledLink).get('*', (c) => c.text('next'))

it.each([
  ['/%23/join/JAEA_x-1', '/#/join/JAEA_x-1'],
  ['/%2523/join/JAEA', '/#/join/JAEA'],
  ['/join/JAEA', '/#/join/JAEA'],
  ['/%23/restore/JAEA/', '/#/restore/JAEA'],
])(
  'sends a link that a mail gateway mangled on to where it belongs: %s',
  async (path, location) => {
    const answer = await app.request(path)
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe(location)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  },
)

it.each([
  '/',
  '/index.html',
  '/join/',
  '/joined/JAEA',
  '/join/../x',
  '/store/join/x',
  '/join/a%0d%0ab',
])('leaves every other address alone: %s', async (path) => {
  expect(await (await app.request(path)).text()).toBe('next')
})
