import { sha256 } from '#trust/bytes.ts'
import { importEpochKey, type EpochKey } from '#trust/epoch-key.ts'
import type { Invitation } from '#trust/invitation.ts'
import type { AgreementKey, Kid, SigningKey } from '#trust/keys.ts'
import { isAgreed, mayPublish, type VerifiedRoot } from '#trust/root.ts'
import { isNewer } from '#release/head.ts'
import { unwrapForDevice } from '#release/open-keys.ts'
import { openRelease, type VerifiedRelease } from '#release/open-release.ts'
import type { VerifiedEntry } from '#journal/entry.ts'
import type { KeptEntry, Saying, Standing } from '#sync/follow-device.ts'
import type { SyncDevice, SyncNote } from '#sync/sync-device.ts'

/**
 * A device that remembers in memory, for tests of sync in Node, where there is no IndexedDB. It believes
 * by the same trust and release code as the real one; the real one is tested in a real browser.
 *
 * @param identity with it the device learns new epochs by itself, from its own wraps; with `signing` too it
 *   follows up its rounds: beats, and what members tell each other
 */
export function createMemoryDevice(
  invitations: Invitation[],
  base: string,
  identity?: { device: Kid; agreement: AgreementKey; signing?: SigningKey },
) {
  const organisation = invitations[0]!.organisation
  const keys = new Map<string, EpochKey>()
  const floors = new Map<string, { gen: number; v: number }>()
  const blobs = new Map<string, Uint8Array>()
  const current = new Map<string, VerifiedRelease>()
  const needsNewCode = new Set<string>()
  const checkedAt = new Map<string, Date>()
  const notes: SyncNote[] = []
  const newerApp = new Set<string>()
  const standings = new Map<string, Standing>()
  const outboxes = new Map<string, unknown>()
  const sayings = new Map<string, Saying[]>()
  const entries = new Map<string, Map<string, KeptEntry>>()
  /** What the person and the coordinator have decided. */
  const roleOf: { label: string; signer?: SigningKey } = { label: '' }
  let roots: VerifiedRoot[] = []
  let hasEnded = false
  let maxBlobs = Number.POSITIVE_INFINITY

  const ready = Promise.all(
    invitations.map(async ({ department, floor, epochKey }) => {
      floors.set(department, floor)
      const key = await importEpochKey(epochKey, { extractable: false })
      keys.set(`${department} ${floor.epoch}`, key)
    }),
  )

  const device: SyncDevice = {
    organisations: async () => {
      await ready
      return [
        {
          id: organisation,
          lock: `planb-sync:/:${organisation}`,
          base,
          mirrors: invitations.flatMap(({ mirror }) => mirror ?? []),
          invitedRoot: invitations[0]!.root,
          root: roots.at(-1),
          agreedStores: roots.findLast(isAgreed)?.stores.map(({ url }) => url) ?? [],
          deviceId: identity?.device ?? 'A'.repeat(43),
          departments: [...floors].map(([department, floor]) => {
            const release = current.get(department)
            return {
              department,
              floor,
              current: release && { gen: release.gen, v: release.v, headHash: release.headHash },
            }
          }),
        },
      ]
    },
    keepRoots: async (_, kept) => {
      const vs = new Set(kept.map(({ root }) => root.v))
      roots = [...roots.filter(({ v }) => !vs.has(v)), ...kept.map(({ root }) => root)]
    },
    missingBlobs: async (_, wanted) => {
      const isHere = await Promise.all(
        wanted.map(async ({ hash }) => {
          const bytes = blobs.get(hash)
          return bytes !== undefined && (await sha256(bytes)) === hash
        }),
      )
      return wanted.filter((_blob, index) => !isHere[index])
    },
    stageBlob: async (_, _department, hash, bytes) => {
      if (blobs.size >= maxBlobs) throw Object.assign(new Error('full'), { code: 'full' })
      blobs.set(hash, bytes)
    },
    holdsKey: async (_, head) => {
      const name = `${head.department} ${head.epoch}`
      if (keys.has(name) || !identity || !blobs.has(head.keys[0])) return keys.has(name)
      const blob = async (hash: string) => blobs.get(hash)
      const bytes = await unwrapForDevice({ head, blob, ...identity }).catch(() => undefined)
      if (bytes) keys.set(name, await importEpochKey(bytes, { extractable: false }))
      return bytes !== undefined
    },
    storeSnapshot: async (_, { verified }) => {
      const { department } = verified
      const epochKey = keys.get(`${department} ${verified.epoch}`)!
      const blob = async (hash: string) => blobs.get(hash)
      const release = await openRelease({ head: verified, epochKey, blob })
      const held = current.get(department)
      if (held && !isNewer(release, held)) return 'kept'
      current.set(department, release)
      if (release.common) {
        const key = await importEpochKey(release.common.epochKey, { extractable: false })
        keys.set(`gemensamt ${release.common.epoch}`, key)
        if (!floors.has('gemensamt')) floors.set('gemensamt', release.common.floor)
      }
      return 'stored'
    },
    recordCheck: async (_, department, at) => void checkedAt.set(department, at),
    recordNeedsNewCode: async (_, department) => void needsNewCode.add(department),
    endAccess: async () => {
      hasEnded = true
      current.clear()
      blobs.clear()
    },
    recordNewerApp: async (_, source, isNeeded) => {
      if (isNeeded) newerApp.add(source)
      else newerApp.delete(source)
    },
    note: async (_, note) => void notes.push(note),
    follow: async () => {
      const root = roots.at(-1)
      if (!root || !identity?.signing) return undefined
      const { signing: deviceKey, agreement } = identity
      return {
        root,
        deviceKey,
        agreement: agreement.jwk,
        label: roleOf.label,
        departments: [...current.values()].map((release) => {
          const { department, head } = release
          const signer =
            roleOf.signer && mayPublish(root, department, roleOf.signer.kid)
              ? roleOf.signer
              : undefined
          return {
            department,
            keepDays: release.documents.find((one) => one.kind === 'department')?.body.keepEntries,
            head,
            earlier: [head.prev ?? []].flat(),
            member: release.manifest.member,
            epochKey: keys.get(`${department} ${release.epoch}`)!,
            invitation: invitations.find((one) => one.department === department)?.id,
            signer,
            lacksSecret: false,
          }
        }),
        notes: async () => notes,
        wasNamed: (department, kid) => roots.some((one) => mayPublish(one, department, kid)),
        readStanding: async (department) =>
          structuredClone(standings.get(department) ?? { beats: [] }),
        writeStanding: async (department, standing) => void standings.set(department, standing),
        readOutbox: async (department) => structuredClone(outboxes.get(department)),
        writeOutbox: async (department, outbox) =>
          void outboxes.set(department, structuredClone(outbox)),
        sayings: async (department) => sayings.get(department) ?? [],
        forgetSayings: async (department, ids) =>
          void sayings.set(
            department,
            (sayings.get(department) ?? []).filter(({ id }) => !ids.includes(id)),
          ),
        entries: async (department) => [...(entries.get(department)?.values() ?? [])],
        keepEntries: async (department, kept, gone) => {
          const held = entries.get(department) ?? new Map<string, KeptEntry>()
          const placeOf = (entry: VerifiedEntry) => `${entry.device} ${entry.n}`
          for (const entry of gone) held.delete(placeOf(entry))
          for (const row of kept) held.set(placeOf(row.entry), row)
          entries.set(department, held)
        },
        takeSecret: async () => false,
      }
    },
  }

  return {
    device,
    /** What is shown, by department. */
    current,
    blobs,
    notes,
    needsNewCode,
    checkedAt,
    hasEnded: () => hasEnded,
    roots: () => roots,
    newerApp,
    standings,
    outboxes,
    /** What people have written, by department. */
    sayings,
    entries: (department: string) => [...(entries.get(department)?.values() ?? [])],
    roleOf,
    noteCodes: () => [...new Set(notes.map(({ code }) => code))].sort(),
    /** From now on there is room for this many blobs. */
    limitBlobs: (count: number) => (maxBlobs = count),
  }
}
