import { expect, it } from 'vitest'
import { signBeat } from '#release/beat.ts'
import { createMemoryStore } from '#store/memory.ts'
import { StoreError } from '#store/store.ts'
import { createTestOrganisation } from '../../tests/support/organisation.ts'
import { acceptBeat } from './accept-beat.ts'
import type { StoreErrorCode, Store } from '#store/store.ts'

const time = Date.parse('2026-03-12T18:00:00Z')

/** A store that holds a release, and answers with an error when it is asked for the beat. */
async function setup(code: StoreErrorCode | 'bug') {
  const organisation = await createTestOrganisation()
  const memory = createMemoryStore()
  const { release } = await organisation.publish(memory, 'hemtjanst')
  const store: Store = {
    ...memory,
    get: async (path, options) => {
      if (!path.endsWith('/beat.jws')) return memory.get(path, options)
      throw code === 'bug' ? new TypeError('bug') : new StoreError(code, 'no')
    },
  }
  const { root, publishers } = organisation
  const bytes = await signBeat(release.head, root, new Date(time), publishers['hemtjanst']!)
  return {
    memory,
    accept: () => acceptBeat(store, { root, department: 'hemtjanst', bytes, now: time }),
  }
}

it('[H22] what cannot be a beat (a folder, a link, far too large) holds nothing up', async () => {
  for (const code of ['too-large', 'not-the-store'] as const) {
    expect(await (await setup(code)).accept()).toBe('stored')
  }
})

it('a disk that does not answer now is no reason to replace what it holds', async () => {
  const { memory, accept } = await setup('unreachable')
  await expect(accept()).rejects.toMatchObject({ code: 'unreachable' })
  expect(await memory.get('d/hemtjanst/beat.jws', { maxBytes: 1e4 })).toBeUndefined()
  await expect((await setup('bug')).accept()).rejects.toThrow('bug')
})
