import { expect, it } from 'vitest'
import { createMemoryStore } from '#store/memory.ts'
import { createTestOrganisation, testDocuments } from '../../tests/support/organisation.ts'
import { createHeadMemory } from './current-head.ts'

/** Counts how often a head is read. */
async function setup() {
  const organisation = await createTestOrganisation()
  const memory = createMemoryStore()
  const read: string[] = []
  const headOf = createHeadMemory({
    ...memory,
    get: async (path, options) => {
      read.push(path)
      return memory.get(path, options)
    },
  })
  const ask = async (root = organisation.root) => (await headOf(root, 'hemtjanst'))?.v
  return { organisation, memory, read, ask }
}

it('[H37] the head that stands is read and verified once, and again when another stands', async () => {
  const { organisation, memory, read, ask } = await setup()
  expect(await ask()).toBeUndefined()
  await organisation.publish(memory, 'hemtjanst')
  for (let i = 0; i < 3; i++) expect(await ask()).toBe(1)
  expect(read).toHaveLength(1)
  await organisation.publish(memory, 'hemtjanst', testDocuments('hemtjanst', '+46701740606'))
  expect(await ask()).toBe(2)
  expect(read).toHaveLength(2)
  // Under another root everything is asked anew.
  expect(await ask({ ...organisation.root, hash: 'a'.repeat(64) })).toBe(2)
  expect(read).toHaveLength(3)
})

it('[H37] what lies above it and does not verify is looked at every time: a better one may come below', async () => {
  const { organisation, memory, read, ask } = await setup()
  await organisation.publish(memory, 'hemtjanst')
  await memory.putIfAbsent('d/hemtjanst/head/0001-0000000009.jws', new Uint8Array([1]))
  expect(await ask()).toBe(1)
  await organisation.publish(memory, 'hemtjanst', testDocuments('hemtjanst', '+46701740606'))
  expect(await ask()).toBe(2)
  expect(read.length).toBeGreaterThan(2)
})
