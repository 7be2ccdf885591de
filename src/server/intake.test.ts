import { describe, expect, it } from 'vitest'
import { createIntake } from './intake.ts'

const limits = { atOnce: 4, bytesAtOnce: 400, ms: 5_000 }

/** A request whose body comes when the test says so. */
function sender() {
  const body = new TransformStream<Uint8Array, Uint8Array>()
  const writer = body.writable.getWriter()
  const init = { method: 'POST', body: body.readable, duplex: 'half' }
  return {
    request: new Request('http://x.test/', init as RequestInit),
    send: (count: number) => writer.write(new Uint8Array(count)),
    end: () => writer.close(),
  }
}
const outcomeOf = (reading: Promise<Uint8Array>) =>
  reading.then(
    (bytes) => bytes.length,
    (error: unknown) => (error as { code: string }).code,
  )

describe('[H11] an intake', () => {
  it('gives the body, and room again for the next', async () => {
    const intake = createIntake(limits)
    for (let i = 0; i < 10; i++) {
      const one = sender()
      const reading = outcomeOf(intake(one.request, { key: 'a', most: 200 }))
      await one.send(200)
      await one.end()
      expect(await reading).toBe(200)
    }
  })

  it('lets slow senders of one address have half of the places', async () => {
    const intake = createIntake(limits)
    const slow = [sender(), sender()]
    const waiting = slow.map(({ request }) => outcomeOf(intake(request, { key: 'a', most: 200 })))
    expect(await outcomeOf(intake(sender().request, { key: 'a', most: 200 }))).toBe('too-many')
    const publisher = sender()
    const reading = outcomeOf(intake(publisher.request, { key: 'b', most: 200 }))
    await publisher.send(150)
    await publisher.end()
    expect(await reading).toBe(150)
    for (const one of slow) await one.end()
    expect(await Promise.all(waiting)).toEqual([0, 0])
  })

  it('has so many places in all', async () => {
    const intake = createIntake(limits)
    const slow = ['a', 'b', 'c', 'd'].map((key) => ({ key, ...sender() }))
    const waiting = slow.map(({ request, key }) => outcomeOf(intake(request, { key, most: 200 })))
    expect(await outcomeOf(intake(sender().request, { key: 'e', most: 200 }))).toBe('too-many')
    for (const one of slow) await one.end()
    await Promise.all(waiting)
    const next = sender()
    await next.end()
    expect(await outcomeOf(intake(next.request, { key: 'e', most: 200 }))).toBe(0)
  })

  it('counts a body by what has arrived: one address fills half of the memory at most', async () => {
    const intake = createIntake(limits)
    const first = sender()
    const second = sender()
    const one = outcomeOf(intake(first.request, { key: 'a', most: 200 }))
    const two = outcomeOf(intake(second.request, { key: 'a', most: 200 }))
    await first.send(150)
    await second.send(51)
    expect(await two).toBe('too-many')
    const other = sender()
    const three = outcomeOf(intake(other.request, { key: 'b', most: 200 }))
    await other.send(200)
    await other.end()
    expect(await three).toBe(200)
    await first.end()
    expect(await one).toBe(150)
  })

  it('has so much memory in all', async () => {
    const intake = createIntake({ ...limits, atOnce: 100 })
    const held = ['a', 'b', 'c'].map((key) => ({ key, ...sender() }))
    const waiting = held.map(({ request, key }) => outcomeOf(intake(request, { key, most: 200 })))
    for (const one of held) await one.send(120)
    const last = sender()
    const refused = outcomeOf(intake(last.request, { key: 'd', most: 200 }))
    await last.send(41)
    expect(await refused).toBe('too-many')
    for (const one of held) await one.end()
    expect(await Promise.all(waiting)).toEqual([120, 120, 120])
  })
})
