import { afterEach, describe, expect, it } from 'vitest'
import { createMemoryStore } from '#store/memory.ts'
import { createMemoryDevice } from '../../tests/support/memory-device.ts'
import { createTestOrganisation } from '../../tests/support/organisation.ts'
import { createStoreServer } from '../../tests/support/store-server.ts'
import { createSync } from './sync.ts'
import type { SyncProgress } from './progress.ts'

const servers: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

const clock = {
  now: () => new Date(),
  after: (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

describe('sync', () => {
  it('brings a first release and what all share', async () => {
    const store = createMemoryStore()
    const organisation = await createTestOrganisation()
    await organisation.publish(store, 'gemensamt')
    await organisation.publish(store, 'hemtjanst')
    const server = await createStoreServer(store)
    servers.push(server)
    const phone = createMemoryDevice([organisation.invitation('hemtjanst')], server.base)
    const sync = createSync({
      device: phone.device,
      fetch,
      clock,
      random: Math.random,
      log: console.error,
    })
    const progress: SyncProgress[] = []
    sync.onProgress((one) => progress.push(one))
    const outcome = await sync.syncNow('joined')
    console.log(
      outcome,
      server.paths(),
      phone.notes,
      progress.map((p) => `${p.department} ${p.phase} ${p.objects.done}/${p.objects.total}`),
    )
    expect(phone.current.get('hemtjanst')?.v).toBe(1)
    const again = await sync.syncNow('tick')
    console.log(
      again,
      server.asked.slice(-3).map((a) => [a.path, a.status()]),
    )
  })
})
