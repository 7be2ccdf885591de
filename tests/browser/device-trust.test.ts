import { describe, expect, it } from 'vitest'
import { payloadOf, signHead } from '#release/head.ts'
import { headPath, latestPath } from '#store/layout.ts'
import { confirm } from '#sync/manage/confirm.ts'
import { replaceRecovery } from '#sync/manage/replace-recovery.ts'
import { revoke } from '#sync/manage/revoke.ts'
import { createAgreementKey, createSigningKey } from '#trust/keys.ts'
import { createRestorePayload, encodeRestorePayload } from '#trust/restore-payload.ts'
import { nextRoot, signRoot, verifyNextRoot } from '#trust/root.ts'
import { emptyPhone } from '../support/empty-phone.ts'
import {
  approved,
  authority,
  department,
  departmentState,
  heldHead,
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

describe('a phone that becomes a publisher', () => {
  it('[D1] [S47] sees it by itself, and can hand on the key it reads with', async () => {
    await join()
    expect((await state()).roles).toEqual([])
    expect((await authority()).epoch).toBeUndefined()
    const device = await approved()
    expect(await sync()).toBe('updated')
    expect((await state()).roles).toEqual([
      {
        organisation: test.organisation,
        role: 'publisher',
        kid: device,
        departments: [department],
        approve: [],
        start: [department],
      },
    ])
    const epoch = { epoch: 1, key: Array.from(test.epochs[department]!.key) }
    const able = { signer: device, common: undefined, epoch, isExtractable: [false, undefined] }
    expect(await authority()).toMatchObject({ ...able, commonEpoch: 1 })
    // After a restart too.
    await reopen()
    expect(await authority()).toMatchObject(able)
    expect(await departmentState()).toMatchObject({ status: 'stored' })
  })

  it('[S47] where the wrap never comes goes on reading, and asks for the keys once', async () => {
    await join()
    const { device, signing } = await identity()
    const root = office().root
    const departments = structuredClone(root.departments)
    departments[department]!.publish.push(device)
    const issued = new Date().toISOString()
    const change = { issued, departments, keys: { ...root.keys, [device]: signing } }
    const { bytes } = await signRoot(nextRoot(root, change), [test.rootKeys[0]!])
    await store.putIfAbsent('root/2.jws', bytes)
    server.forget()
    expect(await sync()).toBe('current')
    expect(await sync()).toBe('current')
    const keys = await heldHead()
    expect(server.paths().filter((path) => path === `b/${keys.keys[0]}`)).toHaveLength(1)
    expect(await departmentState()).toMatchObject({ status: 'stored' })
    expect((await state()).roles).toHaveLength(1)
    expect((await authority()).epoch).toBeUndefined()
  })

  it('[D1] [D5] loses it when the coordinator ends it, silently, and reads on', async () => {
    await join()
    const device = await approved()
    await sync()
    const before = await departmentState()
    await revoke(office(), { kid: device })
    expect(await sync()).toBe('updated')
    expect((await state()).roles).toEqual([])
    const after = await departmentState()
    expect(after).toMatchObject({ status: 'stored', number: before?.number })
    expect(after?.note).toBeUndefined()
    expect(await authority()).toMatchObject({ signer: undefined, epoch: undefined })
    // Who had the right is to be told: also after a restart, and by nothing but the phone's own memory.
    const published = () =>
      page.evaluate((id) => window.planb.device.published(id), test.organisation)
    expect(await published()).toEqual([department])
    const held = (await rows('keys')).filter(({ name }) => String(name).startsWith('epoch/'))
    expect(held).not.toEqual([])
    expect(held.every(({ key }) => !('bytes' in (key as object)))).toBe(true)
    await reopen()
    expect(await departmentState()).toMatchObject({ status: 'stored' })
    expect(await published()).toEqual([department])
  })

  it('[S47] where the browser stores no keys: wrapped, and as able after a restart', async () => {
    await page.evaluate(() => {
      // oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
      const put = IDBObjectStore.prototype.put
      IDBObjectStore.prototype.put = function (value: { key?: object }, ...rest) {
        if (Object.values(value?.key ?? {}).some((part) => part instanceof CryptoKey))
          throw new DOMException('could not be cloned', 'DataCloneError')
        return put.call(this, value, ...rest)
      }
    })
    await join()
    const device = await approved()
    await sync()
    await reopen()
    const key = Array.from(test.epochs[department]!.key)
    expect(await authority()).toMatchObject({ signer: device, epoch: { epoch: 1, key } })
    const names = (await rows('keys')).filter((row) => row.wrapped !== undefined)
    expect(names.length).toBeGreaterThanOrEqual(4)
  })
})

describe("a coordinator's phone", () => {
  it('[D4] holds a root key that stays there, and a recovery key that it can print', async () => {
    const keys = { signing: test.rootKeys[0]!, recovery: test.recovery }
    const payload = await createRestorePayload('coordinator', test.organisation, keys)
    await page.evaluate((text) => window.planb.restore(text), encodeRestorePayload(payload))
    await sync('joined')
    const kid = test.rootKeys[0]!.kid
    expect(await authority()).toMatchObject({
      rootKey: kid,
      signer: kid,
      isExtractable: [false, false],
      recovery: test.recovery.kid,
      printed: 'recovery-key',
      epoch: { epoch: 1, key: Array.from(test.epochs[department]!.key) },
    })
    await reopen()
    expect(await authority()).toMatchObject({ printed: 'recovery-key', commonEpoch: 1 })
    expect((await state()).departments.map(({ status }) => status)).toEqual(Array(3).fill('stored'))
  })

  it('[D10] is whole at the next opening, wherever the app was closed in the middle of the first', async () => {
    const keys = { signing: test.rootKeys[0]!, recovery: test.recovery }
    const payload = encodeRestorePayload(
      await createRestorePayload('coordinator', test.organisation, keys),
    )
    const cutOff: number[] = []
    // At every write of the way until a restore waits for its root no more; what comes after is content.
    for (let writes = 0; cutOff.length === writes; writes++) {
      await emptyPhone(page, server.base)
      await page.goto(server.base)
      await page.evaluate(async (allowed) => {
        // oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
        const { transaction } = IDBDatabase.prototype
        let done = 0
        let hasRoot = false
        IDBDatabase.prototype.transaction = function (names, mode, ...rest) {
          if (mode === 'readwrite') {
            if (hasRoot && done++ >= allowed) throw new DOMException('closed', 'AbortError')
            hasRoot ||= [names].flat().includes('roots')
          }
          return transaction.call(this, names, mode, ...rest)
        }
        await window.planb.open()
      }, writes)
      await page.evaluate((text) => window.planb.restore(text), payload)
      await page.evaluate(() => window.planb.sync.syncNow('joined'))
      await reopen()
      const before = await rows('memberships')
      // The page that was closed may have its turn a moment longer.
      await expect.poll(() => sync('open'), { timeout: 10_000 }).not.toBe('busy')
      await sync('open')
      if (before.length < 3) cutOff.push(writes)
      const { departments, roles } = await state()
      expect(roles).toHaveLength(1)
      expect(departments.map(({ status }) => status)).toEqual(Array(3).fill('stored'))
      expect((await rows('keys')).map(({ name }) => name)).not.toContain('pending-restore')
    }
    expect(cutOff.length).toBeGreaterThan(5)
  })

  it('[D10] [T42] says what of it is not in force: a root may come that names it', async () => {
    const next = await createAgreementKey({ extractable: true })
    const keys = { signing: test.rootKeys[0]!, recovery: next }
    const payload = await createRestorePayload('coordinator', test.organisation, keys)
    await page.evaluate((text) => window.planb.restore(text), encodeRestorePayload(payload))
    const { organisation } = test
    const given = { organisation, type: 'coordinator' }
    expect((await state()).givenKeys).toEqual([{ ...given, standing: 'waiting' }])
    await sync('joined')
    expect(await state()).toMatchObject({
      roles: [{ kid: test.rootKeys[0]!.kid, role: 'coordinator' }],
      departments: [],
      givenKeys: [{ ...given, standing: 'recovery-unknown' }],
    })
    await reopen()
    expect((await state()).givenKeys).toEqual([{ ...given, standing: 'recovery-unknown' }])

    await join()
    await replaceRecovery(office(), { recovery: next, extraKeys: [test.rootKeys[1]!] })
    await sync()
    await sync()
    const after = await state()
    expect(after.givenKeys).toBeUndefined()
    expect(after.departments.map(({ status }) => status)).toEqual(Array(3).fill('stored'))
    expect((await rows('keys')).map(({ name }) => name)).not.toContain('pending-restore')
  })

  it('[D10] says of a key that no root names that it is none', async () => {
    const signing = await createSigningKey({ extractable: true })
    const payload = await createRestorePayload('publisher', test.organisation, { signing })
    await join()
    await page.evaluate((text) => window.planb.restore(text), encodeRestorePayload(payload))
    expect(await state()).toMatchObject({
      roles: [],
      givenKeys: [{ type: 'publisher', standing: 'unknown' }],
    })
  })

  it('[D4] who joined as staff first can hand keys on as well', async () => {
    await join()
    const keys = { signing: test.rootKeys[0]!, recovery: test.recovery }
    const payload = await createRestorePayload('coordinator', test.organisation, keys)
    await page.evaluate((text) => window.planb.restore(text), encodeRestorePayload(payload))
    await sync('joined')
    await sync()
    expect((await authority()).epoch?.epoch).toBe(1)
  })
})

describe('when a release was last confirmed', () => {
  const publisher = () => test.publishers[department]!.signing

  it('[D2] is said by a beat, kept over a restart, and not lowered by what comes later', async () => {
    await join()
    const first = (await departmentState())?.confirmedAt
    expect(first).toBe((await heldHead()).issued)
    await confirm(office(), department, publisher())
    await sync()
    const confirmed = (await departmentState())?.confirmedAt
    expect(Date.now() - Date.parse(confirmed!)).toBeLessThan(120_000)
    await store.remove(`d/${department}/beat.jws`)
    await sync()
    await reopen()
    expect((await departmentState())?.confirmedAt).toBe(confirmed)
    // By somebody whose right has ended it was never said.
    await revoke(office(), { kid: publisher().kid })
    await sync()
    const resigned = (await departmentState())?.confirmedAt
    expect(Date.parse(resigned!)).toBeGreaterThanOrEqual(Date.parse(confirmed!) - 60_000)
    expect(await rows('records')).not.toContainEqual(
      expect.objectContaining({ value: { beats: [expect.anything(), expect.anything()] } }),
    )
  })

  it('[D3] a later root that is named and cannot be had turns amber, until it arrives', async () => {
    await join()
    const root = office().root
    const issued = new Date().toISOString()
    const next = await signRoot(nextRoot(root, { issued }), [test.rootKeys[0]!])
    const head = await heldHead()
    const named = { ...payloadOf(head), v: 2, prev: head.hash, root: { v: 2, hash: next.hash } }
    const { bytes } = await signHead(named, publisher())
    await store.putIfAbsent(headPath(department, 1, 2), bytes)
    await store.replace(latestPath(department), new TextEncoder().encode('0001-0000000002'))
    expect(await sync()).toBe('updated')
    expect((await departmentState())?.note).toEqual({ code: 'withheld-root' })
    const tried = await page.evaluate((id) => window.planb.device.tried(id), test.organisation)
    expect(tried.map(({ code }) => code)).toContain('withheld-root')
    await store.putIfAbsent('root/2.jws', next.bytes)
    await sync()
    expect((await departmentState())?.note).toBeUndefined()
  })

  it('[D3] an invitation that claims a root which is none is ended by one that fits', async () => {
    await join()
    await join(invitation({ root: { v: 900, hash: 'f'.repeat(64) } }))
    expect((await departmentState())?.note).toEqual({ code: 'withheld-root' })
    await join()
    expect((await departmentState())?.note).toBeUndefined()
  })

  it('[D7] a later format asks for a newer app while everything held goes on being shown', async () => {
    await join()
    const head = await heldHead()
    const newer = { ...payloadOf(head), v: 2, prev: head.hash, minFormat: 2 }
    const { bytes } = await signHead(newer, publisher())
    await store.putIfAbsent(headPath(department, 1, 2), bytes)
    await sync()
    expect((await state()).organisations[0]).toMatchObject({ needsNewerApp: true })
    expect(await departmentState()).toMatchObject({ status: 'stored', v: 1 })
    await store.remove(headPath(department, 1, 2))
    await sync()
    expect((await state()).organisations[0]).toMatchObject({ needsNewerApp: false })
  })
})

describe('what one stolen root key can sign', () => {
  it('[D9] is not kept without end: every start reads all roots that are', async () => {
    await join()
    let current = test.root
    for (let count = 0; count < 20; count++) {
      const next = nextRoot(current, { issued: '2026-03-13T08:00:00.000Z' })
      const { bytes } = await signRoot(next, [test.rootKeys[2]!])
      await store.putIfAbsent(`root/${next.v}.jws`, bytes)
      current = await verifyNextRoot(bytes, current)
    }
    await sync()
    const held = (await rows('roots')).map(({ v }) => v as number)
    // The eight newest; root 1, which enough keys signed and under which the release was accepted.
    expect(held).toEqual([1, 14, 15, 16, 17, 18, 19, 20, 21])
    await reopen()
    expect(await departmentState()).toMatchObject({ status: 'stored', v: 1 })
    expect((await state()).organisations[0]?.root?.v).toBe(21)
  })
})
