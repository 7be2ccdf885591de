import { createHash } from 'node:crypto'
import { admitEntry, openEntry, sealEntry } from '#journal/entry.ts'
import type { AdmitContext, EntryInput, VerifiedEntry } from '#journal/entry.ts'
import { importEpochKey, type EpochKey } from '#trust/epoch-key.ts'
import { createAgreementKey, createSigningKey, publicHalf, randomBytes } from '#trust/keys.ts'
import type { PublicJwk, SigningKey } from '#trust/keys.ts'

/** A phone with real keys of its own that counts what it writes. */
export interface TestMember {
  device: SigningKey
  agreement: PublicJwk
  n: number
}

/** What a member of one epoch of one department holds, and phones that write; all keys are real. */
export type TestJournal = Awaited<ReturnType<typeof createTestJournal>>

export async function createTestJournal(
  given: { organisation?: string; department?: string; epoch?: number; member?: SigningKey; epochKey?: EpochKey } = {}, // prettier-ignore
) {
  const member = given.member ?? (await createSigningKey({ extractable: true }))
  const epochKey = given.epochKey ?? (await importEpochKey(randomBytes(32), { extractable: true }))
  const context: AdmitContext & { epochKey: EpochKey } = {
    organisation: given.organisation ?? 'a'.repeat(64),
    department: given.department ?? 'hemtjanst',
    epoch: given.epoch ?? 3,
    memberKey: publicHalf(member.jwk),
    epochKey,
  }

  return {
    member,
    epochKey,
    context,

    async phone(): Promise<TestMember> {
      const [device, agreement] = await Promise.all([
        createSigningKey({ extractable: true }),
        createAgreementKey({ extractable: true }),
      ])
      return { device, agreement: agreement.jwk, n: 0 }
    },

    /** Seals the phone's next entry, or what `change` makes of it. */
    async write(
      phone: TestMember,
      kind: string,
      body: object = {},
      change: Partial<EntryInput> = {},
    ): Promise<{ bytes: Uint8Array<ArrayBuffer>; hash: string }> {
      return sealEntry({
        ...context,
        member,
        device: phone.device,
        n: change.n ?? ++phone.n,
        kind,
        body,
        time: new Date('2026-03-12T18:00:00Z'),
        ...change,
      })
    },

    joined(phone: TestMember, label = 'Telefon', change: Partial<EntryInput> = {}) {
      return this.write(phone, 'joined', { label, agreement: phone.agreement }, change)
    },

    open: (bytes: Uint8Array) => openEntry(bytes, context),
    admit: (bytes: Uint8Array) => admitEntry(bytes, context),

    async writeAndOpen(
      phone: TestMember,
      kind: string,
      body: object = {},
      change: Partial<EntryInput> = {},
    ): Promise<VerifiedEntry> {
      return openEntry((await this.write(phone, kind, body, change)).bytes, context)
    },
  }
}

/**
 * An entry as if it had been opened, for what only merges and counts: nothing in it was signed. Its hash
 * follows from what it says.
 */
export function pretendEntry(
  says: Partial<Omit<VerifiedEntry, 'body'>> & { device: string; n: number; body?: unknown },
): VerifiedEntry {
  const entry = {
    department: 'hemtjanst',
    epoch: 1,
    kind: 'note',
    time: '2026-03-12T18:00:00.000Z',
    keepDays: 90,
    deviceKey: { kty: 'EC', crv: 'P-256', x: '', y: '' },
    body: {},
    ...says,
  }
  const hash = createHash('sha256').update(JSON.stringify(entry)).digest('hex')
  return { hash, ...entry } as VerifiedEntry
}
