import { beforeEach, describe, expect, it } from 'vitest'
import type { PlanBDocument } from '#domain/schema/document.ts'
import { createMemoryStore } from '#store/memory.ts'
import type { Store } from '#store/store.ts'
import { importEpochKey } from '#trust/epoch-key.ts'
import { toBase64url } from '#trust/bytes.ts'
import { createAgreementKey, createSigningKey, randomBytes } from '#trust/keys.ts'
import {
  createTestOrganisation,
  testDocuments,
  testRoutine,
  type TestOrganisation,
} from '../../tests/support/organisation.ts'
import { createEpochSecret, epochSecretOf } from './epoch-secret.ts'
import { verifyHead } from './head.ts'
import { openKeys, recoverEpochKey, unwrapForDevice } from './open-keys.ts'
import { openRelease, type VerifiedRelease } from './open-release.ts'

const code = (code: string) => expect.objectContaining({ code })
const department = 'hemtjanst'
let organisation: TestOrganisation
let store: Store

beforeEach(async () => {
  organisation = await createTestOrganisation()
  store = createMemoryStore()
})

const manyDocuments = (count: number): PlanBDocument[] => [
  ...testDocuments(department),
  ...Array.from({ length: count }, (_, i) => testRoutine(department, `rutin-${i}`, `System ${i}`)),
]

function withTitle(documents: PlanBDocument[], id: string, title: string): PlanBDocument[] {
  return documents.map((one) =>
    one.id === id ? ({ ...one, body: { ...one.body, title } } as PlanBDocument) : one,
  )
}

const blob = async (hash: string) => organisation.blobs.get(hash)

describe('building and opening', () => {
  it('gives back the documents, with what the schema fills in', async () => {
    const { release } = await organisation.publish(store, department)
    expect(release).toMatchObject({
      department,
      gen: 1,
      v: 1,
      edition: 1,
      epoch: 1,
      publishedBy: 'Enhetschef hemtjanst',
      changes: [],
      unreadable: [],
    })
    expect(release.documents.map(({ kind, id }) => `${kind}/${id}`).toSorted()).toEqual([
      'contacts/contacts',
      'department/department',
      'routine/tes-korlista',
    ])
    const routine = release.documents.find(({ kind }) => kind === 'routine')!
    expect(routine).toMatchObject({ department, body: { name: 'TES: din körlista', aliases: [] } })
    expect(release.blobs.map(({ hash }) => hash).toSorted()).toEqual(
      [...organisation.blobs.keys()].toSorted(),
    )
  })

  it('[R22] an edit of one document makes one new pack and one new manifest', async () => {
    const documents = manyDocuments(57)
    const first = await organisation.publish(store, department, documents)
    expect(first.release.head.blobs.length).toBeGreaterThan(2)
    const second = await organisation.publish(
      store,
      department,
      withTitle(documents, 'rutin-7', 'Ny rubrik'),
    )
    expect(second.built.blobs).toHaveLength(2)
    const before = new Set(first.release.head.blobs.map(([hash]) => hash))
    expect(second.release.head.blobs.filter(([hash]) => !before.has(hash))).toHaveLength(1)
    expect(second.release.head.keys).toEqual(first.release.head.keys)
    expect(second.release.documents).toHaveLength(60)
  })

  it('[R23] defaults and the order of keys are no change', async () => {
    const { release } = await organisation.publish(store, department)
    const turned = testDocuments(department).map(
      (one) =>
        ({
          ...one,
          body: Object.fromEntries(Object.entries(one.body).toReversed()),
        }) as PlanBDocument,
    )
    for (const documents of [turned, [...release.documents]]) {
      const { built, release: next } = await organisation.publish(store, department, documents)
      expect(built.blobs).toHaveLength(1)
      expect(next.changes).toEqual([])
      expect(next.manifest.documents.every((entry) => entry.v === 1)).toBe(true)
    }
  })

  it('[R24] counts v and edition, remembers where a document last changed', async () => {
    const documents = manyDocuments(2)
    await organisation.publish(store, department, documents)
    const { built, release } = await organisation.publish(
      store,
      department,
      withTitle(documents, 'rutin-1', 'Ny'),
      { v: 5 },
    )
    expect(built).toMatchObject({ gen: 1, v: 5, edition: 2 })
    expect(release.head.prev).toHaveLength(64)
    expect(release.manifest.documents.filter((entry) => entry.v === 5).map(({ id }) => id)).toEqual(
      ['rutin-1'],
    )
    expect((await organisation.build(department, documents)).v).toBe(6)
  })

  it('[R28] says why with each change, as one plain line; older ones have none', async () => {
    await organisation.publish(store, department)
    await organisation.publish(store, department, testDocuments(department, '+46701740606'))
    const reason = `  Nytt nummer\n\u202Etill\u0000 natten ${'x'.repeat(300)}`
    const changed = withTitle(testDocuments(department), 'tes-korlista', 'En annan')
    const { release } = await organisation.publish(store, department, changed, { reason })
    const line = `Nytt nummer till natten ${'x'.repeat(176)}`
    expect(release.changes.map((change) => change.reason)).toEqual([line, line, undefined])
    const { release: next } = await organisation.publish(
      store,
      department,
      testDocuments(department),
      { reason: ' \n ' },
    )
    expect(next.changes[0]).not.toHaveProperty('reason')
    expect(next.changes[1]).toMatchObject({ v: 3, reason: line })
  })

  it('[R25] says what changed, where and by which role, newest first', async () => {
    await organisation.publish(store, department)
    await organisation.publish(store, department, testDocuments(department, '+46701740606'))
    const issued = new Date('2026-04-01T10:00:00Z')
    const { release } = await organisation.publish(
      store,
      department,
      testDocuments(department, '+46701740606').slice(0, 2),
      { issued, signer: organisation.rootKeys[0]! },
    )
    expect(release.changes).toMatchObject([
      {
        kind: 'routine',
        change: 'removed',
        by: 'Beredskapssamordnare',
        v: 3,
        edition: 3,
        issued: issued.toISOString(),
      },
      {
        kind: 'contacts',
        title: 'Telefonnummer',
        change: 'changed',
        fields: ['contacts.sjukskoterska.number'],
        by: 'Enhetschef hemtjanst',
        v: 2,
      },
    ])
    expect(release.publishedBy).toBe('Beredskapssamordnare')
  })

  it('[R7] takes the role from the root, not from the content', async () => {
    const root = structuredClone(organisation.root)
    root.roles[organisation.publishers[department]!.kid] = 'Kommunchef'
    const built = await organisation.build(department, undefined, {
      root: root as typeof organisation.root,
    })
    expect((await organisation.open(built)).publishedBy).toBe('Enhetschef hemtjanst')
  })

  it('[R20] refuses who may not publish, and what is no document of the department', async () => {
    const build = (documents: unknown[], change = {}) =>
      organisation.build(department, documents as PlanBDocument[], change)
    const [one] = testDocuments(department)
    await expect(build([], { signer: organisation.publishers.gemensamt! })).rejects.toEqual(
      code('build-signer'),
    )
    await expect(
      build([], { signer: await createSigningKey({ extractable: false }) }),
    ).rejects.toEqual(code('build-signer'))
    await expect(build([one, one])).rejects.toEqual(code('build-duplicate'))
    await expect(build(testDocuments('gemensamt'))).rejects.toEqual(code('build-document'))
    await expect(build([{ ...one, body: { title: '' } }])).rejects.toEqual(code('build-document'))
    await expect(build([{ ...one, kind: 'poem' }])).rejects.toEqual(code('build-document'))
    const huge = {
      ...testRoutine(department, 'stor', 'Stor'),
      body: { ...testRoutine(department, 'stor', 'Stor').body, extra: 'x'.repeat(600_000) },
    }
    await expect(build([huge])).rejects.toEqual(code('build-size'))
    await expect(
      organisation.build('skola', [], { signer: organisation.rootKeys[0]! }),
    ).rejects.toEqual(code('department-unknown'))
    const other = await organisation.publish(store, 'gemensamt', [])
    await expect(build([], { previous: other.release })).rejects.toEqual(code('build-epoch'))
  })

  it('[R20] [R27] builds on nothing of another place, in a new epoch neither', async () => {
    const epoch = await createEpochSecret(2)
    const stranger = await createTestOrganisation()
    const own = await organisation.publish(store, department)
    const common = await organisation.publish(store, 'gemensamt')
    const foreign = await stranger.publish(createMemoryStore(), department)
    const buildOn = (previous: VerifiedRelease) =>
      organisation.build(department, [], { epoch, previous })
    await expect(buildOn(common.release)).rejects.toEqual(code('build-epoch'))
    await expect(buildOn(foreign.release)).rejects.toEqual(code('build-epoch'))
    await expect(buildOn(own.release)).resolves.toMatchObject({ v: 2 })
  })

  it('[R20] builds nothing that no reader would take: pack, manifest or head too large', async () => {
    const noise = (length: number) =>
      Array.from({ length: Math.ceil(length / 48_000) }, () =>
        toBase64url(randomBytes(48_000)),
      ).join('')
    const { release } = await organisation.publish(store, department)
    const large = manyDocuments(5).map((one) => {
      const body = { ...one.body, extra: noise(300_000) }
      return { ...one, body } as PlanBDocument
    })
    await expect(organisation.build(department, large)).rejects.toEqual(code('build-size'))
    const manifest = { ...release.manifest, extra: noise(1_100_000) }
    const more = { previous: { ...release, manifest } }
    await expect(organisation.build(department, undefined, more)).rejects.toEqual(code('build-size')) // prettier-ignore
    const long = { previous: { ...release, headHash: 'f'.repeat(200_000) } }
    await expect(organisation.build(department, undefined, long)).rejects.toEqual(code('build-size')) // prettier-ignore
  })

  it('[R15] keeps unknown fields of documents', async () => {
    const [one, ...rest] = testDocuments(department)
    const body = { ...one!.body, later: { field: true } }
    const later = { ...one, body } as PlanBDocument
    const { release } = await organisation.publish(store, department, [later, ...rest])
    expect(release.documents.find(({ kind }) => kind === 'department')!.body).toMatchObject({
      later: { field: true },
    })
  })

  it('[R16] carries key and floor of gemensamt, also into releases that do not name them', async () => {
    const common = { epochKey: randomBytes(32), epoch: 4, floor: { gen: 2, v: 7 } }
    const expected = { epochKey: common.epochKey, epoch: 4, floor: { gen: 2, v: 7, epoch: 4 } }
    expect((await organisation.publish(store, department, [], { common })).release.common).toEqual(
      expected,
    )
    expect((await organisation.publish(store, department, [])).release.common).toEqual(expected)
    expect((await organisation.publish(store, 'gemensamt', [])).release.common).toBeUndefined()
  })

  it('[R16] hands the epoch on to whoever may publish, not to a reader', async () => {
    const { release } = await organisation.publish(store, department)
    const { key, member } = organisation.epochs[department]!
    expect(epochSecretOf(release, await importEpochKey(key, { extractable: true }))).toEqual({
      epoch: 1,
      key,
      member,
    })
    const reader = await importEpochKey(key, { extractable: false })
    expect(() => epochSecretOf(release, reader)).toThrow(code('build-epoch'))
  })
})

describe('epochs and their keys', () => {
  it('[R18] the coordinator opens any department with the recovery key', async () => {
    const { release } = await organisation.publish(store, department)
    const { head } = release
    const epochKey = await recoverEpochKey({ head, blob, recovery: organisation.recovery })
    expect(epochKey).toEqual(organisation.epochs[department]!.key)
    const opened = await openRelease({
      head,
      blob,
      epochKey: await importEpochKey(epochKey, { extractable: true }),
    })
    expect(opened.documents).toHaveLength(3)
    const stranger = await createAgreementKey({ extractable: false })
    await expect(recoverEpochKey({ head, blob, recovery: stranger })).rejects.toEqual(
      code('wrap-refused'),
    )
  })

  it('[R18] a device opens the wrap it was given, others are told to ask', async () => {
    const device = await createSigningKey({ extractable: false })
    const agreement = await createAgreementKey({ extractable: false })
    const recipients = { [device.kid]: agreement.jwk }
    const { release } = await organisation.publish(store, department, undefined, { recipients })
    const source = { head: release.head, blob, agreement }
    expect(await unwrapForDevice({ ...source, device: device.kid })).toEqual(
      organisation.epochs[department]!.key,
    )
    await expect(
      unwrapForDevice({ ...source, device: organisation.rootKeys[0]!.kid }),
    ).rejects.toEqual(code('keys-not-for-us'))
    await expect(unwrapForDevice({ ...source, device: 'valueOf' })).rejects.toEqual(
      code('keys-not-for-us'),
    )
  })

  it('[R17] a key blob of another department is refused', async () => {
    const { release } = await organisation.publish(store, department)
    const other = await organisation.publish(store, 'gemensamt')
    const head = { ...release.head, keys: other.release.head.keys }
    await expect(openKeys({ head, blob })).rejects.toEqual(code('keys-malformed'))
  })

  it('[R27] a new epoch seals everything anew and keeps the history', async () => {
    const documents = manyDocuments(20)
    const first = await organisation.publish(store, department, documents)
    organisation.epochs[department] = await createEpochSecret(2)
    const { built, release } = await organisation.publish(
      store,
      department,
      withTitle(documents, 'rutin-1', 'Ny'),
    )
    expect(release).toMatchObject({ epoch: 2, v: 2, edition: 2 })
    expect(built.blobs).toHaveLength(release.blobs.length)
    expect(release.changes).toHaveLength(1)
    expect(release.manifest.documents.filter((entry) => entry.v === 2)).toHaveLength(1)
    const old = new Set(first.release.blobs.map(({ hash }) => hash))
    expect(release.blobs.filter(({ hash }) => old.has(hash))).toEqual([])
    expect(release.head.memberKey).not.toEqual(first.release.head.memberKey)
  })

  it('[R27] other keys under the number of an epoch in use are refused', async () => {
    await organisation.publish(store, department)
    const epoch = await createEpochSecret(1)
    await expect(organisation.build(department, undefined, { epoch })).rejects.toEqual(
      code('build-epoch'),
    )
  })
})

describe('an older app', () => {
  it('[R14] [R26] shows what it can read, and carries on what it cannot', async () => {
    const { release } = await organisation.publish(store, department)
    // As if a later app had added a kind, and a field to the manifest.
    const later = {
      ...release,
      manifest: { ...release.manifest, later: 'field' },
      unreadable: [{ kind: 'drone', id: 'd-1', title: 'Drönare', code: 'unknown-kind' as const }],
      entries: [
        ...release.entries,
        { ...release.entries[0]!, kind: 'drone', id: 'd-1', title: 'Drönare', body: { wings: 4 } },
      ],
    }
    // A new epoch, so that every pack is written anew.
    organisation.epochs[department] = await createEpochSecret(2)
    const { release: next } = await organisation.publish(store, department, undefined, {
      previous: later,
    })
    expect(next.unreadable).toEqual([
      { kind: 'drone', id: 'd-1', title: 'Drönare', code: 'unknown-kind' },
    ])
    expect(next.documents).toHaveLength(3)
    expect(next.entries.find(({ kind }) => kind === 'drone')!.body).toEqual({ wings: 4 })
    expect(next.manifest).toMatchObject({ later: 'field' })
    const { release: without } = await organisation.publish(store, department, undefined, {
      keepUnreadable: false,
    })
    expect(without.unreadable).toEqual([])
  })

  it('[R14] a body the schema refuses leaves the others readable', async () => {
    const { release } = await organisation.publish(store, department)
    const entries = release.entries.map((entry) =>
      entry.kind === 'routine' ? { ...entry, body: { title: 7 } } : entry,
    )
    const unreadable = [
      { kind: 'routine', id: 'tes-korlista', title: '', code: 'body-malformed' as const },
    ]
    const documents = testDocuments(department).filter(({ kind }) => kind !== 'routine')
    // Another epoch, so that the pack is written anew from the raw body.
    organisation.epochs[department] = await createEpochSecret(2)
    const { release: next } = await organisation.publish(store, department, documents, {
      previous: { ...release, entries, unreadable },
    })
    expect(next.unreadable).toMatchObject([{ kind: 'routine', code: 'body-malformed' }])
    expect(next.documents).toHaveLength(2)
  })

  it('builds on a release that was opened as a reader opens it', async () => {
    const { built } = await organisation.publish(store, department)
    const head = await verifyHead(built.head, { root: organisation.root, department })
    const epochKey = await importEpochKey(organisation.epochs[department]!.key, {
      extractable: false,
    })
    const release = await openRelease({ head, blob, epochKey })
    expect((await organisation.build(department, undefined, { previous: release })).v).toBe(2)
  })
})
