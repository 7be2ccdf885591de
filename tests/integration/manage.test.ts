import { beforeAll, describe, expect, it } from 'vitest'
import { verifyStore } from '#release/verify-store.ts'
import { openKeys, unwrapForDevice } from '#release/open-keys.ts'
import type { Store } from '#store/store.ts'
import { createOpen } from '#sync/manage/create-open.ts'
import { addDepartment } from '#sync/manage/add-department.ts'
import { approve } from '#sync/manage/approve.ts'
import { changeStores } from '#sync/manage/change-stores.ts'
import { confirm } from '#sync/manage/confirm.ts'
import { followStoreRoot } from '#sync/manage/follow-store-root.ts'
import { newestHead } from '#sync/manage/newest-head.ts'
import type { Managed, Office } from '#sync/manage/office.ts'
import { replaceRecovery } from '#sync/manage/replace-recovery.ts'
import { replaceRootKey } from '#sync/manage/replace-root-key.ts'
import { revoke } from '#sync/manage/revoke.ts'
import { rotate } from '#sync/manage/rotate.ts'
import { wipe } from '#sync/manage/wipe.ts'
import { createAgreementKey, createSigningKey } from '#trust/keys.ts'
import type { AgreementKey, SigningKey } from '#trust/keys.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import {
  createStoppedStore,
  createTestOffice,
  createTestPerson,
  type TestOffice,
  type TestPerson,
} from '../support/office.ts'
import { testDocuments } from '../support/organisation.ts'

let test: TestOffice
let newcomer: TestPerson
let phone: TestPerson
let newRootKey: SigningKey
let newRecovery: AgreementKey

beforeAll(async () => {
  test = await createTestOffice()
  newcomer = await createTestPerson()
  phone = await createTestPerson()
  newRootKey = await createSigningKey({ extractable: true })
  newRecovery = await createAgreementKey({ extractable: true })
})

function requestOf(person: TestPerson) {
  return {
    organisation: test.organisation,
    signing: person.signing.jwk,
    agreement: person.agreement.jwk,
    role: 'Enhetschef natt',
    departments: ['hemtjanst'],
  }
}

interface Operation {
  run: (office: Office) => Promise<Managed>
  /** What must hold in the end, whatever happened on the way. */
  check: (end: { root: VerifiedRoot; store: Store }) => Promise<void>
}

async function headOf(store: Store, root: VerifiedRoot, department: string) {
  const head = await newestHead(store, root, department)
  if (!head) throw new Error(`${department} has no head`)
  return head
}

async function keysOf(store: Store, root: VerifiedRoot, department: string) {
  const head = await headOf(store, root, department)
  const blob = (hash: string) => store.get(`b/${hash}`, { maxBytes: 4e6 })
  return { head, blob, keys: await openKeys({ head, blob }) }
}

const operations: Record<string, Operation> = {
  '[M24] approve': {
    run: (office) => approve(office, requestOf(newcomer), { departments: ['hemtjanst'] }),
    async check({ root, store }) {
      const { kid } = newcomer.signing
      expect(root.v).toBe(2)
      expect(root.departments['hemtjanst']?.publish).toContain(kid)
      expect(root.departments['krisledning']?.publish).not.toContain(kid)
      const { head, blob } = await keysOf(store, root, 'hemtjanst')
      const device = kid
      const { agreement } = newcomer
      expect(await unwrapForDevice({ head, blob, device, agreement })).toHaveLength(32)
      expect([head.gen, head.v, head.edition]).toEqual([1, 2, 1])
    },
  },
  '[M20] revoke': {
    run: (office) => revoke(office, { kid: test.publishers['hemtjanst']!.signing.kid }),
    async check({ root, store }) {
      expect(root.v).toBe(2)
      expect(root.keys).not.toHaveProperty(test.publishers['hemtjanst']!.signing.kid)
      const head = await headOf(store, root, 'hemtjanst')
      expect([head.gen, head.v, head.edition, head.byRootKey]).toEqual([2, 1, 1, true])
      expect((await headOf(store, root, 'krisledning')).gen).toBe(1)
    },
  },
  '[M21] wipe a publisher': {
    run: (office) => wipe(office, { devices: [test.publishers['hemtjanst']!.signing.kid] }),
    async check({ root, store }) {
      const { kid } = test.publishers['hemtjanst']!.signing
      expect(root.wiped).toEqual([kid])
      expect(root.keys).not.toHaveProperty(kid)
      expect((await headOf(store, root, 'hemtjanst')).gen).toBe(2)
    },
  },
  '[M4] change stores': {
    run: (office) =>
      changeStores(office, { stores: [{ url: 'https://b.example/', write: false }] }),
    async check({ root }) {
      expect([root.v, root.stores]).toEqual([2, [{ url: 'https://b.example/', write: false }]])
    },
  },
  '[M22] replace a root key': {
    run: (office) =>
      replaceRootKey(office, {
        gone: test.rootKeys[2]!.kid,
        jwk: newRootKey.jwk,
        extraKeys: [test.rootKeys[1]!],
      }),
    async check({ root, store }) {
      expect(root.root.kids).toContain(newRootKey.kid)
      expect(root.root.kids).not.toContain(test.rootKeys[2]!.kid)
      for (const department of Object.keys(root.departments)) {
        const head = await headOf(store, root, department)
        expect([head.gen, head.v, head.byRootKey]).toEqual([2, 1, true])
      }
    },
  },
  '[M23] replace the recovery key': {
    run: (office) =>
      replaceRecovery(office, { recovery: newRecovery, extraKeys: [test.rootKeys[1]!] }),
    async check({ root, store }) {
      const open = createOpen({ store, recovery: [newRecovery] })
      for (const department of Object.keys(root.departments)) {
        expect((await open(department, root))?.release.edition).toBe(1)
      }
    },
  },
  '[M25] rotate': {
    run: (office) =>
      rotate(office, {
        department: 'hemtjanst',
        leaveOut: [],
        phones: { [phone.signing.kid]: phone.agreement.jwk },
        signer: test.rootKeys[0]!,
      }),
    async check({ root, store }) {
      const { head, blob, keys } = await keysOf(store, root, 'hemtjanst')
      expect(head.epoch).toBeGreaterThan(1)
      expect(Object.keys(keys.wraps).toSorted()).toEqual(
        [phone.signing.kid, test.publishers['hemtjanst']!.signing.kid].toSorted(),
      )
      const device = phone.signing.kid
      const { agreement } = phone
      expect(await unwrapForDevice({ head, blob, device, agreement })).toHaveLength(32)
    },
  },
  '[M26] rotate gemensamt': {
    run: (office) =>
      rotate(office, {
        department: 'gemensamt',
        leaveOut: [],
        phones: { [phone.signing.kid]: phone.agreement.jwk },
        signer: test.rootKeys[0]!,
      }),
    async check({ root, store }) {
      const { head, keys } = await keysOf(store, root, 'gemensamt')
      // [M27] never for phones: everybody has it from a department.
      expect(Object.keys(keys.wraps)).toEqual([test.publishers['gemensamt']!.signing.kid])
      const open = createOpen({ store, recovery: [test.recovery] })
      const common = await open('gemensamt', root)
      for (const department of ['hemtjanst', 'krisledning']) {
        const release = (await open(department, root))?.release
        expect(release?.publishedBy).toBe(`Enhetschef ${department}`)
        const carried = release?.common
        expect(carried?.epoch).toBe(head.epoch)
        expect(carried?.floor.v).toBe(head.v)
        expect(carried?.epochKey).toEqual(common?.epoch.key)
      }
    },
  },
  '[M31] add a department': {
    run: (office) =>
      addDepartment(office, {
        id: 'boende',
        title: 'Särskilt boende',
        documents: testDocuments('boende'),
      }),
    async check({ root, store }) {
      expect(root.v).toBe(2)
      expect(root.departments['boende']).toEqual({
        title: 'Särskilt boende',
        gen: 1,
        publish: [],
        approve: [],
        start: [],
      })
      const open = createOpen({ store, recovery: [test.recovery] })
      const release = (await open('boende', root))?.release
      expect([release?.gen, release?.v, release?.edition]).toEqual([1, 1, 1])
      expect(release?.head.byRootKey).toBe(true)
      expect(release?.documents).toHaveLength(testDocuments('boende').length)
      // Who joins it gets what all share.
      const common = await open('gemensamt', root)
      expect(release?.common?.epochKey).toEqual(common?.epoch.key)
      expect(release?.common?.floor).toMatchObject({ gen: 1, v: common?.release.v })
    },
  },
  '[M31] give a department another title': {
    run: (office) =>
      addDepartment(office, { id: 'hemtjanst', title: 'Hemtjänsten', documents: [] }),
    async check({ root, store }) {
      expect(root.v).toBe(2)
      expect(root.departments['hemtjanst']).toEqual({
        ...test.root.departments['hemtjanst'],
        title: 'Hemtjänsten',
      })
      const head = await headOf(store, root, 'hemtjanst')
      expect([head.gen, head.v]).toEqual([1, 1])
    },
  },
  '[M6] confirm': {
    run: (office) => confirm(office, 'hemtjanst', test.publishers['hemtjanst']!.signing),
    async check({ store }) {
      expect(await store.get('d/hemtjanst/beat.jws', { maxBytes: 8192 })).toBeDefined()
    },
  },
}

describe.each(Object.entries(operations))('%s', (_, { run, check }) => {
  async function end(store: Store) {
    const root = await followStoreRoot(store, test.root)
    const report = await verifyStore(store, { organisation: test.organisation })
    expect(report.problems).toEqual([])
    await check({ root, store })
    return root
  }

  it('does it, and says what it did; again changes nothing of it', async () => {
    const store = await test.copy()
    const writeStore = test.writeStore(store)
    const managed = await run(test.office({ store: writeStore }))
    const root = await end(store)
    expect(managed.root.hash).toBe(root.hash)
    const again = await run(test.office({ store: writeStore }))
    expect(again.root.hash).toBe(root.hash)
    await end(store)
  })

  it('finishes after it was stopped at any write', async () => {
    const counting = createStoppedStore(test.writeStore(await test.copy()), Infinity)
    await run(test.office({ store: counting.store }))
    expect(counting.count()).toBeGreaterThan(0)
    for (let writes = 1; writes <= counting.count(); writes++) {
      const store = await test.copy()
      const stopped = createStoppedStore(test.writeStore(store), writes).store
      await expect(run(test.office({ store: stopped }))).rejects.toMatchObject({
        code: 'unreachable',
      })
      await run(test.office({ store: test.writeStore(store) }))
      await end(store)
    }
  })

  it('two coordinators at once end with the same', async () => {
    const store = await test.copy()
    const office = () => test.office({ store: test.writeStore(store) })
    await Promise.all([run(office()), run(office())])
    await end(store)
  })
})

describe('what is refused', () => {
  it('[M1] a store that has another root under the number held, or lost it', async () => {
    const other = await createTestOffice()
    await expect(
      changeStores(test.office({ store: other.writeStore() }), { stores: [] }),
    ).rejects.toMatchObject({ code: 'root-fork' })

    const store = await test.copy()
    const office = test.office({ store: test.writeStore(store) })
    const { root } = await changeStores(office, { stores: [] })
    await store.remove('root/2.jws')
    await expect(
      confirm({ ...office, root }, 'hemtjanst', test.rootKeys[0]!),
    ).rejects.toMatchObject({ code: 'root-behind' })
  })

  it('[M4] a number of the next root that holds something else is told, not tried for ever', async () => {
    const store = await test.copy()
    await store.putIfAbsent('root/2.jws', new TextEncoder().encode('{}'))
    const office = test.office({ store: test.writeStore(store) })
    await expect(changeStores(office, { stores: [] })).rejects.toMatchObject({
      code: 'root-squatted',
    })
  })

  it('[M31] a name that is none, a title that is none, and whoever holds no root key', async () => {
    const { store, count } = createStoppedStore(test.writeStore(await test.copy()), Infinity)
    const office = test.office({ store })
    for (const [id, title] of [
      ['../boende', 'Boende'],
      ['__proto__', 'Boende'],
      ['boende', '  '],
      ['boende', 'x'.repeat(201)],
    ] as const) {
      await expect(addDepartment(office, { id, title, documents: [] })).rejects.toMatchObject({
        code: 'root-malformed',
      })
    }
    const { signing } = test.publishers['hemtjanst']!
    await expect(
      addDepartment(test.office({ store, rootKeys: [signing] }), {
        id: 'boende',
        title: 'Boende',
        documents: [],
      }),
    ).rejects.toMatchObject({ code: 'root-keys' })
    expect(count()).toBe(0)
  })

  it('[M5] too few root keys, before anything is sent', async () => {
    const { store, count } = createStoppedStore(test.writeStore(await test.copy()), Infinity)
    await expect(
      replaceRecovery(test.office({ store }), { recovery: newRecovery }),
    ).rejects.toMatchObject({ code: 'root-keys' })
    await expect(
      revoke(test.office({ store, rootKeys: [newRootKey] }), {
        kid: test.publishers['hemtjanst']!.signing.kid,
      }),
    ).rejects.toMatchObject({ code: 'root-keys' })
    expect(count()).toBe(0)
  })

  it('[M20] a kid that no root ever named, a root key', async () => {
    const store = await test.copy()
    const office = test.office({ store: test.writeStore(store) })
    await expect(revoke(office, { kid: newcomer.signing.kid })).rejects.toMatchObject({
      code: 'key-unknown',
    })
    await expect(revoke(office, { kid: test.rootKeys[1]!.kid })).rejects.toMatchObject({
      code: 'root-key-in-use',
    })
  })

  it('[M24] a request made for another organisation, a department that is not there', async () => {
    const request = { ...requestOf(newcomer), organisation: '0'.repeat(64) }
    await expect(
      approve(test.office(), request, { departments: ['hemtjanst'] }),
    ).rejects.toMatchObject({ code: 'other-organisation' })
    await expect(
      approve(test.office(), requestOf(newcomer), { departments: ['skola'] }),
    ).rejects.toMatchObject({ code: 'department-unknown' })
  })

  it('[M26] a department that cannot be opened, before gemensamt gets another key', async () => {
    const { store, count } = createStoppedStore(test.writeStore(await test.copy()), Infinity)
    const epochKey = async (department: string) =>
      department === 'krisledning' ? undefined : test.epochs[department]?.key
    const office = test.office({ store, open: createOpen({ store, epochKey }) })
    const options = { leaveOut: [], phones: {}, signer: test.rootKeys[0]! }
    await expect(rotate(office, { department: 'gemensamt', ...options })).rejects.toMatchObject({
      code: 'not-readable',
    })
    expect(count()).toBe(0)
  })

  it('[M25] a signer who may not publish there', async () => {
    const signer = test.publishers['krisledning']!.signing
    const options = { department: 'hemtjanst', leaveOut: [], phones: {}, signer }
    await expect(rotate(test.office(), options)).rejects.toMatchObject({ code: 'not-a-publisher' })
    await expect(confirm(test.office(), 'hemtjanst', signer)).rejects.toMatchObject({
      code: 'not-a-publisher',
    })
  })
})

describe('what is stepped over and kept', () => {
  it('[M26] a rotation that was stopped is finished by the next run, which begins no other', async () => {
    const store = await test.copy()
    const options = {
      department: 'gemensamt',
      leaveOut: [],
      phones: {},
      signer: test.rootKeys[0]!,
    }
    const stopped = createStoppedStore(test.writeStore(store), 2).store
    await expect(rotate(test.office({ store: stopped }), options)).rejects.toThrow('stopped')
    const office = test.office({ store: test.writeStore(store) })
    const finished = await rotate(office, options)
    expect([finished.outcome, finished.epoch.epoch]).toEqual(['finished', 2])
    const again = await rotate(office, options)
    expect([again.outcome, again.epoch.epoch]).toEqual(['rotated', 3])
  })

  it('[M3] a key that does not fit is passed over: one’s own wrap, the recovery key, what one holds', async () => {
    const { store, root, recovery, epochs } = test
    const [own, other] = [test.publishers['hemtjanst']!, await createTestPerson()]
    const device = own.signing.kid
    const opened = async (keys: Partial<Parameters<typeof createOpen>[0]>) =>
      (await createOpen({ store, ...keys })('hemtjanst', root))?.epoch.key
    const { key } = epochs['hemtjanst']!
    expect(await opened({ own: { device, agreement: own.agreement } })).toEqual(key)
    expect(await opened({ own: { device, agreement: other.agreement } })).toBeUndefined()
    expect(await opened({ recovery: [other.agreement, recovery] })).toEqual(key)
    expect(await opened({ recovery: [other.agreement], epochKey: async () => key })).toEqual(key)
    expect(await opened({})).toBeUndefined()
  })

  it('[M2] garbage at the next numbers, and a hint that leads nowhere', async () => {
    const store = await test.copy()
    const garbage = new TextEncoder().encode('garbage')
    await store.putIfAbsent('d/hemtjanst/head/0001-0000000002.jws', garbage)
    await store.putIfAbsent('d/hemtjanst/head/0002-0000000001.jws', garbage)
    await store.replace('d/hemtjanst/latest', new TextEncoder().encode('0001-9999999999'))
    const office = test.office({ store: test.writeStore(store) })
    const approved = await approve(office, requestOf(newcomer), { departments: ['hemtjanst'] })
    expect(approved.departments).toEqual([
      { department: 'hemtjanst', gen: 1, v: 3, outcome: 'published' },
    ])
    const { departments } = await revoke(office, { kid: newcomer.signing.kid })
    expect(departments.find(({ department }) => department === 'hemtjanst')).toEqual({
      department: 'hemtjanst',
      gen: 2,
      v: 2,
      outcome: 'published',
    })
  })

  it('[M8] the version that is to be kept, and no other', async () => {
    const store = await test.copy()
    const office = test.office({ store: test.writeStore(store) })
    const approved = await approve(office, requestOf(newcomer), { departments: ['hemtjanst'] })
    const { kid } = newcomer.signing
    await expect(
      revoke(test.office({ store: createStoppedStore(office.store, 1).store }), {
        kid,
        keep: { hemtjanst: 1 },
      }),
    ).rejects.toMatchObject({ code: 'unreachable' })
    await expect(revoke(office, { kid, keep: { hemtjanst: 7 } })).rejects.toMatchObject({
      code: 'head-missing',
    })
    const { root } = await revoke(office, { kid, keep: { hemtjanst: 1 } })
    const head = await headOf(store, root, 'hemtjanst')
    const kept = await newestHead(await test.copy(), test.root, 'hemtjanst')
    expect(head.keys).toEqual(kept?.keys)
    await expect(revoke(office, { kid, keep: { hemtjanst: 2 } })).rejects.toMatchObject({
      code: 'gen-fork',
    })
    expect(approved.root.v).toBe(2)
  })

  it('[M27] a device that the root has wiped never gets a new key, nor one that is left out', async () => {
    const store = await test.copy()
    const office = test.office({ store: test.writeStore(store) })
    const lost = await createTestPerson()
    await wipe(office, { devices: [lost.signing.kid] })
    const phones = {
      [phone.signing.kid]: phone.agreement.jwk,
      [lost.signing.kid]: lost.agreement.jwk,
      [newcomer.signing.kid]: newcomer.agreement.jwk,
    }
    const rotated = await rotate(office, {
      department: 'hemtjanst',
      leaveOut: [newcomer.signing.kid],
      phones,
      signer: test.publishers['hemtjanst']!.signing,
    })
    expect(rotated.recipients.toSorted()).toEqual(
      [phone.signing.kid, test.publishers['hemtjanst']!.signing.kid].toSorted(),
    )
    // That the list of keys names the phone is no reason to give it the next one too.
    const again = await rotate(office, {
      department: 'hemtjanst',
      leaveOut: [],
      phones: {},
      signer: test.rootKeys[0]!,
    })
    expect(again.recipients).not.toContain(phone.signing.kid)
    expect(again.epoch.epoch).toBe(3)
  })
})
