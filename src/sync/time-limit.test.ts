import { afterEach, beforeEach, expect, it } from 'vitest'
import { createPublished, numbers, type Published } from '../../tests/support/synced-phone.ts'
import { withinLimit } from './time-limit.ts'
import type { Round } from './round.ts'

let published: Published
beforeEach(async () => {
  published = await createPublished()
})
afterEach(() => published.close())

const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })

it('[S12] a walk that takes too long is called off, and counts as no answer', async () => {
  const round = { signal: new AbortController().signal, walkMs: 20 } as Round
  const walk = withinLimit(round, ({ signal }) => never(signal))
  await expect(walk).rejects.toMatchObject({ code: 'timeout' })
})

it('[S33] a walk ends with its round', async () => {
  const stopping = new AbortController()
  const walk = withinLimit({ signal: stopping.signal, walkMs: 60_000 } as Round, ({ signal }) =>
    never(signal),
  )
  stopping.abort(new DOMException('stopped', 'AbortError'))
  await expect(walk).rejects.toMatchObject({ name: 'AbortError' })
})

it(
  '[S12] a mirror that ends each answer just in time keeps the next round away for so long at most',
  { timeout: 60_000 },
  async () => {
    const mirror = await published.mirror()
    await published.copyTo(mirror.store)
    // Whatever head is asked for is there, is none, and takes one second.
    mirror.server.interfere((path, _request, response) => {
      if (!path.includes('/head/') || path.includes('0001-0000000001')) return false
      response.writeHead(200, { 'content-type': 'application/octet-stream' })
      const drip = setInterval(() => response.write('x'), 100)
      response.on('close', () => clearInterval(drip))
      setTimeout(() => response.end(), 1000)
      return true
    })
    const phone = published.phone({ invitation: { mirror: mirror.url }, walkMs: 2000 })
    const begun = performance.now()
    await phone.sync.syncNow('joined')
    expect(performance.now() - begun).toBeLessThan(30_000)
    await published.change()
    void phone.sync.syncNow('open')
    await expect.poll(() => phone.shown()?.number, { timeout: 20_000 }).toBe(numbers[1])
    phone.sync.stop()
  },
)
