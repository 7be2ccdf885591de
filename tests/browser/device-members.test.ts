import { describe, expect, it } from 'vitest'
import type { Phone as KnownPhone } from '#journal/phones.ts'
import { LIMITS } from '#store/layout.ts'
import { createMemoryStore } from '#store/memory.ts'
import { rotate } from '#sync/manage/rotate.ts'
import { wipe } from '#sync/manage/wipe.ts'
import { createInvitationId, encodeInvitation } from '#trust/invitation.ts'
import type { PublicJwk } from '#trust/keys.ts'
import { createTestOffice } from '../support/office.ts'
import { createStoreServer } from '../support/store-server.ts'
import {
  approved,
  department,
  departmentState,
  identity,
  invitation,
  join,
  office,
  page,
  reopen,
  rows,
  server,
  state,
  store,
  sync,
  test,
  useOffice,
} from './device-office.ts'

useOffice()

describe('what members tell', () => {
  it('[S50] [S55] a label, an invitation, a version: on the phone of whoever publishes', async () => {
    const id = createInvitationId()
    await page.evaluate((text) => window.planb.join(text), invitation({ id }))
    await page.evaluate((org) => window.planb.device.label(org).set('  Anna N '), test.organisation)
    await sync('joined')
    const device = await approved()
    await sync()
    await sync()
    const phones = await page.evaluate<KnownPhone[], string[]>(
      ([org, name]) => window.planb.device.journal(org!, name!).phones(),
      [test.organisation, department],
    )
    const { agreement } = await identity()
    expect(phones).toMatchObject([
      { device, label: 'Anna N', invitation: id, agreement, epoch: 1, confirmed: { gen: 1, v: 2 } },
    ])
    // Nothing of it is in clear in what the host holds.
    for (const path of await store.list(`d/${department}/log/`)) {
      const text = new TextDecoder().decode((await store.get(path, { maxBytes: LIMITS.log }))!)
      expect(atob(text.replace(/^.*?"payload":"|".*$/g, '').replace(/-/g, '+').replace(/_/g, '/'))).not.toContain('Anna') // prettier-ignore
    }
  })
})

describe('a phone whose access has ended', () => {
  it('[D6] [S20] keeps neither content nor keys nor what was told, at the next contact', async () => {
    await page.evaluate((text) => window.planb.join(text), invitation())
    await page.evaluate((org) => window.planb.device.label(org).set('Anna N'), test.organisation)
    await sync('joined')
    const device = await approved()
    await sync()
    await sync()
    await page.evaluate(
      (org) => window.planb.device.occasions.start('hemtjanst/routine/tes-korlista', org),
      test.organisation,
    )
    await page.evaluate(() => window.planb.device.replaceReadingCopy(window.planb.pages('text')))
    expect((await rows('records')).some(({ name }) => String(name).startsWith('entry/'))).toBe(true)
    await page.evaluate(
      (org) => window.planb.device.drafts(org).put({ name: 'hemtjanst/form/x', body: {} }),
      test.organisation,
    )
    await wipe(office(), { devices: [device] })
    expect(await sync()).toBe('ended')
    await reopen()
    expect(await departmentState()).toMatchObject({ status: 'ended' })
    expect((await departmentState())?.v).toBeUndefined()
    for (const table of ['keys', 'blobs', 'snapshots', 'pointers'])
      expect(await rows(table), table).toEqual([])
    expect((await rows('records')).map(({ name }) => String(name)).toSorted()).toEqual([
      'device',
      'organisation',
    ])
    expect(await page.evaluate(() => window.planb.device.occasions.list())).toEqual([])
    expect(await page.evaluate(() => window.planb.readingCopy.list())).toEqual([])
    expect((await state()).roles).toEqual([])
    expect(await sync()).toBe('ended')
  })

  it('[D6] comes back with a new code as somebody new', async () => {
    await join()
    const { device } = await identity()
    await wipe(office(), { devices: [device] })
    await sync()
    const { root } = await wipe(office(), { devices: [device] })
    await join(invitation({ root: { v: root.v, hash: root.hash } }))
    expect((await identity()).device).not.toBe(device)
    expect(await departmentState()).toMatchObject({ status: 'stored' })
  })
})

describe('a new epoch', () => {
  const begin = async (phones: Record<string, PublicJwk>) => {
    const signer = test.rootKeys[0]!
    return rotate(office(), { department, leaveOut: [], phones, signer })
  }

  it('[S13] comes to known phones by itself', async () => {
    await join()
    const { device, agreement } = await identity()
    await begin({ [device]: agreement })
    expect(await sync()).toBe('updated')
    expect(await departmentState()).toMatchObject({ status: 'stored', v: 2 })
  })

  it('[S13] others keep what they have; an old code says that it has ended, and does not wait', async () => {
    await join()
    await begin({})
    expect(await sync()).toBe('needs-new-code')
    expect(await departmentState()).toMatchObject({ status: 'needs-new-code', v: 1 })
    const old = invitation()
    await page.evaluate((org) => window.planb.device.leave(org, 'hemtjanst'), test.organisation)
    await page.evaluate((org) => window.planb.device.leave(org, 'gemensamt'), test.organisation)
    expect(await join(old)).toBe('needs-new-code')
    const joined = await departmentState()
    expect(joined).toMatchObject({ status: 'needs-new-code' })
    expect(joined?.v).toBeUndefined()
  })
})

describe('two organisations', () => {
  it('[D8] on one phone have nothing to do with each other', async () => {
    await join()
    const otherStore = createMemoryStore()
    const other = await createTestOffice(otherStore)
    const host = await createStoreServer(otherStore)
    try {
      // The other one's address stands in its invitation; its root names a store beside the app, which is not its own.
      const text = encodeInvitation({
        organisation: other.organisation,
        department,
        root: { v: 1, hash: other.organisation },
        floor: { gen: 1, v: 1, epoch: 1 },
        id: createInvitationId(),
        epochKey: other.epochs[department]!.key,
        flags: 0,
        mirror: `${host.base}store/`,
      })
      host.interfere((_path, _request, response) => {
        response.setHeader('access-control-allow-origin', '*')
        return false
      })
      server.forget()
      await join(text)
      const { organisations, departments } = await state()
      expect(organisations.map(({ id }) => id)).toEqual([test.organisation, other.organisation])
      expect(new Set(organisations.map(({ device }) => device)).size).toBe(2)
      expect(new Set(organisations.map(({ checkWords }) => checkWords.join())).size).toBe(2)
      expect(departments.filter(({ status }) => status === 'stored')).toHaveLength(4)
      await sync()
      const labels = await page.evaluate(
        async ([one, two]) => {
          await window.planb.device.label(one!).set('hos den ena')
          return window.planb.device.label(two!).get()
        },
        [test.organisation, other.organisation],
      )
      expect(labels).toBe('')
      // Ended by the one, it goes on in the other.
      await wipe(office(), { devices: [(await identity()).device] })
      await sync()
      const after = (await state()).departments
      const statusOf = (id: string) =>
        after.filter(({ organisation }) => organisation === id).map(({ status }) => status)
      expect(statusOf(test.organisation)).toEqual(['ended', 'ended'])
      expect(statusOf(other.organisation)).toEqual(['stored', 'stored'])
    } finally {
      await host.close()
    }
  })
})
