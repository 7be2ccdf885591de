import { beforeAll, describe, expect, it } from 'vitest'
import { utf8 } from './bytes.ts'
import { createAgreementKey, createSigningKey, type SigningKey } from './keys.ts'
import { signGeneral } from './jws.ts'
import {
  createFirstRoot,
  isAgreed,
  mayPublish,
  nextRoot,
  signRoot,
  verifyFirstRoot,
  verifyKnownRoot,
  verifyNextRoot,
  type VerifiedRoot,
} from './root.ts'
import type { Root } from './root-schema.ts'

const code = (code: string) => expect.objectContaining({ code })
const issued = '2026-03-13T08:00:00.000Z'
let keys: SigningKey[]
let publisher: SigningKey
let newcomer: SigningKey
let first: { bytes: Uint8Array; hash: string }
let root: VerifiedRoot

beforeAll(async () => {
  keys = await Promise.all([1, 2, 3].map(() => createSigningKey({ extractable: true })))
  publisher = await createSigningKey({ extractable: true })
  newcomer = await createSigningKey({ extractable: true })
  const recovery = await createAgreementKey({ extractable: true })
  first = await createFirstRoot({
    title: 'Testkommunen',
    issued: new Date('2026-03-12T08:00:00Z'),
    rootKeys: keys,
    recovery: recovery.jwk,
    departments: [
      { id: 'hemtjanst', title: 'Hemtjänst', publishers: [{ ...publisher, role: 'Enhetschef' }] },
      { id: 'boende', title: 'Särskilt boende', publishers: [] },
    ],
    stores: [{ url: 'store/', write: true }],
  })
  root = await verifyFirstRoot(first.bytes, first.hash)
})

/** Signs a next root with the root keys of these numbers. */
async function sign(change: Partial<Root>, signers: number[] | SigningKey[]) {
  const next = nextRoot(root, { issued, ...change })
  return (
    await signRoot(
      next,
      signers.map((one) => (typeof one === 'number' ? keys[one]! : one)),
    )
  ).bytes
}

/** Signs root 1 with something changed, so that its hash and signatures are right. */
async function firstWith(change: object, signers = keys) {
  const { hash: _hash, organisation: _organisation, ...payload } = root
  return signRoot({ ...payload, ...change } as Root, signers)
}

const departments = (change: object) => ({
  ...root.departments,
  hemtjanst: { ...root.departments.hemtjanst!, ...change },
})

describe('root 1', () => {
  it('[T10] is believed by its hash', async () => {
    expect(root).toMatchObject({
      v: 1,
      organisation: first.hash,
      hash: first.hash,
      title: 'Testkommunen',
    })
    await expect(verifyFirstRoot(first.bytes, 'a'.repeat(64))).rejects.toEqual(code('root-hash'))
  })

  it('[T10] has v 1 and no org', async () => {
    for (const change of [{ v: 2 }, { org: first.hash }]) {
      const other = await firstWith(change)
      await expect(verifyFirstRoot(other.bytes, other.hash)).rejects.toEqual(code('root-version'))
    }
  })

  it('[T11] is signed by needForRoot of its root keys', async () => {
    const two = await firstWith({}, keys.slice(0, 2))
    await expect(verifyFirstRoot(two.bytes, two.hash)).resolves.toBeDefined()
    const one = await firstWith({}, keys.slice(0, 1))
    await expect(verifyFirstRoot(one.bytes, one.hash)).rejects.toEqual(code('root-signatures'))
    const stranger = await firstWith({}, [keys[0]!, publisher])
    await expect(verifyFirstRoot(stranger.bytes, stranger.hash)).rejects.toEqual(code('jws-signer'))
  })

  it('[T12] refuses keys under another name, missing keys, repeated root keys, one signature for all', async () => {
    const kids = root.root.kids
    const changes = [
      { keys: { ...root.keys, [kids[0]!]: publisher.jwk } },
      { keys: Object.fromEntries(Object.entries(root.keys).slice(1)) },
      { departments: departments({ approve: [newcomer.kid] }) },
      { root: { kids: [kids[0]!, kids[0]!, kids[1]!], needForRoot: 2 } },
      { root: { kids, needForRoot: 4 } },
      { root: { kids, needForRoot: 1 } },
      { keys: { ...root.keys, [newcomer.kid]: { ...newcomer.jwk, d: 'A'.repeat(43) } } },
      { recovery: { ...root.recovery, crv: 'P-384' } },
      { stores: [{ url: 'javascript:alert(1)', write: false }] },
      { stores: [{ url: 'https://user:secret@example.org/', write: false }] },
      { departments: { ...root.departments, '../up': root.departments.hemtjanst! } },
      { reviewBy: 'soon' },
    ]
    for (const change of changes) {
      const other = await firstWith(change)
      await expect(
        verifyFirstRoot(other.bytes, other.hash),
        JSON.stringify(change),
      ).rejects.toEqual(code('root-malformed'))
    }
  })

  it('[T13] asks for an update when its minFormat is above ours', async () => {
    const later = await firstWith({ format: 9, minFormat: 9, root: 'all new' })
    await expect(verifyFirstRoot(later.bytes, later.hash)).rejects.toEqual(code('format-newer'))
    await expect(verifyFirstRoot(later.bytes, first.hash)).rejects.toEqual(code('root-hash'))
    const readable = await firstWith({ format: 9, minFormat: 1 })
    await expect(verifyFirstRoot(readable.bytes, readable.hash)).resolves.toBeDefined()
  })

  it('[T14] keeps unknown fields, into the next root', async () => {
    const later = await firstWith({ colour: 'blue' })
    const verified = await verifyFirstRoot(later.bytes, later.hash)
    expect(nextRoot(verified, { issued })).toMatchObject({ colour: 'blue', v: 2, org: later.hash })
  })

  it('[T14] refuses names that cannot be kept: nothing is signed that nobody would see', async () => {
    const changes: object[] = [
      { constructor: 1 },
      { departments: { ...root.departments, constructor: root.departments.hemtjanst! } },
      { root: { ...root.root, prototype: {} } },
      { stores: [{ url: 'store/', write: true, constructor: 1 }] },
    ]
    for (const change of changes) {
      const other = await firstWith(change)
      await expect(
        verifyFirstRoot(other.bytes, other.hash),
        JSON.stringify(change),
      ).rejects.toEqual(code('root-malformed'))
    }
  })

  it('is read again by the hash it was stored under', async () => {
    const again = await verifyKnownRoot(first.bytes, root)
    expect(again).toEqual(root)
    const known = { hash: 'b'.repeat(64), organisation: root.organisation }
    await expect(verifyKnownRoot(first.bytes, known)).rejects.toEqual(code('root-hash'))
    await expect(
      verifyKnownRoot(first.bytes, { ...root, organisation: 'c'.repeat(64) }),
    ).rejects.toEqual(code('root-organisation'))
  })
})

describe('root N + 1', () => {
  it('[T17] needs one root key to let a publisher in', async () => {
    const bytes = await sign(
      {
        keys: { ...root.keys, [newcomer.kid]: newcomer.jwk },
        roles: { ...root.roles, [newcomer.kid]: 'Enhetschef Syd' },
        departments: departments({ publish: [publisher.kid, newcomer.kid] }),
        agreementKeys: { [newcomer.kid]: root.recovery },
      },
      [2],
    )
    const next = await verifyNextRoot(bytes, root)
    expect(next).toMatchObject({ v: 2, organisation: first.hash })
    expect(mayPublish(next, 'hemtjanst', newcomer.kid)).toBe(true)
    expect(mayPublish(root, 'hemtjanst', newcomer.kid)).toBe(false)
    expect(mayPublish(next, 'boende', newcomer.kid)).toBe(false)
    expect(mayPublish(next, 'constructor', newcomer.kid)).toBe(false)
    expect(mayPublish(next, 'valueOf', newcomer.kid)).toBe(false)
    expect(mayPublish(next, 'hemtjanst', keys[1]!.kid)).toBe(true)
  })

  it('[T17] needs one root key for stores, wiped, reviewBy', async () => {
    const change = {
      stores: [{ url: 'https://b.example/', write: false }],
      wiped: [newcomer.kid],
      reviewBy: issued,
    }
    await expect(verifyNextRoot(await sign(change, [0]), root)).resolves.toMatchObject(change)
  })

  it('[T17] needs two for everything else', async () => {
    const [a, b, c] = root.root.kids
    const recovery = (await createAgreementKey({ extractable: true })).jwk
    const changes: object[] = [
      { root: { ...root.root, needForRoot: 3 } },
      { root: { ...root.root, kids: [b, a, c] } },
      { recovery },
      { title: 'Grannkommunen' },
      { example: true },
      { format: 2 },
      { later: 'field' },
      { roles: { ...root.roles, [a!]: 'Någon annan' } },
      { agreementKeys: { [a!]: recovery } },
      { departments: departments({ gen: 3 }) },
    ]
    for (const change of changes) {
      const label = JSON.stringify(change)
      await expect(verifyNextRoot(await sign(change, [0]), root), label).rejects.toEqual(
        code('root-signatures'),
      )
      await expect(
        verifyNextRoot(await sign(change, [0, 1, 2]), root),
        label,
      ).resolves.toBeDefined()
    }
  })

  it('[T16] needs enough keys of the old root and of the new one', async () => {
    const fresh = await Promise.all([1, 2].map(() => createSigningKey({ extractable: true })))
    const kids = [keys[0]!.kid, ...fresh.map(({ kid }) => kid)]
    const jwks = Object.fromEntries(
      [keys[0]!, publisher, ...fresh].map(({ kid, jwk }) => [kid, jwk]),
    )
    const change = { root: { ...root.root, kids }, keys: jwks, roles: {} }
    // Two of the new ones only; two of the old ones only; both.
    await expect(verifyNextRoot(await sign(change, [keys[0]!, fresh[0]!]), root)).rejects.toEqual(
      code('root-signatures'),
    )
    await expect(verifyNextRoot(await sign(change, [0, 1]), root)).rejects.toEqual(
      code('root-signatures'),
    )
    await expect(
      verifyNextRoot(await sign(change, [keys[0]!, keys[1]!, fresh[0]!]), root),
    ).resolves.toBeDefined()
  })

  it('[T4] refuses a publisher, and a root nobody signed', async () => {
    await expect(verifyNextRoot(await sign({ wiped: [] }, [publisher]), root)).rejects.toEqual(
      code('jws-signer'),
    )
    await expect(verifyNextRoot(await sign({ wiped: [] }, []), root)).rejects.toEqual(
      code('jws-malformed'),
    )
  })

  it('[T15] follows by exactly one, in the same organisation', async () => {
    await expect(verifyNextRoot(first.bytes, root)).rejects.toEqual(code('root-organisation'))
    await expect(verifyNextRoot(await sign({ v: 3 }, [0, 1]), root)).rejects.toEqual(
      code('root-version'),
    )
    await expect(verifyNextRoot(await sign({ v: 1 }, [0, 1]), root)).rejects.toEqual(
      code('root-version'),
    )
    await expect(verifyNextRoot(await sign({ org: 'd'.repeat(64) }, [0, 1]), root)).rejects.toEqual(
      code('root-organisation'),
    )
  })

  it('[T18] raises a gen by one under one signature, and never lowers it', async () => {
    const raised = await sign({ departments: departments({ gen: 2 }) }, [0])
    await expect(verifyNextRoot(raised, root)).resolves.toBeDefined()
    const next = await verifyNextRoot(raised, root)
    const lowered = nextRoot(next, { issued, departments: root.departments })
    const { bytes } = await signRoot(lowered, keys)
    await expect(verifyNextRoot(bytes, next)).rejects.toEqual(code('root-gen'))
  })

  it('[T18] leaves half of the generations to two keys, and lets a department begin at 1', async () => {
    const at = await verifyNextRoot(
      await sign({ departments: departments({ gen: 5000 }) }, [0, 1]),
      root,
    )
    const beyond = nextRoot(at, { issued, departments: departments({ gen: 5001 }) })
    const [one, two] = await Promise.all([
      signRoot(beyond, [keys[0]!]),
      signRoot(beyond, [keys[0]!, keys[1]!]),
    ])
    await expect(verifyNextRoot(one.bytes, at)).rejects.toEqual(code('root-signatures'))
    await expect(verifyNextRoot(two.bytes, at)).resolves.toMatchObject({ v: 3 })
    const { hemtjanst } = root.departments
    const added = (gen: number) => ({ ...root.departments, skola: { ...hemtjanst!, gen } })
    await expect(verifyNextRoot(await sign({ departments: added(2) }, [0]), root)).rejects.toEqual(
      code('root-signatures'),
    )
    await expect(
      verifyNextRoot(await sign({ departments: added(1) }, [0]), root),
    ).resolves.toBeDefined()
  })

  it('[T17] tells what one key signed from what enough of them did, also when read again', async () => {
    expect(isAgreed(root)).toBe(true)
    for (const [signers, agreed] of [
      [[0], false],
      [[0, 1], true],
    ] as const) {
      const bytes = await sign({ wiped: [] }, [...signers])
      const next = await verifyNextRoot(bytes, root)
      expect(isAgreed(next)).toBe(agreed)
      expect(isAgreed(await verifyKnownRoot(bytes, next))).toBe(agreed)
      // What follows is made from its fields, and inherits nothing of it.
      expect(JSON.stringify(nextRoot(next, { issued }))).not.toContain('agree')
    }
  })

  it('[T19] ends a department, never takes it out', async () => {
    const { hemtjanst: _gone, ...rest } = root.departments
    await expect(
      verifyNextRoot(await sign({ departments: rest }, [0, 1, 2]), root),
    ).rejects.toEqual(code('root-department-gone'))
    const ended = await sign({ departments: departments({ ended: true }) }, [0])
    await expect(verifyNextRoot(ended, root)).resolves.toBeDefined()
  })

  it('[T13] asks for an update only when a root key has signed', async () => {
    const later = utf8(JSON.stringify({ minFormat: 2, v: 'two' }))
    const signed = await signGeneral('planb-root+jws', later, [newcomer, keys[1]!])
    await expect(verifyNextRoot(signed, root)).rejects.toEqual(code('format-newer'))
    const forged = await signGeneral('planb-root+jws', later, [newcomer, publisher])
    await expect(verifyNextRoot(forged, root)).rejects.toEqual(code('root-signatures'))
  })

  it('[T6] refuses what is larger than any root', async () => {
    const bytes = new Uint8Array(512 * 1024 + 1)
    await expect(verifyNextRoot(bytes, root)).rejects.toEqual(code('too-large'))
  })
})
