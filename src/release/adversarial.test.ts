import fc from 'fast-check'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { createMemoryStore } from '#store/memory.ts'
import { utf8 } from '#trust/bytes.ts'
import { deriveSealKey, importEpochKey, type EpochKey } from '#trust/epoch-key.ts'
import { createAgreementKey } from '#trust/keys.ts'
import {
  nextRoot,
  signRoot,
  verifyFirstRoot,
  verifyKnownRoot,
  verifyNextRoot,
} from '#trust/root.ts'
import { sealCompressed } from '#trust/seal.ts'
import { sha256 } from '#trust/bytes.ts'
import { unwrapEpochKey, wrapEpochKey } from '#trust/wrap.ts'
import { mutationsOf } from '../../tests/support/mutations.ts'
import {
  createTestOrganisation,
  testDocuments,
  testRoutine,
  type TestOrganisation,
} from '../../tests/support/organisation.ts'
import { signBeat, verifyBeat } from './beat.ts'
import type { BuiltRelease } from './build-release.ts'
import { blobsOf, payloadOf, signHead, verifyHead, type Head, type VerifiedHead } from './head.ts'
import { openKeys } from './open-keys.ts'
import { openRelease, type VerifiedRelease } from './open-release.ts'

// Thousands of tries, on a machine that may do other things at the same time.
vi.setConfig({ testTimeout: 60_000 })

const code = (code: string) => expect.objectContaining({ code })
const refused = expect.objectContaining({
  name: expect.stringMatching(/^(TrustError|ReleaseError)$/) as unknown,
})
const department = 'hemtjanst'
let organisation: TestOrganisation
let neighbour: TestOrganisation
let built: BuiltRelease
let release: VerifiedRelease
let epochKey: EpochKey

beforeAll(async () => {
  organisation = await createTestOrganisation()
  neighbour = await createTestOrganisation()
  ;({ built, release } = await organisation.publish(createMemoryStore(), department))
  await organisation.publish(createMemoryStore(), 'gemensamt')
  await neighbour.publish(createMemoryStore(), department)
  epochKey = await importEpochKey(organisation.epochs[department]!.key, { extractable: false })
})

const blob = async (hash: string) => organisation.blobs.get(hash)
const runs = { numRuns: 300 }

describe('any mutated object is refused', () => {
  it('[T10] root 1, also as one that was stored', async () => {
    const { rootBytes, root } = organisation
    await fc.assert(
      fc.asyncProperty(mutationsOf(rootBytes), async (bytes) => {
        await expect(verifyFirstRoot(bytes, root.hash)).rejects.toEqual(refused)
        // The payload is what has the name; an envelope that was altered is no use to anybody either way.
        const known = await verifyKnownRoot(bytes, root).catch(() => root)
        expect(known).toEqual(root)
      }),
      runs,
    )
  })

  it('[T16] root 2', async () => {
    const { root, rootKeys } = organisation
    const next = await signRoot(
      nextRoot(root, { issued: root.issued, stores: [] }),
      rootKeys.slice(1),
    )
    await expect(verifyNextRoot(next.bytes, root)).resolves.toBeDefined()
    await fc.assert(
      fc.asyncProperty(mutationsOf(next.bytes), async (bytes) => {
        await expect(verifyNextRoot(bytes, root)).rejects.toEqual(refused)
      }),
      runs,
    )
  })

  it('[R1] head', async () => {
    const context = { root: organisation.root, department }
    await fc.assert(
      fc.asyncProperty(mutationsOf(built.head), async (bytes) => {
        await expect(verifyHead(bytes, context)).rejects.toEqual(refused)
      }),
      runs,
    )
  })

  it('[R6] beat', async () => {
    const context = { root: organisation.root, department }
    const beat = await signBeat(
      release.head,
      organisation.root,
      new Date(),
      organisation.publishers[department]!,
    )
    await fc.assert(
      fc.asyncProperty(mutationsOf(beat), async (bytes) => {
        await expect(verifyBeat(bytes, context)).rejects.toEqual(refused)
      }),
      runs,
    )
  })

  it('[R10] manifest, packs and key blob; the last good release opens as before', async () => {
    const { head } = release
    const alterations = fc
      .constantFrom(...blobsOf(head))
      .chain(({ hash }) =>
        mutationsOf(organisation.blobs.get(hash)!).map((bytes) => ({ hash, bytes })),
      )
    await fc.assert(
      fc.asyncProperty(alterations, async ({ hash, bytes }) => {
        const altered = async (name: string) => (name === hash ? bytes : blob(name))
        if (hash === head.keys[0])
          await expect(openKeys({ head, blob: altered })).rejects.toEqual(refused)
        else await expect(openRelease({ head, blob: altered, epochKey })).rejects.toEqual(refused)
      }),
      runs,
    )
    expect((await openRelease({ head, blob, epochKey })).documents).toEqual(release.documents)
  })

  it('[T23] wrap', async () => {
    const device = await createAgreementKey({ extractable: false })
    const place = { organisation: organisation.organisation, department, epoch: 1 }
    const wrap = await wrapEpochKey(organisation.epochs[department]!.key, device.jwk, place)
    await fc.assert(
      fc.asyncProperty(mutationsOf(utf8(wrap)), async (bytes) => {
        const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
        await expect(unwrapEpochKey(text, device.key, place)).rejects.toEqual(refused)
      }),
      runs,
    )
  })
})

/** Signs a head with the publisher's own key: what is inside is the publisher's doing, not the host's. */
async function headWith(change: Partial<Head>): Promise<VerifiedHead> {
  const head = { ...payloadOf(release.head), ...change } as Head
  const { bytes } = await signHead(head, organisation.publishers[department]!)
  return verifyHead(bytes, { root: organisation.root, department })
}

/** Seals content of the publisher's choice and names it in a head. */
async function sealed(
  kind: 'manifest' | 'pack',
  text: string | Uint8Array,
  place = {},
): Promise<[string, number]> {
  const key = await deriveSealKey(epochKey, 'content')
  const context = { organisation: organisation.organisation, department, epoch: 1, kind, ...place }
  const bytes = await sealCompressed(typeof text === 'string' ? utf8(text) : text, key, context)
  const hash = await sha256(bytes)
  organisation.blobs.set(hash, bytes)
  return [hash, bytes.length]
}

const manifestText = (change: object) => JSON.stringify({ ...release.manifest, ...change })
const open = async (change: Partial<Head>) =>
  openRelease({ head: await headWith(change), blob, epochKey })

describe('what a host can do without altering a byte', () => {
  it('[R1] the head of another organisation, or of another department', async () => {
    const other = neighbour.last[department]!
    const { bytes } = await signHead(payloadOf(other.head), neighbour.publishers[department]!)
    await expect(verifyHead(bytes, { root: organisation.root, department })).rejects.toEqual(
      code('jws-signer'),
    )
    const common = await organisation.build('gemensamt')
    await expect(verifyHead(common.head, { root: organisation.root, department })).rejects.toEqual(
      code('jws-signer'),
    )
    // Signed by a root key, which may sign for both, it is still of the other department.
    const byRoot = await signHead(
      payloadOf(organisation.last.gemensamt!.head),
      organisation.rootKeys[0]!,
    )
    await expect(verifyHead(byRoot.bytes, { root: organisation.root, department })).rejects.toEqual(
      code('head-department'),
    )
  })

  it('[T10] a stranger’s root, well signed', async () => {
    await expect(verifyFirstRoot(neighbour.rootBytes, organisation.organisation)).rejects.toEqual(
      code('root-hash'),
    )
    await expect(verifyNextRoot(neighbour.rootBytes, organisation.root)).rejects.toEqual(refused)
  })

  it('[R10] a blob in the place of another, and one that is not there', async () => {
    const { head } = release
    const [pack] = head.blobs[0]!
    const swapped = async (hash: string) => blob(hash === pack ? head.manifest[0] : hash)
    await expect(openRelease({ head, blob: swapped, epochKey })).rejects.toEqual(refused)
    const cut = async (hash: string) => (await blob(hash))?.subarray(hash === pack ? 1 : 0)
    await expect(openRelease({ head, blob: cut, epochKey })).rejects.toEqual(code('blob-size'))
    const missing = async (hash: string) => (hash === pack ? undefined : blob(hash))
    await expect(openRelease({ head, blob: missing, epochKey })).rejects.toEqual(
      code('blob-missing'),
    )
  })
})

describe('what a publisher’s stolen key can do inside', () => {
  it('[R11] content of another department, organisation, epoch or kind, or under another key', async () => {
    const text = manifestText({})
    for (const place of [
      { department: 'gemensamt' },
      { organisation: neighbour.organisation },
      { epoch: 2 },
      { kind: 'pack' as const },
    ]) {
      await expect(open({ manifest: await sealed('manifest', text, place) })).rejects.toEqual(
        code('seal-refused'),
      )
    }
    await expect(open({ manifest: release.head.blobs[0]! })).rejects.toEqual(code('seal-refused'))
    const other = await importEpochKey(neighbour.epochs[department]!.key, { extractable: false })
    await expect(openRelease({ head: release.head, blob, epochKey: other })).rejects.toEqual(
      code('seal-refused'),
    )
    await expect(open({ epoch: 2 })).rejects.toEqual(code('seal-refused'))
  })

  it('[R12] 200 MB in 200 KB', async () => {
    const bomb = await sealed('pack', new Uint8Array(200_000_000))
    expect(bomb[1]).toBeLessThan(250_000)
    await expect(open({ blobs: [bomb] })).rejects.toEqual(code('inflate-too-large'))
    await expect(
      open({ manifest: await sealed('manifest', new Uint8Array(9_000_000)) }),
    ).rejects.toEqual(code('inflate-too-large'))
  })

  it('[T6] JSON a thousand deep, __proto__, text that is none', async () => {
    const deep = `[{"kind":"routine","id":"a","body":${'['.repeat(1000)}${']'.repeat(1000)}}]`
    await expect(open({ blobs: [await sealed('pack', deep)] })).rejects.toEqual(code('json-deep'))
    const proto = '[{"kind":"routine","id":"a","body":{"__proto__":{"title":"x"}}}]'
    await expect(open({ blobs: [await sealed('pack', proto)] })).rejects.toEqual(
      code('json-malformed'),
    )
    await expect(
      open({ blobs: [await sealed('pack', new Uint8Array([0xff, 0xfe]))] }),
    ).rejects.toEqual(code('text-malformed'))
    expect(({} as { title?: string }).title).toBeUndefined()
  })

  it('[R13] documents the manifest does not name, names twice, or names elsewhere', async () => {
    const { documents } = release.manifest
    const [first] = documents
    const bad = [
      { documents: documents.slice(1) },
      { documents: [...documents, { ...first!, id: 'annan' }] },
      { documents: [...documents, first] },
      { documents: documents.with(0, { ...first!, pack: 1 }) },
      { documents: documents.with(0, { ...first!, id: 'annan' }) },
    ]
    for (const change of bad) {
      await expect(
        open({ manifest: await sealed('manifest', manifestText(change)) }),
      ).rejects.toEqual(code('manifest-mismatch'))
    }
    const twice = [...release.head.blobs, ...release.head.blobs]
    await expect(open({ blobs: twice })).rejects.toEqual(code('manifest-mismatch'))
  })

  it('[R13] names that climb out of a folder, shapes that are none', async () => {
    const [first] = release.manifest.documents
    const bad = [
      { documents: [{ ...first!, id: '../up' }] },
      { documents: [{ ...first!, kind: '../up' }] },
      { documents: 7 },
      { member: {} },
      { common: { key: 'short', epoch: 1, gen: 1, v: 1 } },
      { common: { key: 'c2hvcnQ', epoch: 1, gen: 1, v: 1 } },
      { changes: [{ change: 'exploded' }] },
    ]
    for (const change of bad) {
      await expect(
        open({ manifest: await sealed('manifest', manifestText(change)) }),
        JSON.stringify(change),
      ).rejects.toEqual(refused)
    }
    for (const text of ['{}', '[7]', '[{"kind":"routine","id":"../up","body":{}}]', 'null', '[']) {
      await expect(open({ blobs: [await sealed('pack', text)] }), text).rejects.toEqual(refused)
    }
  })

  it('[R14] a document that is none leaves the others readable', async () => {
    const documents = [
      ...testDocuments(department),
      testRoutine(department, 'trasig', 'Trasig'),
    ].map(({ kind, id, body }) => ({ kind, id, body: id === 'trasig' ? 'no body' : body }))
    const unknown = { kind: 'hologram', id: 'constructor', body: {} }
    const entries = [...documents, unknown].map(({ kind, id }) => ({
      ...release.manifest.documents[0]!,
      kind,
      id,
      title: id,
    }))
    const opened = await open({
      manifest: await sealed('manifest', manifestText({ documents: entries })),
      blobs: [await sealed('pack', JSON.stringify([...documents, unknown]))],
    })
    expect(opened.documents).toHaveLength(3)
    expect(opened.unreadable).toMatchObject([
      { id: 'trasig', code: 'body-malformed' },
      { kind: 'hologram', id: 'constructor', code: 'unknown-kind' },
    ])
  })

  it('[R7] a role that is not the publisher’s', async () => {
    const opened = await open({
      manifest: await sealed('manifest', manifestText({ by: 'Kommunchef' })),
    })
    expect(opened.publishedBy).toBe('Enhetschef hemtjanst')
  })
})
