import type { PlanBDocument } from '#domain/schema/document.ts'
import { buildRelease, type BuildInput, type BuiltRelease } from '#release/build-release.ts'
import { createEpochSecret, type EpochSecret } from '#release/epoch-secret.ts'
import { verifyHead } from '#release/head.ts'
import { openRelease, type VerifiedRelease } from '#release/open-release.ts'
import { publishRelease, type PublishStore } from '#release/publish.ts'
import type { Bytes } from '#trust/bytes.ts'
import { importEpochKey } from '#trust/epoch-key.ts'
import { createInvitationId, encodeInvitation, type Invitation } from '#trust/invitation.ts'
import { createAgreementKey, createSigningKey, type SigningKey } from '#trust/keys.ts'
import { createRestorePayload, encodeRestorePayload } from '#trust/restore-payload.ts'
import { createFirstRoot, verifyFirstRoot, type VerifiedRoot } from '#trust/root.ts'

/** A small organisation with real keys, for tests in any room. */
export type TestOrganisation = Awaited<ReturnType<typeof createTestOrganisation>>

/** Documents that are enough for a department to be one: its settings and a routine with a phone number. */
export function testDocuments(department: string, number = '+46701740605'): PlanBDocument[] {
  const contact = `${department}/contact/sjukskoterska`
  return [
    document(department, 'department', 'department', {
      title: `Verksamheten ${department}`,
      firstNumbers: [contact],
    }),
    document(department, 'contacts', 'contacts', {
      title: 'Telefonnummer',
      contacts: [{ id: 'sjukskoterska', title: 'Sjuksköterska kväll', number }],
    }),
    testRoutine(department, 'tes-korlista', 'TES: din körlista'),
  ]
}

export function testRoutine(department: string, id: string, name: string): PlanBDocument {
  return document(department, 'routine', id, {
    title: `När ${name} inte fungerar`,
    name,
    summary: 'Körlistan visas inte i telefonen',
    group: 'it',
    for: 'du som arbetar i kväll',
    phases: {
      minutes15: {
        steps: [
          { text: 'Hämta pärmen i korridoren' },
          { text: 'Ring sjuksköterskan', call: [`${department}/contact/sjukskoterska`] },
        ],
      },
    },
  })
}

/**
 * Makes an organisation whose root 1 is signed by three root keys and names one publisher a department.
 *
 * `publish` builds on what was published last, stores it, and gives what a reader would open.
 */
export async function createTestOrganisation(
  options: { departments?: string[]; example?: boolean; issued?: Date } = {},
) {
  const departments = options.departments ?? ['hemtjanst', 'gemensamt']
  const issued = options.issued ?? new Date('2026-03-12T08:00:00Z')
  const extractable = { extractable: true }
  const rootKeys = await Promise.all([1, 2, 3].map(() => createSigningKey(extractable)))
  const recovery = await createAgreementKey(extractable)
  const publishers: Record<string, SigningKey> = {}
  const epochs: Record<string, EpochSecret> = {}
  for (const department of departments) {
    publishers[department] = await createSigningKey(extractable)
    epochs[department] = await createEpochSecret(1)
  }
  const first = await createFirstRoot({
    title: 'Testkommunen',
    example: options.example,
    issued,
    rootKeys,
    recovery: recovery.jwk,
    departments: departments.map((id) => ({
      id,
      title: `Verksamheten ${id}`,
      publishers: [
        { jwk: publishers[id]!.jwk, kid: publishers[id]!.kid, role: `Enhetschef ${id}` },
      ],
    })),
    stores: [{ url: 'store/', write: true }],
  })
  const root: VerifiedRoot = await verifyFirstRoot(first.bytes, first.hash)
  const last: Record<string, VerifiedRelease> = {}
  const blobs = new Map<string, Bytes>()

  return {
    organisation: first.hash,
    /** Bytes of root 1. */
    rootBytes: first.bytes,
    root,
    rootKeys,
    recovery,
    publishers,
    epochs,
    /** What was published last, by department. */
    last,
    /** Every blob ever built, by hash. */
    blobs,

    /** Puts root 1 into a store. */
    async publishRoot(store: PublishStore): Promise<void> {
      await store.putIfAbsent('root/1.jws', first.bytes)
    },

    /** Builds on what was published last, without storing. */
    async build(
      department: string,
      documents: readonly PlanBDocument[] = testDocuments(department),
      change: Partial<BuildInput> = {},
    ): Promise<BuiltRelease> {
      const built = await buildRelease({
        root,
        department,
        documents,
        signer: publishers[department]!,
        issued,
        epoch: epochs[department]!,
        previous: last[department],
        ...change,
      })
      for (const { hash, bytes } of built.blobs) blobs.set(hash, bytes)
      return built
    },

    /** Opens a built release as a reader would. */
    async open(built: BuiltRelease): Promise<VerifiedRelease> {
      const { department } = built
      return openRelease({
        head: await verifyHead(built.head, { root, department }),
        blob: async (hash) => blobs.get(hash),
        epochKey: await importEpochKey(epochs[department]!.key, { extractable: true }),
      })
    },

    /** Builds, stores (root 1 too) and opens. */
    async publish(
      store: PublishStore,
      department: string,
      documents?: readonly PlanBDocument[],
      change?: Partial<BuildInput>,
    ): Promise<{ built: BuiltRelease; release: VerifiedRelease }> {
      await this.publishRoot(store)
      const built = await this.build(department, documents, change)
      if ((await publishRelease(store, built)) === 'taken') throw new Error('number is taken')
      const release = await this.open(built)
      last[department] = release
      return { built, release }
    },

    /** An invitation to what was published last. */
    invitation(department: string): Invitation {
      const { gen = 1, v = 1 } = last[department] ?? {}
      return {
        organisation: first.hash,
        department,
        root: { v: root.v, hash: root.hash },
        floor: { gen, v, epoch: epochs[department]!.epoch },
        id: createInvitationId(),
        epochKey: epochs[department]!.key,
        flags: 0,
      }
    },

    /** Payload of the address `#/join/<payload>`. */
    invitationText(department: string): string {
      return encodeInvitation(this.invitation(department))
    },

    /** Payload of the address `#/restore/<payload>` for the coordinator. */
    async coordinatorText(): Promise<string> {
      const keys = { signing: rootKeys[0]!, recovery }
      return encodeRestorePayload(await createRestorePayload('coordinator', first.hash, keys))
    },
  }
}

function document(department: string, kind: string, id: string, body: object): PlanBDocument {
  return { department, kind, id, body } as PlanBDocument
}
