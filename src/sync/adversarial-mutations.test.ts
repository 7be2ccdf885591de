import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMemoryStore } from '#store/memory.ts'
import { sha256 } from '#trust/bytes.ts'
import { createHostileHost, type HostileHost } from '../../tests/support/hostile-host.ts'
import {
  createLivingOrganisation,
  falseMark,
  stepOf,
  type LivingOrganisation,
} from '../../tests/support/living-organisation.ts'
import { createMemoryDevice } from '../../tests/support/memory-device.ts'
import { mutationsOf } from '../../tests/support/mutations.ts'
import { realClock } from '../../tests/support/synced-phone.ts'
import { createSync } from './sync.ts'

/*
 * Whatever a host does to the objects it serves: any byte of any of them, any cut, any two in each other's place,
 * any of them gone. What is shown afterwards is an edition that was published, whole, and no older than the one held.
 */
let living: LivingOrganisation
let host: HostileHost
/** Every object of the store by path. */
const objects = new Map<string, Uint8Array>()
const first = 1
const last = 3

beforeAll(async () => {
  const store = createMemoryStore()
  living = await createLivingOrganisation(store)
  host = await createHostileHost({ store, organisation: living.organisation })
  await living.changeRoot({ reviewBy: '2027-09-01T08:00:00.000Z' })
  await living.publish()
  await living.publish()
  for (const path of await store.list('')) objects.set(path, await living.bytes(path))
})
afterAll(() => host.close())

/** A phone that holds the first edition, as it was before the others were published. */
async function createPhone() {
  const invitation = { ...living.invitation(), floor: { gen: 1, v: 1, epoch: 1 } }
  const memory = createMemoryDevice([{ ...invitation, root: { v: 1, hash: living.organisation } }], host.app) // prettier-ignore
  const sync = createSync({ device: memory.device, fetch, clock: realClock, random: () => 0, timeoutMs: 5_000 }) // prettier-ignore
  const later = /head\/0001-000000000[23]|root\/2/
  host.lie((path) => {
    if (path.endsWith('hemtjanst/latest')) return new TextEncoder().encode('0001-0000000001')
    return later.test(path) ? 'absent' : undefined
  })
  await sync.syncNow('joined')
  const documents = () => JSON.stringify(memory.current.get(living.department)?.documents ?? [])
  expect(documents()).toContain(stepOf(first))
  const edition = () => [1, 2, 3].find((one) => documents().includes(stepOf(one)))
  return { ...memory, sync, documents, edition }
}

/** Offers these bytes and looks; then an honest host brings the newest. */
async function expectGood(lies: ReadonlyMap<string, Uint8Array | 'absent'>) {
  const phone = await createPhone()
  host.lie((path) => lies.get(path))
  await phone.sync.syncNow('open')
  expect(phone.edition()).toBeGreaterThanOrEqual(first)
  expect(phone.documents()).not.toContain(falseMark)
  for (const [hash, bytes] of phone.blobs) expect(await sha256(bytes)).toBe(hash)
  for (const root of phone.roots()) expect([1, 2]).toContain(root.v)
  host.mend()
  await phone.sync.syncNow('open')
  expect(phone.edition()).toBe(last)
}

const paths = fc.nat().map((index) => [...objects.keys()][index % objects.size]!)
const runs = { numRuns: 40 }

describe('[S1] whatever a host does to what it serves', { timeout: 120_000 }, () => {
  it('any byte of any object, inserted, removed, cut, appended or repeated', async () => {
    const altered = paths.chain((path) =>
      mutationsOf(objects.get(path)!).map((bytes) => new Map([[path, bytes]])),
    )
    await fc.assert(fc.asyncProperty(altered, expectGood), runs)
  })

  it('any two objects in each other’s place', async () => {
    const swapped = fc.tuple(paths, paths).map(
      ([a, b]) =>
        new Map([
          [a, objects.get(b)!],
          [b, objects.get(a)!],
        ]),
    )
    await fc.assert(fc.asyncProperty(swapped, expectGood), runs)
  })

  it('any truncation of any object, down to nothing', async () => {
    const parts = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    const cut = fc.tuple(paths, parts).map(([path, part]) => {
      const bytes = objects.get(path)!
      return new Map<string, Uint8Array>([[path, bytes.slice(0, Math.floor(bytes.length * part))]])
    })
    await fc.assert(fc.asyncProperty(cut, expectGood), runs)
  })

  it('any set of objects gone, altered or exchanged at the same time', async () => {
    const one = paths.chain((path) =>
      fc
        .oneof<fc.Arbitrary<Uint8Array | 'absent'>[]>(
          fc.constant('absent'),
          mutationsOf(objects.get(path)!),
          paths.map((other) => objects.get(other)!),
        )
        .map((lie): [string, Uint8Array | 'absent'] => [path, lie]),
    )
    const many = fc.array(one, { minLength: 2, maxLength: 6 }).map((lies) => new Map(lies))
    await fc.assert(fc.asyncProperty(many, expectGood), runs)
  })
})
