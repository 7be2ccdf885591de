import { describe, expect, it } from 'vitest'
import { logPath } from '#store/layout.ts'
import { createMemoryStore } from '#store/memory.ts'
import { StoreError } from '#store/store.ts'
import { createTestJournal } from '../../tests/support/journal.ts'
import { createLogIndex } from './log-index.ts'
import type { Store } from '#store/store.ts'

const day = 24 * 60 * 60 * 1000
const journals = await Promise.all([1, 2].map((epoch) => createTestJournal({ epoch })))
const phones = await Promise.all(Array.from({ length: 3 }, () => journals[0]!.phone()))

/** A journal in a store whose clock and this server's clock are the test's. */
function setup(change: Partial<Store> = {}) {
  const clock = { now: Date.parse('2026-03-12T18:00:00Z') }
  const memory = createMemoryStore({ now: () => clock.now })
  const store: Store = { ...memory, ...change }
  const log = createLogIndex({ store, department: 'hemtjanst', now: () => clock.now })
  async function put(
    n: number,
    options: { epoch?: 1 | 2; keepDays?: number; phone?: number } = {},
  ) {
    const { epoch = 1, keepDays, phone = 0 } = options
    const device = phones[phone]!
    const entry = await journals[epoch - 1]!.write(device, 'note', {}, { n, keepDays })
    const path = logPath('hemtjanst', device.device.kid, n)
    await memory.putIfAbsent(path, entry.bytes)
    return { path, bytes: entry.bytes, text: new TextDecoder().decode(entry.bytes) }
  }
  return { clock, memory, log, put }
}

describe('the index of a journal', () => {
  it('[H40] gives entries in the order they came to lie there, whatever their numbers', async () => {
    const { clock, log, put } = setup()
    const expected: string[] = []
    for (const n of [3, 1, 2]) {
      expected.push((await put(n)).text)
      clock.now += 1000
    }
    expect((await log.page()).entries).toEqual(expected)
  })

  it('[H42] sees what another process stored, five seconds later at the latest', async () => {
    const { clock, log, put } = setup()
    const { next } = await log.page()
    const { text } = await put(1)
    expect((await log.page(next)).entries).toEqual([])
    clock.now += 5_000
    expect((await log.page(next)).entries).toEqual([text])
  })

  it('[H42] also when the clock was set back', async () => {
    const { clock, log, put } = setup()
    const { next } = await log.page()
    clock.now -= 10 * day
    const { text } = await put(1)
    expect((await log.page(next)).entries).toEqual([text])
  })

  it('[H40] an entry that comes while the store is listed is neither missed nor lost', async () => {
    let during: (() => Promise<unknown>) | undefined
    const { clock, memory, log, put } = setup({
      list: async (prefix) => {
        const paths = await memory.list(prefix)
        await during?.()
        return paths
      },
    })
    const first = await put(1)
    const { next } = await log.page()
    let second = ''
    during = async () => {
      during = undefined
      const { path, bytes, text } = await put(2)
      log.add(path, bytes)
      second = text
    }
    clock.now += 6_000
    const page = await log.page(next)
    expect(page.entries).toEqual([second])
    expect(await log.count(phones[0]!.device.kid)).toEqual({ device: 2, department: 2 })
    expect((await log.page()).entries).toEqual([first.text, second])
  })

  it('knows each entry once, however often it is told', async () => {
    const { log, put } = setup()
    const { path, bytes, text } = await put(1)
    log.add(path, bytes)
    log.add(path, bytes)
    log.add('d/hemtjanst/latest', bytes)
    expect((await log.page()).entries).toEqual([text])
    expect(await log.count(phones[0]!.device.kid)).toEqual({ device: 1, department: 1 })
  })

  it('counts per device and in all, and forgets what was removed', async () => {
    const { clock, memory, log, put } = setup()
    const { path } = await put(1)
    await put(2)
    await put(1, { phone: 1 })
    const [one, two, three] = phones.map(({ device }) => device.kid) as [string, string, string]
    expect(await log.count(one)).toEqual({ device: 2, department: 3 })
    expect(await log.count(two)).toEqual({ device: 1, department: 3 })
    expect(await log.count(three)).toEqual({ device: 0, department: 3 })
    await memory.remove(path)
    clock.now += 6_000
    expect(await log.count(one)).toEqual({ device: 1, department: 2 })
  })

  it('[H35] takes away what has been there for its days, and nothing earlier', async () => {
    const { clock, memory, log, put } = setup()
    await put(1, { keepDays: 1 })
    const kept = await put(2, { keepDays: 2 })
    clock.now += day - 1
    expect((await log.page()).entries).toHaveLength(2)
    clock.now += 5_000
    expect((await log.page()).entries).toEqual([kept.text])
    expect(await memory.list('')).toEqual([kept.path])
    clock.now += day
    expect((await log.page()).entries).toEqual([])
    expect(await memory.list('')).toEqual([])
  })

  it('[H35] garbage goes in the end too', async () => {
    const { clock, memory, log } = setup()
    await memory.putIfAbsent(logPath('hemtjanst', phones[0]!.device.kid, 1), new Uint8Array([255]))
    expect((await log.page()).entries).toEqual([])
    expect(await log.count(phones[0]!.device.kid)).toEqual({ device: 1, department: 1 })
    clock.now += 400 * day
    await log.page()
    expect(await memory.list('')).toEqual([])
  })

  it('[H34] makes room by what earlier epochs left, oldest first', async () => {
    const { clock, memory, log, put } = setup()
    for (let n = 1; n <= 120; n++) await put(n)
    clock.now += 1
    const late = await put(121)
    const current = await put(1, { epoch: 2, phone: 1 })
    expect(await log.makeRoom(2)).toBe(false)
    await log.page()
    expect(await log.makeRoom(2)).toBe(true)
    expect(await memory.list('')).toHaveLength(22)
    expect(await memory.list('')).toContain(late.path)
    expect(await log.makeRoom(2)).toBe(true)
    expect(await log.makeRoom(2)).toBe(false)
    expect(await memory.list('')).toEqual([current.path])
  })

  it('[H42] what cannot be read as an entry is left out; a disk that does not answer is an error', async () => {
    let failure: Error | undefined = new StoreError('too-large', 'no')
    const { clock, memory, log, put } = setup({
      get: async (path, options) => {
        if (failure && path.endsWith('/1.jws')) throw failure
        return memory.get(path, options)
      },
    })
    await put(1)
    const { text } = await put(2)
    expect((await log.page()).entries).toEqual([text])
    for (const error of [new StoreError('unreachable', 'disk'), new TypeError('bug')]) {
      failure = error
      clock.now += 6_000
      await expect(log.page()).rejects.toThrow(error.message)
    }
    failure = undefined
    expect((await log.page()).entries).toHaveLength(2)
  })

  it('[H37] looks for what others stored a twentieth of the time at most, however long that takes', async () => {
    let asked = 0
    const { clock, memory, log } = setup({
      list: async (prefix) => {
        asked++
        clock.now += 3_000
        return memory.list(prefix)
      },
    })
    await log.page()
    clock.now += 59_000
    await log.page()
    expect(asked).toBe(1)
    clock.now += 2_000
    await log.page()
    expect(asked).toBe(2)
  })

  it('asks the store once, however many ask at the same time, and again after it failed', async () => {
    let asked = 0
    let isBroken = true
    const { memory, log, put } = setup({
      list: async (prefix) => {
        asked++
        await new Promise((resolve) => setTimeout(resolve, 5))
        if (isBroken) throw new StoreError('unreachable', 'disk')
        return memory.list(prefix)
      },
    })
    const { text } = await put(1)
    const failed = await Promise.allSettled([log.page(), log.page(), log.page()])
    expect(failed.every(({ status }) => status === 'rejected')).toBe(true)
    expect(asked).toBe(1)
    isBroken = false
    const pages = await Promise.all([log.page(), log.page()])
    expect(pages.map(({ entries }) => entries)).toEqual([[text], [text]])
    expect(asked).toBe(2)
  })
})
