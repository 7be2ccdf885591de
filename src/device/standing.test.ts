import { describe, expect, it } from 'vitest'
import { createSigningKey } from '#trust/keys.ts'
import type { Root } from '#trust/root-schema.ts'
import { nextRoot, signRoot, verifyNextRoot } from '#trust/root.ts'
import { createTestOrganisation, type TestOrganisation } from '../../tests/support/organisation.ts'
import { confirmationOf, isRootWithheld, type Standing } from './standing.ts'

const department = 'hemtjanst'
const now = new Date('2026-03-20T12:00:00Z')
const issued = '2026-03-12T08:00:00.000Z'

async function published() {
  const organisation = await createTestOrganisation({ issued: new Date(issued) })
  const release = await organisation.open(await organisation.build(department))
  return { organisation, release, publisher: organisation.publishers[department]!.kid }
}

/** The next root, as a coordinator signs it. */
async function rootAfter({ root, rootKeys }: TestOrganisation, change: Partial<Root>) {
  const next = nextRoot(root, { issued: '2026-03-19T08:00:00.000Z', ...change })
  return verifyNextRoot((await signRoot(next, [rootKeys[0]!])).bytes, root)
}

function without(root: Root): Pick<Root, 'departments'> {
  const departments = structuredClone(root.departments)
  departments[department]!.publish = []
  return { departments }
}

describe('[D2] a release is confirmed', () => {
  it('by itself and by beats that name it, from when they were first received', async () => {
    const { organisation, release, publisher } = await published()
    const { root } = organisation
    const beat = { head: release.headHash, signer: publisher, time: '2026-03-19T08:00:00.000Z', receivedAt: '2026-03-18T08:00:00.000Z' } // prettier-ignore
    const confirmed = (...beats: Standing['beats']) =>
      confirmationOf(release, '2026-03-13T08:00:00.000Z', { beats }, root, now)
    expect(confirmed()).toBe(issued)
    expect(confirmed(beat)).toBe('2026-03-18T08:00:00.000Z')
    expect(confirmed({ ...beat, head: 'f'.repeat(64) })).toBe(issued)
    expect(confirmed({ ...beat, time: '2099-01-01T00:00:00.000Z' })).toBe(issued)
  })

  it('by nobody whom the root no longer names, and not at all when its own signer is one', async () => {
    const { organisation, release, publisher } = await published()
    const byRootKey = { head: release.headHash, time: '2026-03-19T08:00:00.000Z', receivedAt: now.toISOString(), signer: organisation.rootKeys[1]!.kid } // prettier-ignore
    const stranger = await createSigningKey({ extractable: false })
    const beats = [byRootKey, { ...byRootKey, signer: stranger.kid, time: now.toISOString() }]
    const confirmed = (root: typeof organisation.root) =>
      confirmationOf(release, issued, { beats }, root, now)
    expect(confirmed(organisation.root)).toBe(byRootKey.time)
    const revoked = await rootAfter(organisation, without(organisation.root))
    expect(confirmed(revoked)).toBeUndefined()
    expect(
      confirmationOf(release, issued, { beats: [{ ...byRootKey, signer: publisher }] }, organisation.root, now), // prettier-ignore
    ).toBe(byRootKey.time)
  })
})

describe('[D3] a root is withheld', () => {
  it('when the invitation, the release or two rounds of beats name a later one', async () => {
    const { organisation, release, publisher } = await published()
    const { root } = organisation
    const withheld = (standing: Partial<Standing>, invited = 1, of = release) =>
      isRootWithheld(of, { beats: [], ...standing }, root, department, invited)
    expect(withheld({})).toBe(false)
    expect(withheld({}, 2)).toBe(true)
    expect(withheld({ namedRoot: { v: 2, signer: publisher, rounds: 1 } })).toBe(false)
    expect(withheld({ namedRoot: { v: 2, signer: publisher, rounds: 2 } })).toBe(true)
    const head = { ...release.head, root: { v: 2, hash: 'f'.repeat(64) } }
    expect(withheld({}, 1, { ...release, head })).toBe(true)
  })

  it('no longer when it is here, and not by the word of somebody whose right has ended', async () => {
    const { organisation, release, publisher } = await published()
    const namedRoot = { v: 2, signer: publisher, rounds: 2 }
    const arrived = await rootAfter(organisation, {})
    expect(isRootWithheld(release, { beats: [], namedRoot }, arrived, department, 2)).toBe(false)
    const revoked = await rootAfter(organisation, without(organisation.root))
    const later = { ...namedRoot, v: 9 }
    const head = { ...release.head, root: { v: 9, hash: 'f'.repeat(64) } }
    expect(
      isRootWithheld({ ...release, head }, { beats: [], namedRoot: later }, revoked, department, 2),
    ).toBe(false)
  })
})
