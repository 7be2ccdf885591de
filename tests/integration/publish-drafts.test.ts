import { beforeEach, describe, expect, it } from 'vitest'
import { documentName, type PlanBDocument } from '#domain/schema/document.ts'
import { buildRelease } from '#release/build-release.ts'
import { publishRelease } from '#release/publish.ts'
import { verifyStore } from '#release/verify-store.ts'
import type { DraftToMerge } from '#release/merge.ts'
import { headPath } from '#store/layout.ts'
import type { Store } from '#store/store.ts'
import { createHttpWriteStore } from '#sync/http-write-store.ts'
import { createOpen } from '#sync/manage/create-open.ts'
import { followStoreRoot } from '#sync/manage/follow-store-root.ts'
import type { Office } from '#sync/manage/office.ts'
import { publishDrafts } from '#sync/manage/publish-drafts.ts'
import { replaceRootKey } from '#sync/manage/replace-root-key.ts'
import { revoke } from '#sync/manage/revoke.ts'
import { rotate } from '#sync/manage/rotate.ts'
import {
  sendPublication,
  type PublicationDesk,
  type StoredDraft,
  type StoredPublication,
} from '#sync/manage/send-publication.ts'
import { SendError } from '#sync/send-error.ts'
import type { WriteStore } from '#sync/write-store.ts'
import { createSigningKey } from '#trust/keys.ts'
import { startHttpServer } from '../support/http-server.ts'
import { createStoppedStore, createTestOffice, type TestOffice } from '../support/office.ts'
import { testDocuments } from '../support/organisation.ts'
import { freePort } from '../support/planb-server.ts'

const department = 'hemtjanst'
const routine = `${department}/routine/tes-korlista`
const contacts = `${department}/contacts/contacts`
let test: TestOffice

beforeEach(async () => {
  test = await createTestOffice()
})

const publisher = () => test.publishers[department]!
/** A publisher's phone: no root key, the epoch's key by its own wrap. */
const officeOf = (store: WriteStore, more: Partial<Office> = {}): Office => ({
  store,
  root: test.root,
  rootKeys: [],
  now: () => new Date('2026-05-01T08:00:00Z'),
  open: createOpen({
    store,
    own: { device: publisher().signing.kid, agreement: publisher().agreement },
  }),
  ...more,
})

const published = testDocuments(department)
const bodyOf = (name: string, documents: readonly PlanBDocument[] = published) =>
  documents.find((one) => documentName(one) === name)!.body as Record<string, unknown>

/** A draft of a document as it was published first, with some fields changed. */
const draftOf = (name: string, change: object, base = bodyOf(name)): DraftToMerge => ({
  name,
  base: { body: base },
  body: { ...base, ...change },
})
const withNumber = (number: string) =>
  draftOf(contacts, { contacts: [{ id: 'sjukskoterska', title: 'Sjuksköterska kväll', number }] })

const publish = (
  store: WriteStore,
  drafts: readonly DraftToMerge[],
  more: { office?: Partial<Office>; reason?: string } = {},
) =>
  publishDrafts(officeOf(store, more.office), {
    department,
    drafts,
    signer: publisher().signing,
    reason: more.reason ?? '',
  })

async function currentOf(store: Store, id = department) {
  const root = await followStoreRoot(store, test.root)
  const reader = createOpen({ store, recovery: [test.recovery] })
  return (await reader(id, root))!.release
}

async function expectWhole(store: Store): Promise<void> {
  const report = await verifyStore(store, { organisation: test.organisation })
  expect(report.problems).toEqual([])
}

describe('[M40] publishing drafts', () => {
  it('adds, changes and removes; says why; carries what all share; again is unchanged', async () => {
    const store = await test.copy()
    const added = { ...bodyOf(routine), title: 'När larmen inte fungerar', name: 'Larmen' }
    const drafts = [
      withNumber('+46701740699'),
      { name: `${department}/routine/larm`, body: added },
      { name: routine, base: { body: bodyOf(routine) } },
    ]
    const before = await currentOf(store)
    const reason = 'Nya nummer från\nmåndag'
    const result = await publish(test.writeStore(store), drafts, { reason })
    expect(result).toMatchObject({ outcome: 'published', gen: 1, v: 2, edition: 2 })
    const release = await currentOf(store)
    expect(release.documents.map(documentName).toSorted()).toEqual([
      contacts,
      `${department}/department/department`,
      `${department}/routine/larm`,
    ])
    expect(JSON.stringify(bodyOf(contacts, release.documents))).toContain('+46701740699')
    expect(release.changes.map(({ change, id, reason: why }) => [change, id, why])).toEqual([
      ['changed', 'contacts', 'Nya nummer från måndag'],
      ['added', 'larm', 'Nya nummer från måndag'],
      ['removed', 'tes-korlista', 'Nya nummer från måndag'],
    ])
    expect(release.publishedBy).toBe(`Enhetschef ${department}`)
    expect(release.common).toEqual(before.common)
    await expectWhole(store)
    expect(await publish(test.writeStore(store), drafts)).toMatchObject({
      outcome: 'unchanged',
      v: 2,
    })
    expect((await currentOf(store)).v).toBe(2)
  })

  it('finishes after it was stopped at any write; again sends nothing', async () => {
    const store = await test.copy()
    const stopped = createStoppedStore(test.writeStore(store), 1)
    await expect(publish(stopped.store, [withNumber('+46701740699')])).rejects.toMatchObject({
      code: 'unreachable',
    })
    expect(await publish(test.writeStore(store), [withNumber('+46701740699')])).toMatchObject({
      outcome: 'unchanged',
      v: 2,
    })
    await expectWhole(store)
  })

  it('merges with who was first, also where that happens while it is sent', async () => {
    for (const isMeanwhile of [false, true]) {
      const store = await test.copy()
      const write = test.writeStore(store)
      const other = () =>
        publish(test.writeStore(store), [draftOf(routine, { summary: 'Sedd av en annan' })])
      let isFirst = true
      const raced: WriteStore = {
        ...write,
        sendRelease: async (id, built) => {
          if (isMeanwhile && isFirst) {
            isFirst = false
            await other()
          }
          return write.sendRelease(id, built)
        },
      }
      if (!isMeanwhile) await other()
      const change = { contacts: [{ id: 'sjukskoterska', title: 'Natt', number: '+46701740699' }] }
      const result = await publish(raced, [
        draftOf(contacts, change),
        draftOf(routine, { for: 'du som arbetar i natt' }),
      ])
      expect(result).toMatchObject({ outcome: 'published', v: 3 })
      const { documents } = await currentOf(store)
      expect(bodyOf(routine, documents)).toMatchObject({
        summary: 'Sedd av en annan',
        for: 'du som arbetar i natt',
      })
      expect(bodyOf(contacts, documents)).toMatchObject(change)
      await expectWhole(store)
    }
  })

  it('gives back what both changed, with what stands there now, and sends nothing', async () => {
    const store = await test.copy()
    await publish(test.writeStore(store), [withNumber('+46701740611')])
    const counting = createStoppedStore(test.writeStore(store), Infinity)
    const result = await publish(counting.store, [withNumber('+46701740622')])
    expect(result).toMatchObject({
      outcome: 'conflicts',
      conflicts: [
        {
          name: contacts,
          fields: [
            {
              path: ['contacts', 0, 'number'],
              base: '+46701740605',
              mine: '+46701740622',
              theirs: '+46701740611',
            },
          ],
        },
      ],
      current: { gen: 1, v: 2 },
    })
    expect(counting.count()).toBe(0)
    // Settled against what stands there now, it goes out.
    if (result.outcome !== 'conflicts') throw new Error(result.outcome)
    const settled = draftOf(
      contacts,
      { ...(withNumber('+46701740622').body as object) },
      bodyOf(contacts, result.current.documents),
    )
    expect(await publish(counting.store, [settled])).toMatchObject({ outcome: 'published', v: 3 })
  })

  it('steps over what does not verify at the next number', async () => {
    const store = await test.copy()
    await store.putIfAbsent(headPath(department, 1, 2), new TextEncoder().encode('none'))
    const result = await publish(test.writeStore(store), [withNumber('+46701740699')])
    expect(result).toMatchObject({ outcome: 'published', v: 3, edition: 2 })
  })

  it('[M10] builds on no store that shows less than is held, or something else', async () => {
    const store = await test.copy()
    await publish(test.writeStore(store), [withNumber('+46701740699')])
    const { gen, v, edition, headHash: hash } = await currentOf(store)
    const poor = await test.copy()
    const held = () => ({ gen, v, edition, hash })
    const drafts = [draftOf(routine, { summary: 'Annan' })]
    await expect(
      publish(test.writeStore(poor), drafts, { office: { held } }),
    ).rejects.toMatchObject({ code: 'head-behind' })
    await publish(test.writeStore(poor), [withNumber('+46701740688')])
    await expect(
      publish(test.writeStore(poor), drafts, { office: { held } }),
    ).rejects.toMatchObject({ code: 'head-fork' })
    expect(await publish(test.writeStore(store), drafts, { office: { held } })).toMatchObject({
      outcome: 'published',
    })
  })

  it('takes nothing from a publisher whose key has gone', async () => {
    const store = await test.copy()
    const coordinator = test.office({ store: test.writeStore(store) })
    await revoke(coordinator, { kid: publisher().signing.kid })
    const before = await store.list('')
    await expect(
      publish(test.writeStore(store), [withNumber('+46701740699')]),
    ).rejects.toMatchObject({ code: 'not-a-publisher' })
    // The coordinator may, in the generation that has begun.
    const result = await publishDrafts(coordinator, {
      department,
      drafts: [withNumber('+46701740699')],
      signer: test.rootKeys[0]!,
      reason: '',
    })
    expect(result).toMatchObject({ outcome: 'published', gen: 2, v: 2 })
    expect(before.length).toBeLessThan((await store.list('')).length)
    await expectWhole(store)
  })

  it('[M13] begins no generation that a stopped revocation has left', async () => {
    const store = await test.copy()
    const stopped = test.office({ store: createStoppedStore(test.writeStore(store), 1).store })
    const other = test.publishers['krisledning']!.signing
    await expect(revoke(stopped, { kid: other.kid })).rejects.toMatchObject({
      code: 'unreachable',
    })
    const before = await store.list('')
    for (const signer of [test.rootKeys[0]!, other]) {
      const input = { department: 'krisledning', drafts: [], signer, reason: '' }
      await expect(
        publishDrafts(test.office({ store: test.writeStore(store) }), input),
      ).rejects.toMatchObject({ code: signer === other ? 'not-a-publisher' : 'keep-unsaid' })
    }
    expect(await store.list('')).toEqual(before)
    // A new root key begins them all; home care goes on by itself where the coordinator's key is at hand.
    const anew = await test.copy()
    const root = createStoppedStore(test.writeStore(anew), 1).store
    const newKey = await createSigningKey({ extractable: true })
    await expect(
      replaceRootKey(test.office({ store: root }), {
        gone: test.rootKeys[2]!.kid,
        jwk: newKey.jwk,
        extraKeys: [test.rootKeys[1]!],
      }),
    ).rejects.toMatchObject({ code: 'unreachable' })
    await expect(
      publish(test.writeStore(anew), [withNumber('+46701740699')]),
    ).rejects.toMatchObject({ code: 'root-keys' })
    const coordinator = test.office({ store: test.writeStore(anew) })
    const drafts = [withNumber('+46701740699')]
    const input = { department, drafts, signer: test.rootKeys[0]!, reason: '' }
    expect(await publishDrafts(coordinator, input)).toMatchObject({ gen: 2, v: 2, edition: 2 })
  })

  it('a key that was changed since is used as soon as it is here', async () => {
    const store = await test.copy()
    await rotate(test.office({ store: test.writeStore(store) }), {
      department,
      leaveOut: [],
      phones: {},
      signer: test.rootKeys[0]!,
    })
    const { epoch, key } = test.epochs[department]!
    const old = createOpen({
      store,
      epochKey: async (_, wanted) => (wanted === epoch ? key : undefined),
    })
    const drafts = [withNumber('+46701740699')]
    await expect(
      publish(test.writeStore(store), drafts, { office: { open: old } }),
    ).rejects.toMatchObject({ code: 'not-readable' })
    expect(await publish(test.writeStore(store), drafts)).toMatchObject({ outcome: 'published' })
    expect((await currentOf(store)).epoch).toBe(2)
    await expectWhole(store)
  })

  it('[M41] what does not fit its schema is blocked, and nothing is sent', async () => {
    const counting = createStoppedStore(test.writeStore(await test.copy()), Infinity)
    const result = await publish(counting.store, [
      draftOf(contacts, { contacts: [{ id: 'x', title: 'X', number: '070' }] }),
      { name: `${department}/routine/ny`, body: {} },
    ])
    if (result.outcome !== 'blocked') throw new Error(result.outcome)
    expect(result.findings).toContainEqual(
      expect.objectContaining({
        name: contacts,
        path: ['contacts', 0, 'number'],
        code: 'schema:bad-value',
        severity: 'blocks',
      }),
    )
    expect(result.findings.some(({ name }) => name === `${department}/routine/ny`)).toBe(true)
    expect(counting.count()).toBe(0)
  })

  it('[M41] a reference to nothing blocks, and one that stood there already does not', async () => {
    const store = await test.copy()
    const write = test.writeStore(store)
    const withoutContact = draftOf(contacts, {
      contacts: [{ id: 'jour', title: 'Jour', number: '+46701740699' }],
    })
    const result = await publish(write, [withoutContact])
    if (result.outcome !== 'blocked') throw new Error(result.outcome)
    // In a document that nobody has touched, and in the department's first numbers.
    expect(result.findings.map(({ name, code, values }) => [name, code, values])).toContainEqual([
      routine,
      'reference-missing',
      { reference: `${department}/contact/sjukskoterska` },
    ])
    // As somebody may have published by other means.
    const root = test.root
    const { release, epoch } = (await officeOf(write).open(department, root))!
    const built = await buildRelease({
      root,
      department,
      documents: release.documents.map((one) =>
        one.kind === 'contacts' ? { ...one, body: withoutContact.body as typeof one.body } : one,
      ),
      signer: publisher().signing,
      issued: new Date(),
      epoch,
      previous: release,
    })
    await publishRelease(store, built)
    const base = bodyOf(contacts, (await currentOf(store)).documents)
    const change = { contacts: [{ id: 'jour', title: 'Jour', number: '+46701740688' }] }
    expect(await publish(write, [draftOf(contacts, change, base)])).toMatchObject({
      outcome: 'published',
    })
    // One more is one too many.
    const step = { text: 'Ring', call: [`${department}/contact/ingen`] }
    const more = draftOf(routine, { phases: { minutes15: { steps: [step] } } })
    expect(await publish(write, [more])).toMatchObject({ outcome: 'blocked' })
  })

  it('[M41] what all share counts where it is held, and is taken to be right where it is not', async () => {
    const write = test.writeStore(await test.copy())
    const draft = draftOf(routine, { systems: ['tes'] })
    const input = { department, drafts: [draft], signer: publisher().signing, reason: '' }
    const others = testDocuments('gemensamt')
    const systems = {
      department: 'gemensamt',
      kind: 'systems',
      id: 'systems',
      body: { title: 'System', systems: [{ id: 'larm', title: 'Larm', names: [] }] },
    } as unknown as PlanBDocument
    const result = await publishDrafts(officeOf(write), { ...input, others: [...others, systems] })
    expect(result).toMatchObject({ outcome: 'blocked', findings: [{ code: 'system-unknown' }] })
    expect(await publishDrafts(officeOf(write), input)).toMatchObject({ outcome: 'published' })
  })
})

describe('[M42] sending what waits', () => {
  const first = { gen: 1, v: 1 }
  const draft = (name: string, change: object, rev: number): StoredDraft => ({
    name,
    base: { ...first, body: bodyOf(name) },
    body: { ...bodyOf(name), ...change },
    changedAt: '2026-05-01T07:00:00Z',
    rev,
  })
  const drafts = () => [
    draft(contacts, { ...(withNumber('+46701740699').body as object) }, 1),
    draft(routine, { summary: 'Kort' }, 2),
  ]

  /** What a device keeps, for tests of what is done between its writes: those of tests/browser use a real one. */
  function createDesk(held: readonly StoredDraft[] = drafts()) {
    const draftsByName = new Map(held.map((one) => [one.name, one]))
    const asked: StoredPublication = {
      department,
      names: held.map(({ name }) => name),
      reason: 'Nytt nummer',
      askedAt: '2026-05-01T07:30:00Z',
      state: 'waiting',
      tries: 0,
      drafts: [...held],
    }
    const publications = new Map([[department, asked]])
    let left = Infinity
    const write = async (change: () => void) => {
      if (left-- <= 0) throw new Error('killed')
      change()
    }
    const desk: PublicationDesk = {
      drafts: {
        settle: (sent) =>
          write(() => {
            const now = draftsByName.get(sent.name)
            if (now?.rev === sent.rev) draftsByName.delete(sent.name)
          }),
      },
      publications: {
        get: async (id) => publications.get(id),
        put: (one) => write(() => publications.set(one.department, one)),
        remove: (id) => write(() => publications.delete(id)),
      },
    }
    return {
      desk,
      draftsByName,
      publications,
      waiting: () => publications.get(department),
      allow: (writes: number) => (left = writes),
    }
  }
  const send = (store: WriteStore, desk: PublicationDesk, office: Partial<Office> = {}) =>
    sendPublication(officeOf(store, office), desk, { department, signer: publisher().signing })

  it('publishes, clears the drafts, and is over', async () => {
    const store = await test.copy()
    const { desk, draftsByName, waiting } = createDesk()
    expect(await send(test.writeStore(store), desk)).toMatchObject({ outcome: 'published', v: 2 })
    expect([...draftsByName.keys()]).toEqual([])
    expect(waiting()).toBeUndefined()
    expect(await send(test.writeStore(store), desk)).toEqual({ outcome: 'nothing' })
    expect((await currentOf(store)).changes[0]).toMatchObject({ reason: 'Nytt nummer' })
  })

  it('killed between any two writes: the next try finds it out, and clears what is left', async () => {
    for (let writes = 0; writes < 3; writes++) {
      const store = await test.copy()
      const { desk, draftsByName, waiting, allow } = createDesk()
      allow(writes)
      await expect(send(test.writeStore(store), desk)).rejects.toThrow('killed')
      expect(waiting()).toBeDefined()
      allow(Infinity)
      expect(await send(test.writeStore(store), desk)).toMatchObject({ outcome: 'unchanged', v: 2 })
      expect(draftsByName.size).toBe(0)
      expect(waiting()).toBeUndefined()
      expect((await currentOf(store)).v).toBe(2)
    }
    // And where the answer was lost, with the page.
    const store = await test.copy()
    const { desk, waiting } = createDesk()
    expect(await send(createStoppedStore(test.writeStore(store), 1).store, desk)).toMatchObject({
      outcome: 'waiting',
      code: 'unreachable',
    })
    expect(waiting()).toMatchObject({ state: 'waiting', code: 'unreachable', tries: 1 })
    expect(await send(test.writeStore(store), desk)).toMatchObject({ outcome: 'unchanged' })
    expect(waiting()).toBeUndefined()
  })

  it('sends what was asked, and what was typed on meanwhile stays', async () => {
    const store = await test.copy()
    const { desk, draftsByName } = createDesk()
    const typedOn = draft(routine, { summary: 'Halv me' }, 7)
    draftsByName.set(routine, typedOn)
    await send(test.writeStore(store), desk)
    expect([...draftsByName.values()]).toEqual([typedOn])
    const { documents } = await currentOf(store)
    expect(bodyOf(routine, documents)).toMatchObject({ summary: 'Kort' })
  })

  it('what was asked anew meanwhile stays, whatever became of the first', async () => {
    for (const isTaken of [true, false]) {
      const write = test.writeStore(await test.copy())
      const { desk, publications, waiting } = createDesk()
      const again = { ...waiting()!, askedAt: '2026-05-01T07:45:00Z' }
      const meanwhile: WriteStore = {
        ...write,
        sendRelease: async (id, built) => {
          publications.set(department, again)
          if (!isTaken) throw new SendError('unreachable', 'no answer')
          return write.sendRelease(id, built)
        },
      }
      await send(meanwhile, desk)
      expect(waiting()).toEqual(again)
    }
  })

  it('a conflict is kept for a person, and not tried again until they ask', async () => {
    const store = await test.copy()
    await publish(test.writeStore(store), [withNumber('+46701740611')])
    const { desk, waiting, draftsByName } = createDesk()
    expect(await send(test.writeStore(store), desk)).toMatchObject({ outcome: 'conflict' })
    expect(waiting()).toMatchObject({
      state: 'conflict',
      tries: 1,
      triedAt: '2026-05-01T08:00:00.000Z',
      conflicts: [{ name: contacts, fields: [{ theirs: '+46701740611' }] }],
    })
    expect(draftsByName.size).toBe(2)
    expect(await send(test.writeStore(store), desk)).toEqual({ outcome: 'nothing' })
    expect((await currentOf(store)).v).toBe(2)
  })

  it('says what goes by itself and what does not', async () => {
    const outcomeOf = async (code: ConstructorParameters<typeof SendError>[0], more = {}) => {
      const { desk, waiting } = createDesk()
      const failing: WriteStore = {
        ...test.writeStore(),
        sendRelease: () => Promise.reject(new SendError(code, 'no', more)),
      }
      const sent = await send(failing, desk)
      expect(waiting()).toMatchObject({ state: sent.outcome, tries: 1 })
      return sent
    }
    for (const code of ['unreachable', 'timeout', 'not-the-store', 'full', 'read-only'] as const)
      expect(await outcomeOf(code)).toEqual({ outcome: 'waiting', code })
    expect(await outcomeOf('too-many', { retryAfterMs: 5000 })).toEqual({
      outcome: 'waiting',
      code: 'too-many',
      retryAfterMs: 5000,
    })
    expect(await outcomeOf('too-large')).toEqual({ outcome: 'refused', code: 'too-large' })
    expect(await outcomeOf('refused', { serverCode: 'head-gen' })).toEqual({
      outcome: 'refused',
      code: 'head-gen',
    })
    const bad = createDesk([draft(contacts, { contacts: 'none' }, 1)])
    expect(await send(test.writeStore(), bad.desk)).toEqual({ outcome: 'refused', code: 'blocked' })
    const { desk } = createDesk()
    const office = { open: async () => undefined }
    expect(await send(test.writeStore(), desk, office)).toEqual({
      outcome: 'waiting',
      code: 'not-readable',
    })
  })

  it('over a real line: a host that is away is waited for, and the next try arrives', async () => {
    const { organisation } = test
    const server = await startHttpServer({ organisation })
    try {
      for (const path of await test.store.list('')) {
        const bytes = (await test.store.get(path, { maxBytes: 4e6 }))!
        if (path.endsWith('latest')) await server.store.replace(path, bytes)
        else await server.store.putIfAbsent(path, bytes)
      }
      const at = (port: number) =>
        createHttpWriteStore({
          base: new URL(`http://127.0.0.1:${port}/store/`),
          fetch,
          timeoutMs: 20_000,
        })
      const { desk, waiting } = createDesk()
      const { outcome } = await send(at(await freePort()), desk)
      expect([outcome, waiting()?.code]).toEqual(['waiting', 'unreachable'])
      expect(await send(at(server.port), desk)).toMatchObject({ outcome: 'published' })
      expect((await currentOf(server.store)).v).toBe(2)
    } finally {
      await server.stop()
    }
  })
})
