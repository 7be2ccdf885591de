import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMemoryStore } from '#store/memory.ts'
import { createHttpStore } from '#store/http.ts'
import { headPath } from '#store/layout.ts'
import { createSigningKey } from '#trust/keys.ts'
import { signRoot } from '#trust/root.ts'
import type { Invitation } from '#trust/invitation.ts'
import { hintOf } from '../../tests/support/attacks/attack.ts'
import { laterRoot } from '../../tests/support/attacks/forge.ts'
import { createHostileHost, type HostileHost, type Lie } from '../../tests/support/hostile-host.ts'
import {
  createLivingOrganisation,
  stepOf,
  type LivingOrganisation,
} from '../../tests/support/living-organisation.ts'
import { createMemoryDevice } from '../../tests/support/memory-device.ts'
import { realClock } from '../../tests/support/synced-phone.ts'
import { createSync, type SyncClock } from './sync.ts'

/*
 * Two hosts: the one the app comes from, which tells the truth, and a mirror that an attacker owns. What the
 * good one has must arrive, whatever the other one does.
 */
let living: LivingOrganisation
let good: HostileHost
let mirror: HostileHost
const stopping: (() => void)[] = []

beforeEach(async () => {
  const store = createMemoryStore()
  living = await createLivingOrganisation(store)
  good = await createHostileHost({ store, organisation: living.organisation })
  mirror = await createHostileHost({ store, organisation: living.organisation })
})
afterEach(async () => {
  for (const stop of stopping.splice(0)) stop()
  await Promise.all([good.close(), mirror.close()])
})

function createPhone(change: Partial<Invitation> = {}, clock: SyncClock = realClock) {
  const invitation = { ...living.invitation(), mirror: `${mirror.app}store/`, ...change }
  const memory = createMemoryDevice([invitation], good.app)
  const sync = createSync({ device: memory.device, fetch, clock, random: () => 0.5, timeoutMs: 8_000 }) // prettier-ignore
  stopping.push(() => sync.stop())
  const documents = () => JSON.stringify(memory.current.get(living.department)?.documents)
  return { ...memory, sync, documents }
}

async function waitFor(isSo: () => boolean, ms: number) {
  const until = Date.now() + ms
  while (!isSo() && Date.now() < until) await new Promise((done) => setTimeout(done, 20))
  expect(isSo()).toBe(true)
}

const everywhere: Lie[] = ['absent', 'page', 'moved', 'endless', 'unchanged', 'cut', 'busy', 'silent', 'drip'] // prettier-ignore

describe('[S12] bad mirror, slow mirror', { timeout: 40_000 }, () => {
  it.each(everywhere)('"%s" at everything: a first visit and an update arrive from the other', async (lie) => {
    mirror.lie(() => lie)
    const phone = createPhone()
    void phone.sync.syncNow('joined')
    await waitFor(() => phone.documents()?.includes(stepOf(1)) ?? false, 8_000)
    phone.sync.stop()
    await living.publish()
    void phone.sync.syncNow('open')
    await waitFor(() => phone.documents().includes(stepOf(2)), 8_000)
  }) // prettier-ignore

  it.each(['drip', 'silent', 'cut', 'absent', 'endless'] as const)(
    '"%s" at blobs only, after a quick hint and head: they come from the other',
    async (lie) => {
      const phone = createPhone()
      await phone.sync.syncNow('joined')
      await living.publish()
      mirror.lie((path) => (path.startsWith('b/') ? lie : undefined))
      // The good one is the slower of the two, so that the bad one is asked for blobs first.
      good.lie((path) => (path.endsWith('latest') ? 'silent' : undefined))
      setTimeout(() => good.mend(), 700)
      void phone.sync.syncNow('open')
      await waitFor(() => phone.documents().includes(stepOf(2)), 12_000)
    },
  )

  it('a byte a second holds a small object for two time limits, not for the length of it', async () => {
    mirror.lie(() => 'drip')
    const store = createHttpStore({ base: new URL(`${mirror.app}store/`), fetch, timeoutMs: 1_500 })
    const from = Date.now()
    const asked = store.get('d/hemtjanst/latest', { maxBytes: 32 })
    await expect(asked).rejects.toMatchObject({ code: 'timeout' })
    expect(Date.now() - from).toBeLessThan(9_000)
  })

  it('a hint and a head far ahead, without what they name: the newest that is whole is shown', async () => {
    const phone = createPhone()
    await phone.sync.syncNow('joined')
    await living.publish()
    mirror.lie((path) => {
      if (path.endsWith('latest')) return hintOf({ gen: 1, v: 9_999_999_999 })
      return path.startsWith('b/') ? 'absent' : undefined
    })
    await phone.sync.syncNow('open')
    expect(phone.documents()).toContain(stepOf(2))
  })

  it('[S7] heads of 100 KB that are none, at every number: a round costs some megabytes at most', async () => {
    const phone = createPhone()
    await phone.sync.syncNow('joined')
    mirror.takeLog()
    const junk = new Uint8Array(100_000).fill(70)
    mirror.lie((path) => (path.includes('/head/') ? junk : undefined))
    await phone.sync.syncNow('open')
    const heads = mirror.takeLog().filter((path) => path.includes('/head/')).length
    expect(heads * junk.length).toBeLessThan(5_000_000)
  })
})

describe('[S30] a mirror that says "come back in a million seconds"', { timeout: 30_000 }, () => {
  it('silences nobody: the app looks again within a minute', async () => {
    const pauses: number[] = []
    const clock: SyncClock = {
      now: () => new Date(),
      after: (ms, run) => {
        pauses.push(ms)
        if (ms > 0) return () => undefined
        return realClock.after(ms, run)
      },
    }
    const phone = createPhone({}, clock)
    mirror.lie(() => 'busy')
    phone.sync.start()
    await waitFor(() => pauses.some((ms) => ms > 20_000), 8_000)
    expect(Math.max(...pauses)).toBeLessThan(60_000)
  })
})

describe('[S5] a rival chain, signed by one stolen root key', { timeout: 30_000 }, () => {
  it('never reaches a phone whose invitation names the true root: not in any later round either', async () => {
    const before = living.root
    const thief = await createSigningKey({ extractable: true })
    const departments = structuredClone(before.departments)
    departments.hemtjanst!.publish.push(thief.kid)
    const keys = { ...before.keys, [thief.kid]: thief.jwk }
    const rival2 = await signRoot(laterRoot(living, { departments, keys }), [living.rootKeys[0]!])
    await living.changeRoot({ reviewBy: '2027-09-01T08:00:00.000Z' })
    await living.changeRoot({ reviewBy: '2027-10-01T08:00:00.000Z' })
    const rival3 = await signRoot(
      { ...laterRoot(living, { departments, keys }), v: 3 },
      [living.rootKeys[0]!],
    ) // prettier-ignore
    const lie = (path: string) => {
      if (path === 'root/2.jws') return rival2.bytes
      return path === 'root/3.jws' ? rival3.bytes : undefined
    }
    good.lie(lie)
    mirror.lie(lie)
    const phone = createPhone()
    for (let round = 0; round < 3; round++) await phone.sync.syncNow('open')
    expect(phone.roots().map(({ v }) => v)).not.toContain(3)
    expect(phone.noteCodes()).toContain('bad-root')
  })

  it('a phone that was shown rival roots for long comes back by a true one that two keys sign', async () => {
    const phone = createPhone()
    await phone.sync.syncNow('joined')
    const rival = await signRoot(laterRoot(living, { wiped: [] }), [living.rootKeys[2]!])
    good.lie((path) => (path === 'root/2.jws' ? rival.bytes : undefined))
    mirror.lie(() => 'absent')
    await phone.sync.syncNow('open')
    expect(phone.roots().at(-1)?.hash).toBe(rival.hash)
    await living.changeRoot({ reviewBy: '2027-09-01T08:00:00.000Z' })
    await living.changeRoot({ title: 'Testkommunen' }, living.rootKeys.slice(0, 2))
    await living.publish()
    good.mend()
    await phone.sync.syncNow('open')
    expect(phone.roots().at(-1)?.hash).toBe(living.root.hash)
    expect(phone.documents()).toContain(stepOf(2))
  })
})

describe('[S8] a squatted number', { timeout: 30_000 }, () => {
  it('of endless data is stepped over like any other', async () => {
    const phone = createPhone()
    await phone.sync.syncNow('joined')
    const squatted = headPath(living.department, 1, 2)
    await living.publish({ v: 3 })
    const lie = (path: string): Lie | undefined => {
      if (path === squatted) return 'endless'
      return path.endsWith('hemtjanst/latest') ? hintOf({ gen: 1, v: 1 }) : undefined
    }
    good.lie(lie)
    mirror.lie(lie)
    await phone.sync.syncNow('open')
    expect(phone.documents()).toContain(stepOf(2))
    expect(phone.noteCodes()).toContain('bad-head')
  })
})
