import { describe, expect, it } from 'vitest'
import type { CDPSession, Page } from 'playwright-core'
import type { Draft } from '#device/drafts.ts'
import type { Publication } from '#device/publications.ts'
import {
  join,
  organisation,
  page,
  phone,
  reopen,
  rows,
  server,
  start,
  usePhone,
} from './device-phone.ts'

usePhone()

const name = 'hemtjanst/routine/tes-korlista'
const base = { gen: 1, v: 1, body: { title: 'TES' } }

/** Runs with the drafts of the organisation of this test. */
const put = (draft: { name: string; base?: typeof base; body?: unknown }) =>
  page.evaluate(([id, what]) => window.planb.device.drafts(id).put(what), [
    organisation.organisation,
    draft,
  ] as const)
const list = (department?: string, on: Page = page) =>
  on.evaluate(
    ([id, of]) => window.planb.device.drafts(id!).list(of),
    [organisation.organisation, department],
  )
const remove = (draft: string, rev?: number) =>
  page.evaluate(([id, what, which]) => window.planb.device.drafts(id).remove(what, which), [
    organisation.organisation,
    draft,
    rev,
  ] as const)
const publication = {
  department: 'hemtjanst',
  names: [name],
  reason: 'Nytt nummer',
  askedAt: '2026-01-01T12:00:00Z',
  state: 'waiting' as const,
  tries: 0,
} satisfies Publication
const putPublication = (more = {}) =>
  page.evaluate(([id, what]) => window.planb.device.publications(id).put(what), [
    organisation.organisation,
    { ...publication, ...more },
  ] as const)
const publications = () =>
  page.evaluate((id) => window.planb.device.publications(id).list(), organisation.organisation)

describe('[D11] drafts', () => {
  it('lie side by side, each write with a number of its own', async () => {
    await join()
    expect(await put({ name, base, body: { title: 'A' } })).toMatchObject({ rev: 1 })
    expect(await put({ name, base, body: { title: 'B' } })).toMatchObject({ rev: 2 })
    await put({ name: 'hemtjanst/routine/ny', body: {} })
    await put({ name: 'hemtjanst-natt/form/x', base })
    expect(await list('hemtjanst')).toMatchObject([
      { name, base, body: { title: 'B' }, rev: 2 },
      { name: 'hemtjanst/routine/ny', body: {}, rev: 3 },
    ])
    const removal = (await list()).find((draft) => draft.name === 'hemtjanst-natt/form/x')
    expect(removal).toMatchObject({ base, rev: 4 })
    expect(removal).not.toHaveProperty('body')
  })

  it('go only as they were when they were sent', async () => {
    await join()
    await put({ name, base, body: { title: 'A' } })
    await put({ name, base, body: { title: 'typed meanwhile' } })
    expect(await remove(name, 1)).toBe(false)
    expect(await list()).toMatchObject([{ body: { title: 'typed meanwhile' } }])
    expect(await remove(name, 2)).toBe(true)
    expect(await remove(name)).toBe(false)
    expect(await list()).toEqual([])
    // Begun anew under the same name it is another draft, which nobody has sent.
    expect(await put({ name, base, body: {} })).toMatchObject({ rev: 3 })
    expect(await remove(name, 1)).toBe(false)
  })

  it('are on disk before the write is answered, whatever is killed between two', async () => {
    await join()
    // Strict: what a relaxed write leaves in memory is lost with the battery, not with the process.
    await page.evaluate(() => {
      const made: string[] = []
      Object.assign(globalThis, { made })
      const transaction = Reflect.get(
        IDBDatabase.prototype,
        'transaction',
      ) as IDBDatabase['transaction']
      IDBDatabase.prototype.transaction = function (names, mode, options) {
        if (mode === 'readwrite') made.push(options?.durability ?? 'default')
        return transaction.call(this, names, mode, options)
      }
    })
    await put({ name, base, body: { title: 'text 0' } })
    await putPublication()
    await remove(name)
    expect(await page.evaluate(() => (globalThis as { made?: string[] }).made)).toEqual([
      'strict',
      'strict',
      'strict',
    ])
    for (let round = 1; round <= 3; round++) {
      await put({ name, base, body: { title: `text ${round}` } })
      // Under way when everything ends: it is there as a whole, or not at all.
      void put({ name, base, body: { title: `later ${round}` } }).catch(() => undefined)
      void put({ name: `hemtjanst/form/f-${round}`, body: {} }).catch(() => undefined)
      await phone.kill()
      await start()
      const [draft] = await list('hemtjanst')
      expect([`text ${round}`, `later ${round}`]).toContain((draft!.body as typeof base.body).title)
      const held = (await rows('records')).map((row) => row.name)
      const indexed = (await list()).map((one) => `draft:${one.name}`)
      expect(
        held
          .filter((record) => String(record).startsWith('draft:'))
          .map(String)
          .toSorted(),
      ).toEqual(indexed.toSorted())
      expect(await publications()).toMatchObject([publication])
    }
  }, 60_000)

  it('two tabs hear of each other, and do not write over each other', async () => {
    await join()
    const other = await page.context().newPage()
    await other.goto(server.base)
    await other.evaluate(async () => {
      await window.planb.open()
      const heard: string[] = []
      Object.assign(globalThis, { heard })
      window.planb.device.onChange((change) => heard.push(change))
    })
    await Promise.all([
      put({ name, base, body: { title: 'A' } }),
      other.evaluate(
        (id) => window.planb.device.drafts(id).put({ name: 'hemtjanst/routine/annan', body: {} }),
        organisation.organisation,
      ),
    ])
    await putPublication()
    await other.waitForFunction(() => {
      const { heard } = globalThis as { heard?: string[] }
      return heard!.filter((change) => change === 'drafts').length === 3
    })
    expect((await list(undefined, other)).map((draft) => draft.name).toSorted()).toEqual([
      'hemtjanst/routine/annan',
      name,
    ])
    expect(await list()).toHaveLength(2)
    await other.close()
  })

  it('can be read where the ordinary way to the database does not open', async () => {
    await join()
    await put({ name, base, body: { title: 'A' } })
    await putPublication()
    await page.goto(server.base)
    await page.evaluate(() => window.planb.open({ name: 'silentDexie' }))
    expect(await list()).toMatchObject([{ name, body: { title: 'A' } }])
    expect(await publications()).toMatchObject([publication])
    const code = await page.evaluate(
      (id) => window.planb.codeOf(() => window.planb.device.drafts(id).put({ name: 'a/b/c' })),
      organisation.organisation,
    )
    expect(code).toBe('read-only')
  })

  it('go with their department, and not with another', async () => {
    await join()
    await put({ name, base, body: { title: 'A' } })
    await put({ name: 'gemensamt/situation/nu', body: {} })
    await putPublication()
    await page.evaluate(
      (id) => window.planb.device.leave(id, 'hemtjanst'),
      organisation.organisation,
    )
    expect((await list()).map((draft) => draft.name)).toEqual(['gemensamt/situation/nu'])
    expect(await publications()).toEqual([])
    const held = JSON.stringify(await rows('records'))
    expect(held).not.toContain('"A"')
    expect(await put({ name, base, body: { title: 'again' } })).toMatchObject({ rev: 3 })
    expect((await list('hemtjanst')).map((draft) => draft.name)).toEqual([name])
  })
})

describe('[D12] what waits to be published', () => {
  const place = { gen: 1, v: 2 }
  const settle = (sent: Draft) =>
    page.evaluate(([id, ...what]) => window.planb.device.drafts(id).settle(...what), [
      organisation.organisation,
      sent,
      place,
    ] as const)
  const asked = async () => (await publications())[0]!.drafts!

  it('are the drafts as they were when it was asked, not what is typed on', async () => {
    await join()
    const sent = await put({ name, base, body: { title: 'asked' } })
    await putPublication({ names: [name, 'hemtjanst/form/none'] })
    const later = await put({ name, base, body: { title: 'half a sen' } })
    // Noted by whoever sends: a try that failed, a conflict.
    await putPublication({ tries: 1, code: 'unreachable' })
    expect(await asked()).toEqual([sent])
    await putPublication({ tries: 2, state: 'conflict' })
    expect(await asked()).toEqual([sent])
    // Asked again by a person.
    await putPublication({ tries: 0 })
    expect(await asked()).toEqual([later])
    const last = await put({ name, base, body: { title: 'anew' } })
    await putPublication({ askedAt: '2026-01-02T12:00:00Z' })
    expect(await asked()).toEqual([last])
  })

  it('goes when it is out; what was typed on goes on from what was sent', async () => {
    await join()
    const sent = await put({ name, base, body: { title: 'sent' } })
    await put({ name, base, body: { title: 'typed on' } })
    await settle(sent)
    await settle(sent)
    const goesOn = { base: { ...place, body: { title: 'sent' } }, body: { title: 'typed on' } }
    expect(await list()).toMatchObject([goesOn])
    // An editor that has not heard of it writes with the base it began with.
    const written = await put({ name, base, body: { title: 'typed on and on' } })
    expect(written).toMatchObject({ base: goesOn.base, body: { title: 'typed on and on' } })
    const newer = { gen: 1, v: 3, body: { title: 'newer' } }
    expect(await put({ name, base: newer, body: {} })).toMatchObject({ base: newer })
  })

  it('goes as it was sent; another one begun since under that name stays', async () => {
    await join()
    const sent = await put({ name, base, body: { title: 'sent' } })
    const removal = await put({ name: 'hemtjanst/form/x', base })
    await settle(sent)
    expect((await list()).map((draft) => draft.name)).toEqual(['hemtjanst/form/x'])
    // The app was closed before all was cleared, and somebody began to write.
    await put({ name, base: { ...base, v: 2 }, body: { title: 'new' } })
    await put({ name: 'hemtjanst/form/x', base, body: { title: 'kept after all' } })
    await settle(sent)
    await settle(removal)
    const [draft, form] = await list()
    expect(form).toMatchObject({ name, body: { title: 'new' } })
    expect(draft).toMatchObject({ body: { title: 'kept after all' } })
    expect(draft).not.toHaveProperty('base')
  })
})

describe('[D11] what waits to be published', () => {
  it('is one for each department, and stays when the app is closed', async () => {
    await join()
    await putPublication()
    await putPublication({ state: 'conflict', tries: 2, conflicts: [{ name, fields: [] }] })
    await putPublication({ department: 'gemensamt', names: [] })
    await reopen()
    expect(await publications()).toMatchObject([
      { department: 'hemtjanst', state: 'conflict', tries: 2 },
      { department: 'gemensamt' },
    ])
    const left = await page.evaluate(async (id) => {
      const kept = window.planb.device.publications(id)
      await kept.remove('hemtjanst')
      return [await kept.get('hemtjanst'), (await kept.list()).map((one) => one.department)]
    }, organisation.organisation)
    expect(left).toEqual([undefined, ['gemensamt']])
  })
})

describe('[D11] a full disk', () => {
  let session: CDPSession | undefined

  it('gives the code `full`; what was written before stays, and goes on when there is room', async () => {
    // Before anything is written: Chromium remembers the room that is left for half a minute.
    await setQuota(300_000)
    await join()
    await put({ name, base, body: { title: 'kept' } })
    // Chromium knows how much room is left only about: it takes some before it says no.
    const written = await page.evaluate(
      async ([id, draft]) => {
        const drafts = window.planb.device.drafts(id)
        const random = () =>
          Array.from(crypto.getRandomValues(new Uint32Array(16_000)), (n) => n.toString(36)).join()
        for (let round = 1; round < 30; round++) {
          const body = random()
          const code = await window.planb.codeOf(() => drafts.put({ name: draft, body }))
          if (code !== undefined) return { code, kept: await drafts.get(draft), rev: round }
        }
        return undefined
      },
      [organisation.organisation, name] as const,
    )
    expect(written).toMatchObject({ code: 'full', kept: { name, rev: written?.rev } })
    await reopen()
    expect(await list()).toEqual([written?.kept])
    await setQuota(undefined)
    expect(await put({ name, base, body: { title: 'on' } })).toMatchObject({
      rev: written!.rev + 1,
    })
    expect(await list()).toMatchObject([{ name, body: { title: 'on' } }])
  })

  async function setQuota(quotaSize: number | undefined) {
    // The override lasts as long as the session that made it.
    session ??= await page.context().newCDPSession(page)
    const origin = new URL(server.base).origin
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize })
  }
})
