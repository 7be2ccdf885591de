import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { beatPath } from '#store/layout.ts'
import { confirmedAt } from '#release/confirmed-at.ts'
import { signBeat } from '#release/beat.ts'
import { payloadOf, signHead, verifyHead, type Head, type VerifiedHead } from '#release/head.ts'
import { signCompact } from '#trust/jws.ts'
import { createAgreementKey, createSigningKey, type SigningKey } from '#trust/keys.ts'
import { nextRoot, signRoot, verifyNextRoot, type VerifiedRoot } from '#trust/root.ts'
import { createPublished, numbers, type Published } from '../../tests/support/synced-phone.ts'

const department = 'hemtjanst'
let published: Published
let now: Date

beforeEach(async () => {
  published = await createPublished()
  now = new Date('2026-03-20T12:00:00Z')
})
afterEach(() => published.close())

const clock = {
  now: () => now,
  after: (_ms: number, run: () => void) => {
    const timer = setTimeout(run, 0)
    return () => clearTimeout(timer)
  },
}

/** A phone that follows up its rounds, in a time of the test's own. */
async function phone(options: Parameters<Published['phone']>[0] = {}) {
  const signing = await createSigningKey({ extractable: false })
  const agreement = await createAgreementKey({ extractable: false })
  const identity = { device: signing.kid, agreement, signing }
  const one = published.phone({ identity, clock, random: () => 0, ...options })
  return {
    ...one,
    /** A full round and what follows it. */
    async round(reason: 'open' | 'tick' = 'open') {
      const result = await one.result(reason)
      await one.sync.followed()
      return result
    },
    confirmed() {
      const release = one.current.get(department)!
      const beats = (one.standings.get(department)?.beats ?? []).filter(
        ({ head }) => head === release.headHash,
      )
      return confirmedAt({ issued: release.issued, receivedAt: now.toISOString(), beats, now })
    },
  }
}

const head = () => published.organisation.last[department]!.head
const publisher = () => published.organisation.publishers[department]!

async function beat(
  time: string,
  change: { head?: VerifiedHead; root?: VerifiedRoot; signer?: SigningKey } = {},
) {
  // prettier-ignore
  const { organisation, store } = published
  const bytes = await signBeat(
    change.head ?? head(),
    change.root ?? organisation.root,
    new Date(time),
    change.signer ?? publisher(),
  )
  await store.replace(beatPath(department), bytes)
}

/** The next root, as a coordinator signs it. */
async function rootAfter(root: VerifiedRoot, change: Parameters<typeof nextRoot>[1]) {
  const signed = await signRoot(nextRoot(root, change), [published.organisation.rootKeys[0]!])
  return { ...signed, root: await verifyNextRoot(signed.bytes, root) }
}
const issued = '2026-03-19T08:00:00.000Z'

/** Puts a head with other fields at the next number. */
async function putHead(change: Partial<Head>, signer = publisher()) {
  const { hash: prev } = head()
  const next = { ...payloadOf(head()), v: head().v + 1, prev, ...change }
  const { bytes } = await signHead(next, signer)
  await published.store.putIfAbsent(`d/${department}/head/0001-000000000${next.v}.jws`, bytes)
  await published.store.replace(`d/${department}/latest`, new TextEncoder().encode(`0001-000000000${next.v}`)) // prettier-ignore
  return bytes
}

describe('a format of a later app', () => {
  it('[S40] [S1] said by a publisher is remembered until it is gone, and what is held stays', async () => {
    const one = await phone()
    await one.round()
    await putHead({ minFormat: 2 })
    expect(await one.round()).toBe('current')
    expect([...one.newerApp]).toEqual(['content'])
    expect(one.shown()).toEqual({ v: 1, number: numbers[0] })
    expect(one.noteCodes()).toEqual([])
    // A phone that hears nothing at all has not heard that it is over.
    published.server.interfere((_path, request) => {
      request.socket.destroy()
      return true
    })
    await one.round()
    expect([...one.newerApp]).toEqual(['content'])
    published.server.interfere(undefined)
    await published.store.remove(`d/${department}/head/0001-0000000002.jws`)
    await one.round()
    expect([...one.newerApp]).toEqual([])
  })

  it('[S40] said by a stranger is an attack, and asks nobody for an update', async () => {
    const one = await phone()
    await putHead({ minFormat: 2 }, await createSigningKey({ extractable: false }))
    await one.round()
    expect([...one.newerApp]).toEqual([])
    expect(one.noteCodes()).toContain('bad-head')
  })

  it('[S40] said by a beat is remembered until it is gone', async () => {
    const one = await phone()
    const said = { format: 2, minFormat: 2, department, something: 'else altogether' }
    const payload = new TextEncoder().encode(JSON.stringify(said))
    const bytes = await signCompact('planb-beat+jws', payload, publisher())
    await published.store.replace(beatPath(department), bytes)
    expect(await one.round()).toBe('updated')
    expect([...one.newerApp]).toEqual(['beats'])
    expect(one.noteCodes()).toEqual([])
    await beat('2026-03-20T08:00:00Z')
    await one.round()
    expect([...one.newerApp]).toEqual([])
  })

  it('[S40] said by a root is remembered, and the chain stays where it is', async () => {
    const one = await phone()
    await one.round()
    const { bytes } = await signRoot(
      nextRoot(published.organisation.root, { issued, minFormat: 2 }),
      [published.organisation.rootKeys[0]!],
    )
    await published.store.putIfAbsent('root/2.jws', bytes)
    expect(await one.round()).toBe('current')
    expect([...one.newerApp]).toEqual(['content'])
    expect(one.roots().at(-1)?.v).toBe(1)
  })
})

describe('a root that is named', () => {
  it('[S41] by a head and cannot be had is told to managers', async () => {
    const { root } = await rootAfter(published.organisation.root, { issued })
    await putHead({ root: { v: root.v, hash: root.hash } })
    const one = await phone()
    expect(await one.round()).toBe('updated')
    expect(one.noteCodes()).toEqual(['withheld-root'])
  })

  it('[S41] by a head and comes a moment later is no withheld one', async () => {
    const one = await phone()
    await one.round()
    const { root, bytes } = await rootAfter(published.organisation.root, { issued })
    await putHead({ root: { v: root.v, hash: root.hash } })
    let asked = 0
    published.server.interfere((path, _request, response) => {
      // Asked for just before it was published.
      if (path !== 'root/2.jws' || ++asked > 1) return false
      void published.store.putIfAbsent('root/2.jws', bytes)
      response.writeHead(404).end()
      return true
    })
    expect(await one.round()).toBe('updated')
    expect(one.noteCodes()).toEqual([])
    expect(one.roots().at(-1)?.v).toBe(2)
  })

  it('[S41] by a beat counts from the second round on, and until it arrives', async () => {
    const one = await phone()
    const { root, bytes } = await rootAfter(published.organisation.root, { issued })
    await beat('2026-03-20T08:00:00Z', { root })
    await one.round()
    // The first time it asks once more by itself.
    expect(one.standings.get(department)?.namedRoot).toMatchObject({ v: 2, rounds: 2 })
    await published.store.putIfAbsent('root/2.jws', bytes)
    await one.round()
    expect(one.standings.get(department)?.namedRoot).toBeUndefined()
  })
})

describe('a beat', () => {
  it('[S45] is kept with when it was first received, whatever is offered later', async () => {
    const one = await phone()
    await one.round()
    await beat('2026-03-20T08:00:00Z')
    await one.round()
    expect(one.confirmed()).toBe('2026-03-20T08:00:00.000Z')
    // An older one put back, and one that was held back for a week.
    await beat('2026-03-13T08:00:00Z')
    await one.round()
    expect(one.confirmed()).toBe('2026-03-20T08:00:00.000Z')
    now = new Date('2026-03-27T12:00:00Z')
    await beat('2026-03-20T08:00:00Z')
    await one.round()
    const kept = one.standings.get(department)?.beats
    expect(kept?.map(({ receivedAt }) => receivedAt.slice(0, 10))).toEqual([
      '2026-03-20',
      '2026-03-20',
    ])
    await published.store.remove(beatPath(department))
    await one.round()
    expect(one.confirmed()).toBe('2026-03-20T08:00:00.000Z')
  })

  it('[S45] [S21] dated 2099 counts for nothing, refuses nothing and pushes nothing out', async () => {
    const one = await phone()
    await beat('2026-03-20T08:00:00Z')
    await one.round()
    for (const minute of [1, 2, 3, 4, 5, 6]) {
      await beat(`2099-01-01T00:0${minute}:00Z`)
      expect(await one.round()).toBe('current')
    }
    expect(one.confirmed()).toBe('2026-03-20T08:00:00.000Z')
    expect(one.standings.get(department)?.beats.length).toBeLessThanOrEqual(4)
  })

  it('[S45] of a stranger is told to managers; of somebody whose right has ended it is nothing', async () => {
    const one = await phone()
    await one.round()
    await beat('2026-03-20T08:00:00Z', { signer: await createSigningKey({ extractable: false }) })
    await one.round()
    expect(one.noteCodes()).toEqual(['bad-beat'])
    one.notes.splice(0)
    const { root } = published.organisation
    const departments = structuredClone(root.departments)
    departments[department]!.publish = []
    const { bytes } = await rootAfter(root, { issued, departments })
    await published.store.putIfAbsent('root/2.jws', bytes)
    await beat('2026-03-20T09:00:00Z')
    await one.round()
    expect(one.noteCodes()).not.toContain('bad-beat')
    expect(one.standings.get(department)?.beats ?? []).toEqual([])
  })

  it('[S46] of a release that no store offers is told to managers, from the second round on', async () => {
    const one = await phone()
    await one.round()
    const before = head()
    const built = await published.organisation.build(department, undefined, {
      issued: new Date('2026-03-20T07:00:00Z'),
    })
    const withheld = await verifyHead(built.head, { root: published.organisation.root, department })
    await beat('2026-03-20T08:00:00Z', { head: withheld })
    await one.round()
    expect(one.noteCodes()).toEqual(['withheld-head'])
    expect(one.shown()).toEqual({ v: 1, number: numbers[0] })
    one.notes.splice(0)
    // One of an older release than ours is only late.
    await published.change()
    await beat('2026-03-20T09:00:00Z', { head: before })
    await one.round()
    await one.round()
    expect(one.noteCodes()).toEqual([])
  })

  it('[S46] of a release that comes a moment later is of no withheld one', async () => {
    const one = await phone()
    await one.round()
    const { release } = await published.change()
    await beat('2026-03-20T08:00:00Z', { head: release.head })
    let isOut = false
    published.server.interfere((path, _request, response) => {
      if (path.endsWith('beat.jws')) isOut = true
      if (isOut || !/latest$|head\/0001-0000000002/.test(path)) return false
      response.writeHead(404).end()
      return true
    })
    await one.round()
    expect(one.shown()).toEqual({ v: 2, number: numbers[1] })
    expect(one.noteCodes()).toEqual([])
    expect(one.standings.get(department)?.unknownHead).toBeUndefined()
  })

  it('[S43] that never comes keeps no content waiting', async () => {
    const one = await phone({ timeoutMs: 400 })
    published.server.interfere((path) => path.endsWith('beat.jws'))
    const from = performance.now()
    expect(await one.result()).toBe('updated')
    expect(performance.now() - from).toBeLessThan(350)
    await one.sync.followed()
    expect(one.noteCodes()).toEqual([])
  })

  it('[S43] is not asked for while only hints are', async () => {
    const one = await phone()
    await one.round()
    published.server.forget()
    await one.round('tick')
    expect(published.server.paths().filter((path) => !path.endsWith('latest'))).toEqual([])
    // [S42] A phone that is never put away looks at everything again.
    now = new Date(now.getTime() + 16 * 60_000)
    await one.round('tick')
    expect(published.server.paths()).toContain('root/2.jws')
    expect(published.server.paths()).toContain(beatPath(department))
  })
})
