import type { PlanBDocument } from '#domain/schema/document.ts'
import { buildRelease, type BuildInput, type BuiltRelease } from '#release/build-release.ts'
import { payloadOf, signHead, verifyHead, type Head } from '#release/head.ts'
import { openRelease, type VerifiedRelease } from '#release/open-release.ts'
import { publishRelease } from '#release/publish.ts'
import type { Store } from '#store/store.ts'
import { headPath, rootPath } from '#store/layout.ts'
import { importEpochKey } from '#trust/epoch-key.ts'
import { createSigningKey, type SigningKey } from '#trust/keys.ts'
import { nextRoot, signRoot, verifyNextRoot } from '#trust/root.ts'
import type { Root } from '#trust/root-schema.ts'
import type { Invitation } from '#trust/invitation.ts'
import { createTestOrganisation, testDocuments, testRoutine } from './organisation.ts'

/** Stands in everything that no organisation has said. */
export const falseMark = 'FALSKT'
const department = 'hemtjanst'

/** The first step of the routine in an edition: what is shown tells which edition is. */
export const stepOf = (edition: number) => `Steg ett i utgåva ${edition}.`
/** The nurse's number in an edition. */
export const numberOf = (edition: number) => `+467017406${10 + (edition % 90)}`

export function editionDocuments(step: string, number: string): PlanBDocument[] {
  return testDocuments(department, number).map((one) => {
    if (one.kind !== 'routine') return one
    const text = JSON.stringify(one).replace('Hämta pärmen i korridoren', step)
    return JSON.parse(text) as PlanBDocument
  })
}

/** An organisation that goes on publishing and changing its root, honestly, into a store that others may serve. */
export type LivingOrganisation = Awaited<ReturnType<typeof createLivingOrganisation>>

/** With edition 1 of `hemtjanst`, and what all share, in the store. */
export async function createLivingOrganisation(store: Store) {
  const organisation = await createTestOrganisation()
  const { rootKeys, epochs, publishers } = organisation
  let root = organisation.root
  let edition = 0
  let last: VerifiedRelease | undefined

  await organisation.publish(store, 'gemensamt', [
    ...testDocuments('gemensamt', '+46101234567'),
    testRoutine('gemensamt', 'jag-vet-inte', 'Jag vet inte'),
  ])
  const { epoch, key } = epochs.gemensamt!
  const common = { epoch, epochKey: key, floor: { gen: 1, v: 1 } }

  async function build(documents: PlanBDocument[], change: Partial<BuildInput> = {}) {
    const signer = publishers[department]!
    const input = {
      root,
      department,
      documents,
      signer,
      issued: new Date(),
      epoch: epochs[department]!,
      common,
    }
    return buildRelease({ ...input, ...(last && { previous: last }), ...change })
  }

  async function open(built: Pick<BuiltRelease, 'head'>): Promise<VerifiedRelease> {
    const blob = (hash: string) => store.get(`b/${hash}`, { maxBytes: 4e6 })
    return openRelease({
      head: await verifyHead(built.head, { root, department }),
      epochKey: await importEpochKey(epochs[department]!.key, { extractable: true }),
      blob,
    })
  }

  const living = {
    ...organisation,
    store,
    department,
    get root() {
      return root
    },
    /** The newest edition that was published. */
    get edition() {
      return edition
    },
    /** What was published last. */
    get newest(): VerifiedRelease {
      return last!
    },
    /** Builds without storing. */
    build,

    /** The next edition, into the store. Gives its number. */
    async publish(change: Partial<BuildInput> = {}): Promise<number> {
      edition += 1
      const documents = editionDocuments(stepOf(edition), numberOf(edition))
      const built = await build(documents, change)
      if ((await publishRelease(store, built)) === 'taken') throw new Error('number is taken')
      last = await open(built)
      return edition
    },

    /** Root N + 1, into the store. */
    async changeRoot(change: Partial<Root>, keys: readonly SigningKey[] = [rootKeys[0]!]) {
      const next = nextRoot(root, { issued: new Date().toISOString(), ...change })
      const { bytes } = await signRoot(next, keys)
      root = await verifyNextRoot(bytes, root)
      await store.putIfAbsent(rootPath(root.v), bytes)
      return root
    },

    /**
     * Takes the publisher's key out of the root, raises the generation, signs the last good release again, and
     * lets a new publisher in. Gives the old key.
     */
    async revoke(keys?: readonly SigningKey[], rest: Partial<Root> = {}): Promise<SigningKey> {
      const old = publishers[department]!
      const fresh = await createSigningKey({ extractable: true })
      publishers[department] = fresh
      const { [old.kid]: _gone, ...others } = root.keys
      const before = root.departments[department]!
      const { departments, keys: more, ...further } = rest
      await living.changeRoot(
        {
          keys: { ...others, [fresh.kid]: fresh.jwk, ...more },
          departments: {
            ...root.departments,
            ...departments,
            [department]: { ...before, gen: before.gen + 1, publish: [fresh.kid], start: [] },
          },
          ...further,
        },
        keys,
      )
      await living.resign()
      return old
    },

    /** The last good release under the root's generation, signed by a root key. */
    async resign(): Promise<void> {
      const { gen } = root.departments[department]!
      const head: Head = {
        ...payloadOf(last!.head),
        gen,
        v: 1,
        prev: last!.headHash,
        root: { v: root.v, hash: root.hash },
      }
      const { bytes, hash } = await signHead(head, rootKeys[0]!)
      const built = { department, gen, v: 1, edition: head.edition, head: bytes, headHash: hash, blobs: [] } // prettier-ignore
      await publishRelease(store, built)
      last = await open(built)
    },

    /** An invitation to what was published last. */
    invitation(): Invitation {
      return {
        ...organisation.invitation(department),
        root: { v: root.v, hash: root.hash },
        floor: { gen: last!.gen, v: last!.v, epoch: epochs[department]!.epoch },
      }
    },

    /** Bytes in the store. */
    async bytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
      const bytes = await store.get(path, { maxBytes: 4e6 })
      if (!bytes) throw new Error(`${path} is not there`)
      return new Uint8Array(bytes)
    },
    /** Where a release's head lies. */
    headPath: (release: { gen: number; v: number }) => headPath(department, release.gen, release.v),
  }
  await living.publish()
  return living
}
