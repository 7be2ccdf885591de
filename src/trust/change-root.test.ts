import fc from 'fast-check'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { mutationsOf } from '../../tests/support/mutations.ts'
import { createTestOrganisation, type TestOrganisation } from '../../tests/support/organisation.ts'
import {
  approvePublisher,
  changeStores,
  nameDepartment,
  raisedDepartments,
  replaceRecovery,
  replaceRootKey,
  revokeKey,
  wipeDevices,
  type NewPublisher,
} from './change-root.ts'
import { createAgreementKey, createSigningKey, type SigningKey } from './keys.ts'
import {
  isMinorChange,
  mayPublish,
  nextRoot,
  signRoot,
  verifyNextRoot,
  type VerifiedRoot,
} from './root.ts'
import type { Root } from './root-schema.ts'

// Thousands of tries, on a machine that may do other things at the same time.
vi.setConfig({ testTimeout: 60_000 })

const code = (code: string) => expect.objectContaining({ code })
const issued = new Date('2026-05-01T08:00:00Z')
let organisation: TestOrganisation
let root: VerifiedRoot
let rootKeys: SigningKey[]
let manager: SigningKey
let phone: SigningKey
let newcomer: NewPublisher
let approved: VerifiedRoot

const sign = async (next: Root, current: VerifiedRoot, keys: readonly SigningKey[]) =>
  verifyNextRoot((await signRoot(next, keys)).bytes, current)
/** Under one root key, the third paper; under two. */
const byOne = async (next: Root, current = root) => sign(next, current, rootKeys.slice(2))
const byTwo = async (next: Root, current = root) => sign(next, current, rootKeys.slice(1))

beforeAll(async () => {
  organisation = await createTestOrganisation({ departments: ['hemtjanst', 'boende', 'gemensamt'] })
  ;({ root, rootKeys } = organisation)
  manager = await createSigningKey({ extractable: false })
  phone = await createSigningKey({ extractable: false })
  newcomer = {
    ...manager,
    agreement: (await createAgreementKey({ extractable: false })).jwk,
    role: 'Enhetschef Norr',
    departments: ['hemtjanst', 'boende'],
    issued,
  }
  approved = await byOne(approvePublisher(root, newcomer))
})

describe('approving', () => {
  it('[T70] lets a key publish where it was asked for, under one root key', () => {
    expect(approved).toMatchObject({ v: 2, issued: issued.toISOString() })
    expect(mayPublish(approved, 'hemtjanst', manager.kid)).toBe(true)
    expect(mayPublish(approved, 'boende', manager.kid)).toBe(true)
    expect(mayPublish(approved, 'gemensamt', manager.kid)).toBe(false)
    expect(mayPublish(root, 'hemtjanst', manager.kid)).toBe(false)
    expect(approved.roles[manager.kid]).toBe('Enhetschef Norr')
    expect(approved.agreementKeys).toEqual({ [manager.kid]: newcomer.agreement })
    expect(approved.departments.hemtjanst).toMatchObject({ gen: 1, approve: [] })
    expect(approved.departments.hemtjanst!.start).toContain(manager.kid)
    expect(raisedDepartments(root, approved)).toEqual([])
  })

  it('[T70] says who approves and who starts, again without doubling', async () => {
    const again = approvePublisher(approved, {
      ...newcomer,
      departments: ['hemtjanst'],
      approve: true,
      start: false,
    })
    const next = await byOne(again, approved)
    const { publish, approve, start } = next.departments.hemtjanst!
    expect(publish.filter((kid) => kid === manager.kid)).toHaveLength(1)
    expect(approve).toEqual([manager.kid])
    expect(start).not.toContain(manager.kid)
    expect(next.departments.boende).toEqual(approved.departments.boende)
  })

  it('[T70] refuses root keys, wiped devices, unknown departments; a key under another name is no root', async () => {
    expect(() => approvePublisher(root, { ...newcomer, ...rootKeys[0]! })).toThrow(
      code('root-key-in-use'),
    )
    const wiped = await byOne(wipeDevices(root, { devices: [manager.kid], issued }))
    expect(() => approvePublisher(wiped, newcomer)).toThrow(code('device-wiped'))
    for (const department of ['okand', 'constructor', '__proto__']) {
      expect(() => approvePublisher(root, { ...newcomer, departments: [department] })).toThrow(
        code('root-malformed'),
      )
    }
    const claimed = approvePublisher(root, { ...newcomer, jwk: phone.jwk })
    await expect(byOne(claimed)).rejects.toEqual(code('root-malformed'))
  })
})

describe('revoking', () => {
  it('[T71] takes every trace of the key out and raises gen where it could publish, under one root key', async () => {
    const { root: unsigned, departments } = revokeKey(approved, { kid: manager.kid, issued })
    const next = await byOne(unsigned, approved)
    expect(departments.toSorted()).toEqual(['boende', 'hemtjanst'])
    expect(raisedDepartments(approved, next).toSorted()).toEqual(['boende', 'hemtjanst'])
    expect(next.departments.hemtjanst!.gen).toBe(2)
    expect(next.departments.gemensamt!.gen).toBe(1)
    expect(JSON.stringify(next)).not.toContain(manager.kid)
    expect(JSON.stringify(next)).not.toContain(newcomer.agreement!.x)
    expect(mayPublish(next, 'hemtjanst', manager.kid)).toBe(false)
    expect(mayPublish(next, 'hemtjanst', organisation.publishers.hemtjanst!.kid)).toBe(true)
  })

  it('[T71] refuses root keys, unknown keys, and a generation past the last', async () => {
    expect(() => revokeKey(root, { kid: rootKeys[1]!.kid, issued })).toThrow(
      code('root-key-in-use'),
    )
    expect(() => revokeKey(root, { kid: manager.kid, issued })).toThrow(code('key-unknown'))
    expect(() => revokeKey(root, { kid: 'constructor', issued })).toThrow(code('key-unknown'))
    const departments = {
      ...approved.departments,
      boende: { ...approved.departments.boende!, gen: 9999 },
    }
    const last = nextRoot(approved, { issued: issued.toISOString(), departments })
    const end = await byTwo(last, approved)
    expect(() => revokeKey(end, { kid: manager.kid, issued })).toThrow(code('root-gen'))
    // A department that begins no new generation does not stand in the way.
    const { kid } = organisation.publishers.hemtjanst!
    expect(revokeKey(end, { kid, issued }).departments).toEqual(['hemtjanst'])
  })
})

describe('wiping', () => {
  it('[T72] ends access, and publishing with it, under one root key', async () => {
    const devices = [phone.kid, manager.kid, phone.kid]
    const next = await byOne(wipeDevices(approved, { devices, issued }), approved)
    expect(next.wiped).toEqual([phone.kid, manager.kid])
    expect(next.keys[manager.kid]).toBeUndefined()
    expect(raisedDepartments(approved, next).toSorted()).toEqual(['boende', 'hemtjanst'])
    const again = await byOne(wipeDevices(next, { devices: [phone.kid], issued }), next)
    expect(again.wiped).toEqual(next.wiped)
    expect(raisedDepartments(next, again)).toEqual([])
  })

  it('[T72] refuses root keys and more than a root holds', () => {
    expect(() => wipeDevices(root, { devices: [rootKeys[0]!.kid], issued })).toThrow(
      code('root-key-in-use'),
    )
    const many = Array.from({ length: 5001 }, (_, i) => `${String(i).padStart(42, 'A')}A`)
    expect(() => wipeDevices(root, { devices: many, issued })).toThrow(code('root-full'))
  })
})

describe('stores', () => {
  it('[T73] change under one root key, and only to addresses', async () => {
    const stores = [
      { url: 'store/', write: true },
      { url: 'https://b.example/store/', write: false },
    ]
    expect((await byOne(changeStores(root, { stores, issued }))).stores).toEqual(stores)
    for (const url of ['javascript:alert(1)', '//b.example/', 'https://a:b@c.example/', '']) {
      expect(() => changeStores(root, { stores: [{ url, write: false }], issued }), url).toThrow(
        code('root-malformed'),
      )
    }
  })
})

describe('departments', () => {
  it('[T76] are added under one root key, at generation 1 and without publishers', async () => {
    const next = nameDepartment(approved, { id: 'lss', title: ' LSS ', issued })
    const good = await byOne(next, approved)
    const added = { title: 'LSS', gen: 1, publish: [], approve: [], start: [] }
    expect(good.departments).toEqual({ ...approved.departments, lss: added })
    expect(mayPublish(good, 'lss', manager.kid)).toBe(false)
    expect(mayPublish(good, 'lss', rootKeys[0]!.kid)).toBe(true)
  })

  it('[T76] get another title, and stay as they are otherwise', async () => {
    const good = await byOne(
      nameDepartment(approved, { id: 'boende', title: 'x'.repeat(200), issued }),
      approved,
    )
    expect(good.departments).toEqual({
      ...approved.departments,
      boende: { ...approved.departments['boende'], title: 'x'.repeat(200) },
    })
    expect(good.keys).toEqual(approved.keys)
  })

  it('[T76] need an identifier and a title', () => {
    for (const id of ['', 'Boende', '../boende', '__proto__', 'x'.repeat(65)]) {
      expect(() => nameDepartment(root, { id, title: 'Boende', issued }), id).toThrow(
        code('root-malformed'),
      )
    }
    for (const title of ['', ' \n', 'x'.repeat(201)]) {
      expect(() => nameDepartment(root, { id: 'lss', title, issued }), title).toThrow(
        code('root-malformed'),
      )
    }
  })
})

describe('root keys', () => {
  it('[T74] are replaced under two of before and two of after, and never under one', async () => {
    const [lost, paper, other] = rootKeys as [SigningKey, SigningKey, SigningKey]
    const fresh = await createSigningKey({ extractable: true })
    const next = await replaceRootKey(approved, { gone: lost.kid, jwk: fresh.jwk, issued })
    const good = await sign(next, approved, [paper, other])
    expect(good.root).toEqual({ kids: [fresh.kid, paper.kid, other.kid], needForRoot: 2 })
    expect(good.roles[fresh.kid]).toBe(approved.roles[lost.kid])
    expect(good.keys[lost.kid]).toBeUndefined()
    // A root key may publish anywhere, so nothing it has signed counts any more.
    expect(raisedDepartments(approved, good)).toHaveLength(3)
    await expect(sign(next, approved, [paper, fresh, lost])).resolves.toBeDefined()
    for (const keys of [[paper], [lost], [fresh, paper], [fresh], [lost, paper]]) {
      await expect(sign(next, approved, keys)).rejects.toEqual(code('root-signatures'))
    }
    await expect(sign(next, approved, [manager, paper])).rejects.toEqual(code('jws-signer'))
  })

  it('[T74] are told apart from others', async () => {
    const [{ kid: gone }] = rootKeys as [SigningKey]
    await expect(
      replaceRootKey(approved, { gone: manager.kid, jwk: phone.jwk, issued }),
    ).rejects.toEqual(code('key-unknown'))
    for (const jwk of [rootKeys[1]!.jwk, manager.jwk]) {
      await expect(replaceRootKey(approved, { gone, jwk, issued })).rejects.toEqual(
        code('root-key-in-use'),
      )
    }
    const named = { gone, jwk: phone.jwk, role: 'Säkerhetsskyddschef', issued }
    expect((await replaceRootKey(approved, named)).roles[phone.kid]).toBe('Säkerhetsskyddschef')
  })

  it('[T75] a new recovery key needs two as well', async () => {
    const { jwk } = await createAgreementKey({ extractable: true })
    const next = replaceRecovery(root, { jwk, issued })
    expect((await byTwo(next)).recovery).toEqual(jwk)
    await expect(byOne(next)).rejects.toEqual(code('root-signatures'))
  })
})

describe('[T17] what one stolen root key can do', () => {
  it('is what approving, revoking, wiping and moving do, and nothing else', async () => {
    const minor = [
      approvePublisher(approved, { ...newcomer, departments: ['gemensamt'] }),
      revokeKey(approved, { kid: manager.kid, issued }).root,
      wipeDevices(approved, { devices: [manager.kid, phone.kid], issued }),
      changeStores(approved, { stores: [], issued }),
    ]
    for (const next of minor) expect(isMinorChange(approved, next)).toBe(true)
    const { jwk } = await createAgreementKey({ extractable: true })
    const gone = rootKeys[0]!.kid
    const major = [
      replaceRecovery(approved, { jwk, issued }),
      await replaceRootKey(approved, { gone, jwk: phone.jwk, issued }),
    ]
    for (const next of major) expect(isMinorChange(approved, next)).toBe(false)
  })

  it('[T14] every change keeps fields of a later app', async () => {
    const later = nextRoot(approved, { issued: issued.toISOString(), colour: 'blue' } as never)
    const current = await byTwo(later, approved)
    const gone = rootKeys[0]!.kid
    for (const next of [
      approvePublisher(current, newcomer),
      revokeKey(current, { kid: manager.kid, issued }).root,
      wipeDevices(current, { devices: [manager.kid], issued }),
      changeStores(current, { stores: [], issued }),
      await replaceRootKey(current, { gone, jwk: phone.jwk, issued }),
      replaceRecovery(current, { jwk: current.recovery, issued }),
    ])
      expect(next).toMatchObject({ colour: 'blue', v: 4, org: root.organisation })
  })

  it('[T16] each of them mutated is refused', async () => {
    const changes = [
      approvePublisher(root, newcomer),
      wipeDevices(root, { devices: [phone.kid], issued }),
    ]
    for (const change of changes) {
      const { bytes } = await signRoot(change, rootKeys.slice(0, 1))
      await fc.assert(
        fc.asyncProperty(mutationsOf(bytes), async (mutated) => {
          await expect(verifyNextRoot(mutated, root)).rejects.toEqual(
            expect.objectContaining({ name: 'TrustError' }),
          )
        }),
        { numRuns: 150 },
      )
    }
  })
})
