import { describe, expect, it } from 'vitest'
import { readBody } from './read-body.ts'

const limits = { bytes: 100, ms: 1000 }

function requestOf(body: BodyInit, headers: Record<string, string> = {}): Request {
  return new Request('http://x.test/', {
    method: 'POST',
    body,
    headers,
    duplex: 'half',
  } as RequestInit)
}

describe('readBody', () => {
  it('gives all bytes up to the cap', async () => {
    const bytes = crypto.getRandomValues(new Uint8Array(100))
    expect(await readBody(requestOf(bytes), limits)).toEqual(bytes)
  })

  it('stops an endless body at the cap, without waiting for its end', async () => {
    let sent = 0
    let isCancelled = false
    const endless = new ReadableStream({
      pull(controller) {
        sent += 40
        controller.enqueue(new Uint8Array(40))
      },
      cancel() {
        isCancelled = true
      },
    })
    await expect(readBody(requestOf(endless), limits)).rejects.toMatchObject({
      code: 'too-large',
      status: 413,
    })
    expect(sent).toBeLessThan(400)
    expect(isCancelled).toBe(true)
  })

  it('refuses by what Content-Length says before it reads', async () => {
    const request = new Request('http://x.test/', { method: 'POST', body: 'x' })
    const announced = new Proxy(request, {
      get: (target, name) =>
        name === 'headers' ? new Headers({ 'content-length': '101' }) : Reflect.get(target, name),
    })
    await expect(readBody(announced, limits)).rejects.toMatchObject({ status: 413 })
  })

  it('gives up on a body that does not arrive', async () => {
    const silent = new ReadableStream({ pull: () => new Promise(() => undefined) })
    await expect(readBody(requestOf(silent), { bytes: 100, ms: 50 })).rejects.toMatchObject({
      code: 'too-slow',
      status: 408,
    })
  })
})
