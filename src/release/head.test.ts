import { beforeAll, describe, expect, it } from 'vitest'
import { signCompact } from '#trust/jws.ts'
import { utf8 } from '#trust/bytes.ts'
import { createSigningKey } from '#trust/keys.ts'
import { nextRoot, signRoot, verifyNextRoot, type VerifiedRoot } from '#trust/root.ts'
import { createTestOrganisation, type TestOrganisation } from '../../tests/support/organisation.ts'
import { signBeat, verifyBeat } from './beat.ts'
import {
  blobsOf,
  compareRoot,
  isNewer,
  payloadOf,
  signHead,
  verifyHead,
  type VerifiedHead,
} from './head.ts'
import { versionCode } from './version-code.ts'

const code = (code: string) => expect.objectContaining({ code })
const department = 'hemtjanst'
let organisation: TestOrganisation
let root: VerifiedRoot
let head: VerifiedHead

beforeAll(async () => {
  organisation = await createTestOrganisation()
  root = organisation.root
  head = await verifyHead((await organisation.build(department)).head, { root, department })
})

/** Signs the head with something changed. */
async function headWith(change: object, signer = organisation.publishers[department]!) {
  return (await signHead({ ...payloadOf(head), ...change }, signer)).bytes
}

async function rootWith(change: Parameters<typeof nextRoot>[1]): Promise<VerifiedRoot> {
  const { bytes } = await signRoot(nextRoot(root, change), organisation.rootKeys)
  return verifyNextRoot(bytes, root)
}

describe('heads', () => {
  it('[R1] are signed by a publisher or a root key, with the role the root gives', async () => {
    expect(head).toMatchObject({
      signer: organisation.publishers[department]!.kid,
      signerRole: 'Enhetschef hemtjanst',
      byRootKey: false,
    })
    const byRoot = await verifyHead(await headWith({}, organisation.rootKeys[2]), {
      root,
      department,
    })
    expect(byRoot).toMatchObject({
      byRootKey: true,
      signerRole: 'Beredskapssamordnare',
      hash: head.hash,
    })
  })

  it('[R1] are refused from publishers of other departments, strangers, and those let go', async () => {
    const context = { root, department }
    const other = await headWith({}, organisation.publishers.gemensamt)
    await expect(verifyHead(other, context)).rejects.toEqual(code('jws-signer'))
    const stranger = await headWith({}, await createSigningKey({ extractable: false }))
    await expect(verifyHead(stranger, context)).rejects.toEqual(code('jws-signer'))
    const departments = {
      ...root.departments,
      hemtjanst: { ...root.departments.hemtjanst!, publish: [] },
    }
    const later = await rootWith({ issued: head.issued, departments })
    await expect(verifyHead(await headWith({}), { root: later, department })).rejects.toEqual(
      code('jws-signer'),
    )
  })

  it('[R2] belong to organisation, department and generation', async () => {
    const context = { root, department }
    await expect(verifyHead(await headWith({ org: 'e'.repeat(64) }), context)).rejects.toEqual(
      code('head-organisation'),
    )
    await expect(verifyHead(await headWith({ department: 'gemensamt' }), context)).rejects.toEqual(
      code('head-department'),
    )
    await expect(verifyHead(await headWith({ gen: 2 }), context)).rejects.toEqual(code('head-gen'))
    await expect(verifyHead(await headWith({}), { root, department: 'valueOf' })).rejects.toEqual(
      code('department-unknown'),
    )
    const departments = {
      ...root.departments,
      hemtjanst: { ...root.departments.hemtjanst!, gen: 2 },
    }
    const raised = await rootWith({ issued: head.issued, departments })
    await expect(verifyHead(await headWith({}), { root: raised, department })).rejects.toEqual(
      code('head-gen'),
    )
    await expect(
      verifyHead(await headWith({ gen: 2 }), { root: raised, department }),
    ).resolves.toBeDefined()
  })

  it('[R3] ask for an update only when signed, and keep unknown fields', async () => {
    const context = { root, department }
    await expect(
      verifyHead(await headWith({ minFormat: 2, blobs: 'new' }), context),
    ).rejects.toEqual(code('format-newer'))
    const stranger = await createSigningKey({ extractable: false })
    await expect(verifyHead(await headWith({ minFormat: 2 }, stranger), context)).rejects.toEqual(
      code('jws-signer'),
    )
    const later = await verifyHead(await headWith({ later: { field: 1 } }), context)
    expect(payloadOf(later)).toMatchObject({ later: { field: 1 } })
  })

  it('[R3] are as they should be', async () => {
    const context = { root, department }
    const [hash] = head.manifest
    const changes = [
      { v: 0 }, { v: 1.5 }, { v: 10_000_000_000 }, { v: '1' }, { epoch: 0 }, { edition: -1 },
      { issued: 'yesterday' }, { manifest: [hash] }, { manifest: [hash, 0] }, { manifest: [hash, 1e9] },
      { manifest: [hash.toUpperCase(), 5] }, { blobs: [[`../${hash}`, 5]] }, { blobs: Array(401).fill([hash, 5]) },
      { memberKey: { ...head.memberKey, d: head.memberKey.x } }, { prev: 'x' }, { root: { v: 1 } },
    ] // prettier-ignore
    for (const change of changes) {
      await expect(
        verifyHead(await headWith(change), context),
        JSON.stringify(change).slice(0, 60),
      ).rejects.toEqual(code('head-malformed'))
    }
    await expect(verifyHead(await headWith({ prev: [hash, hash] }), context)).resolves.toBeDefined()
    await expect(verifyHead(new Uint8Array(200_000), context)).rejects.toEqual(code('too-large'))
  })

  it('[R3] cannot claim what only verifying finds out', async () => {
    const claimed = await verifyHead(
      await headWith({ byRootKey: true, signerRole: 'Kommunchef', hash: 'x' }),
      { root, department },
    )
    expect(claimed).toMatchObject({ byRootKey: false, signerRole: 'Enhetschef hemtjanst' })
    expect(claimed.hash).toHaveLength(64)
  })

  it('[R4] are named by their payload: signed again, the name is the same', async () => {
    const again = await verifyHead(await headWith({}), { root, department })
    expect(again.hash).toBe(head.hash)
  })

  it('[R5] are newer by gen, then by v', () => {
    expect(isNewer({ gen: 1, v: 2 }, { gen: 1, v: 1 })).toBe(true)
    expect(isNewer({ gen: 2, v: 1 }, { gen: 1, v: 9 })).toBe(true)
    expect(isNewer({ gen: 1, v: 1 }, { gen: 1, v: 1 })).toBe(false)
    expect(isNewer({ gen: 1, v: 9 }, { gen: 2, v: 1 })).toBe(false)
  })

  it('tell how the root they name stands to the one held', async () => {
    const named = (v: number, hash: string) => compareRoot({ root: { v, hash } }, root)
    expect(compareRoot(head, root)).toBe('same')
    expect([
      named(2, root.hash),
      named(1, 'f'.repeat(64)),
      compareRoot(head, await rootWith({ issued: head.issued })),
    ]).toEqual(['newer', 'fork', 'older'])
  })

  it('name every blob once', () => {
    expect(blobsOf(head).map(({ kind }) => kind)).toEqual(['manifest', 'keys', 'pack'])
    expect(blobsOf({ ...head, blobs: [head.manifest, head.manifest] })).toHaveLength(2)
  })

  it('have a code of eight characters that is easy to read aloud', () => {
    const codeOf = (hash: string) => versionCode({ manifest: [hash, 1] })
    expect(codeOf('0'.repeat(64))).toBe('0000-0000')
    expect(codeOf('f'.repeat(64))).toBe('ZZZZ-ZZZZ')
    expect(codeOf(`0000100000${'0'.repeat(54)}`)).toBe('0001-0000')
    expect(versionCode(head)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
  })
})

describe('beats', () => {
  const time = new Date('2026-03-14T08:00:00Z')

  it('[R6] confirm a head, by any publisher', async () => {
    const bytes = await signBeat(head, root, time, organisation.publishers[department]!)
    expect(await verifyBeat(bytes, { root, department })).toMatchObject({
      head: head.hash,
      time: time.toISOString(),
      root: { v: 1 },
    })
  })

  it('[R6] are refused from others, for others, and as heads', async () => {
    const context = { root, department }
    const bytes = await signBeat(head, root, time, organisation.publishers[department]!)
    await expect(verifyBeat(bytes, { root, department: 'gemensamt' })).rejects.toEqual(
      code('jws-signer'),
    )
    await expect(verifyHead(bytes, context)).rejects.toEqual(code('jws-type'))
    const stranger = await createSigningKey({ extractable: false })
    await expect(verifyBeat(await signBeat(head, root, time, stranger), context)).rejects.toEqual(
      code('jws-signer'),
    )
    const byRoot = await signBeat(
      { ...head, department: 'gemensamt' },
      root,
      time,
      organisation.rootKeys[0]!,
    )
    await expect(verifyBeat(byRoot, context)).rejects.toEqual(code('beat-malformed'))
    const foreign = await signBeat(
      { ...head, org: 'a'.repeat(64) },
      root,
      time,
      organisation.rootKeys[0]!,
    )
    await expect(verifyBeat(foreign, context)).rejects.toEqual(code('beat-malformed'))
    const later = await signCompact(
      'planb-beat+jws',
      utf8('{"minFormat":2}'),
      organisation.rootKeys[0]!,
    )
    await expect(verifyBeat(later, context)).rejects.toEqual(code('format-newer'))
    await expect(verifyBeat(new Uint8Array(200_000), context)).rejects.toEqual(code('too-large'))
  })
})
