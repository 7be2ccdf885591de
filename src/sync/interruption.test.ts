import { createServer } from 'node:net'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { latestPath } from '#store/layout.ts'
import { captivePortal, silentHost } from '../../tests/support/dead-hosts.ts'
import { createPublished, numbers, type Published } from '../../tests/support/synced-phone.ts'

let published: Published
beforeEach(async () => {
  published = await createPublished()
})
afterEach(() => published.close())

/** Lets this many requests through and cuts every later one. */
function cutAfter(count: number): { cut: () => number } {
  let seen = 0
  let cut = 0
  published.server.interfere((_path, request) => {
    seen += 1
    if (seen <= count) return false
    cut += 1
    request.socket.destroy()
    return true
  })
  return { cut: () => cut }
}

/** How many requests a whole round makes. */
async function requestsOf(work: () => Promise<unknown>): Promise<number> {
  published.server.forget()
  await work()
  const count = published.server.asked.length
  published.server.forget()
  return count
}

describe('the line is cut', { timeout: 60_000 }, () => {
  it('[S18] at any object of a first visit: what has arrived is not asked for again', async () => {
    const whole = await requestsOf(() => published.phone().sync.syncNow('joined'))
    expect(whole).toBeGreaterThan(8)
    for (let count = 0; count < whole; count++) {
      const phone = published.phone()
      const { cut } = cutAfter(count)
      await phone.sync.syncNow('joined')
      expect(cut(), `after ${count}`).toBeGreaterThan(0)
      const arrived = [...phone.blobs.keys()].map((hash) => `b/${hash}`)
      published.server.interfere(undefined)
      published.server.forget()
      await phone.result('open')
      expect(phone.shown(), `after ${count}`).toEqual({ v: 1, number: numbers[0] })
      expect(phone.current.get('gemensamt')?.v).toBe(1)
      const again = published.server.paths().filter((path) => arrived.includes(path))
      expect(again, `after ${count}`).toEqual([])
    }
  })

  it('[S1] at any object of an update: the one shown stays until the new one is whole', async () => {
    const first = published.phone()
    await first.sync.syncNow('joined')
    const invitation = published.organisation.invitation('hemtjanst')
    await published.change()
    const whole = await requestsOf(() => first.sync.syncNow('open'))
    for (let count = 0; count < whole; count++) {
      const phone = published.phone({ invitation })
      published.server.interfere(withholdSecond)
      await phone.sync.syncNow('joined')
      expect(phone.shown()?.v, `after ${count}`).toBe(1)
      cutAfter(count)
      await phone.sync.syncNow('open')
      expect([1, 2]).toContain(phone.shown()?.v)
      expect(phone.shown()?.number).toBe(numbers[phone.shown()!.v - 1])
      published.server.interfere(undefined)
      await phone.sync.syncNow('open')
      expect(phone.shown(), `after ${count}`).toEqual({ v: 2, number: numbers[1] })
    }

    /** So that a phone gets the first release although the second is there. */
    function withholdSecond(path: string, _request: unknown, response: ServerResponse): boolean {
      if (!path.startsWith('d/hemtjanst') || !path.endsWith('0001-0000000002.jws')) return false
      response.writeHead(404).end()
      return true
    }
  })

  it('[S18] in the middle of an object: half an object is none', async () => {
    const phone = published.phone()
    published.server.interfere((path, _request, response) => {
      if (!path.startsWith('b/')) return false
      response.writeHead(200, {
        'content-type': 'application/octet-stream',
        'content-length': '5000',
      })
      response.write(Buffer.alloc(100))
      setTimeout(() => response.destroy(), 10)
      return true
    })
    expect(await phone.result('joined')).toBe('failed unreachable')
    expect(phone.blobs.size).toBe(0)
    published.server.interfere(undefined)
    expect(await phone.result('open')).toBe('updated')
  })

  it('[S33] by the app itself: stop ends the round, what has arrived is kept', async () => {
    const phone = published.phone({ timeoutMs: 60_000 })
    let held = 0
    published.server.interfere((path) => {
      if (!path.startsWith('b/')) return false
      held += 1
      return held > 1
    })
    const running = phone.result('joined')
    while (held < 2 || phone.blobs.size < 1) await new Promise((done) => setTimeout(done, 5))
    phone.sync.stop()
    expect(await running).toBe('failed stopped')
    expect(phone.blobs.size).toBe(1)
    published.server.interfere(undefined)
    expect(await phone.result('open')).toBe('updated')
  })
})

describe('there is no host', { timeout: 30_000 }, () => {
  it('[S1] a dead one: says so, keeps what is shown', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    await published.server.close()
    expect(await phone.result('open')).toBe('failed unreachable')
    expect(await phone.result('tick')).toBe('failed unreachable')
    expect(phone.shown()).toEqual({ v: 1, number: numbers[0] })
    published.server.close = async () => undefined
  })

  it('[S1] one that accepts and never answers: gives up in time', async () => {
    const port = await freePort()
    const host = await silentHost(port)
    const phone = await phoneAt(port)
    const from = Date.now()
    expect(await phone.result('joined')).toBe('failed timeout')
    expect(Date.now() - from).toBeLessThan(10_000)
    expect(host.hits()).toBeGreaterThan(0)
    await host.close()
  })

  it('[S1] one that drips a byte at a time: gives up in the end', async () => {
    const phone = published.phone({ timeoutMs: 100 })
    const timers: NodeJS.Timeout[] = []
    published.server.interfere((_path, _request, response) => {
      response.writeHead(200, { 'content-type': 'application/octet-stream' })
      timers.push(setInterval(() => response.write('x'), 50))
      return true
    })
    expect(await phone.result('joined')).toMatch(/^failed/)
    for (const timer of timers) clearInterval(timer)
    expect(phone.shown()).toBeUndefined()
  })

  it('[S19] a captive portal: nothing it says is kept', async () => {
    const port = await freePort()
    const portal = await captivePortal(port)
    const phone = await phoneAt(port)
    expect(await phone.result('joined')).toBe('failed not-the-store')
    expect(phone.blobs.size).toBe(0)
    expect(phone.noteCodes()).toEqual(['not-the-store'])
    await portal.close()
  })

  it('[S19] a captive portal that comes between: what is shown stays, and it is not "checked"', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    phone.checkedAt.clear()
    published.server.interfere((_path, _request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Logga in</h1>')
      return true
    })
    expect(await phone.result('open')).toBe('failed not-the-store')
    expect(await phone.result('tick')).toBe('failed not-the-store')
    expect(phone.shown()?.v).toBe(1)
    expect(phone.checkedAt.size).toBe(0)
  })

  it('[S19] a portal that redirects: it is not followed', async () => {
    const phone = published.phone()
    let followed = 0
    published.server.interfere((path, _request, response) => {
      if (path === '/login') followed += 1
      response.writeHead(302, { location: '/login' }).end()
      return true
    })
    expect(await phone.result('joined')).toBe('failed unreachable')
    expect(followed).toBe(0)
  })

  it('[S14] a host that answers "not there" to everything proves nothing', async () => {
    const phone = published.phone()
    await phone.sync.syncNow('joined')
    phone.checkedAt.clear()
    published.server.interfere((_path, _request, response) => {
      response.writeHead(404).end()
      return true
    })
    expect(await phone.result('open')).toBe('failed nothing-there')
    expect(await phone.result('tick')).toBe('failed nothing-there')
    expect(phone.checkedAt.size).toBe(0)
    expect(phone.shown()?.v).toBe(1)
  })

  async function phoneAt(port: number) {
    const elsewhere = new URL(`http://127.0.0.1:${port}/`)
    return published.phone({
      timeoutMs: 300,
      fetch: (input, init) => {
        const url = new URL(input instanceof Request ? input.url : input)
        url.port = elsewhere.port
        return fetch(url, init)
      },
    })
  }
})

it('[S23] a full disk ends the round with its code and keeps what is shown', async () => {
  const phone = published.phone()
  await phone.sync.syncNow('joined')
  await published.change()
  phone.limitBlobs(phone.blobs.size)
  expect(await phone.result('open')).toBe('failed full')
  expect(phone.shown()?.v).toBe(1)
  phone.limitBlobs(1000)
  expect(await phone.result('open')).toBe('updated')
})

it('[S21] a wrong clock refuses nothing', async () => {
  for (const year of [1970, 2199]) {
    const now = () => new Date(`${year}-01-01T00:00:00Z`)
    const phone = published.phone({ clock: { now, after: () => () => undefined } })
    expect(await phone.result('joined'), String(year)).toBe('updated')
  }
  await published.store.replace(
    latestPath('hemtjanst'),
    new TextEncoder().encode('0001-0000000001'),
  )
})

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
