import { describe, expect, it } from 'vitest'
import { createEpochSecret } from '#release/epoch-secret.ts'
import { encodeInvitation } from '#trust/invitation.ts'
import { createTestOrganisation, testDocuments } from '../support/organisation.ts'
import {
  change,
  department,
  join,
  numbers,
  organisation,
  page,
  phone,
  reopen,
  rows,
  server,
  start,
  state,
  store,
  sync,
  usePhone,
} from './device-phone.ts'

usePhone()

describe('a phone joins', () => {
  it('gets the department and what all share', async () => {
    expect(await join()).toEqual({ hemtjanst: 'updated', gemensamt: 'updated' })
    expect(await state()).toMatchObject({
      organisations: [{ id: organisation.organisation, title: 'Testkommunen', example: false }],
      departments: [
        { department: 'hemtjanst', status: 'stored', v: 1, number: numbers[0], documents: 3 },
        { department: 'gemensamt', status: 'stored', v: 1 },
      ],
      roles: [],
    })
    expect((await state()).organisations[0]?.checkWords).toHaveLength(8)
  })

  it('waits where the host is dead, and keeps what it joined', async () => {
    server.interfere((_path, request) => {
      request.socket.destroy()
      return true
    })
    expect(await join()).toEqual({ hemtjanst: 'failed unreachable' })
    server.interfere(undefined)
    await reopen()
    expect(await department()).toMatchObject({ status: 'waiting' })
    expect(await sync()).toEqual({ hemtjanst: 'updated', gemensamt: 'updated' })
  })

  it('reads it after the browser was closed and the host is gone', async () => {
    await join()
    await phone.close()
    server.interfere((path, _request, response) => {
      if (!path.startsWith('/')) response.destroy()
      return !path.startsWith('/')
    })
    await start()
    expect(await department()).toMatchObject({ status: 'stored', number: numbers[0] })
  })

  it('has its own keys, which cannot be read out, and keeps them', async () => {
    await join()
    const keys = () =>
      page.evaluate(async (id) => {
        const all = await window.planb.rows(id, 'keys')
        return all.map(({ name, key, wrapped }) => ({
          name,
          isWrapped: wrapped !== undefined,
          extractable: Object.values(key as object).flatMap((part) =>
            part instanceof CryptoKey ? [part.extractable] : [],
          ),
        }))
      }, organisation.organisation)
    const before = await keys()
    expect(before.map(({ name }) => String(name).replace(/[0-9a-f]{16}$/, '…'))).toEqual([
      'device/agreement',
      'device/signing',
      'epoch/gemensamt/1/…',
      'epoch/hemtjanst/1/…',
    ])
    expect(before.flatMap(({ extractable }) => extractable)).toEqual([false, false, false, false])
    const device = (await state()).organisations[0]?.device
    await join()
    expect(await keys()).toEqual(before)
    expect((await state()).organisations[0]?.device).toBe(device)
  })

  it('adds an organisation, never replaces one', async () => {
    await join()
    const other = await createTestOrganisation()
    await page.evaluate((text) => window.planb.join(text), other.invitationText('hemtjanst'))
    const { organisations, departments } = await state()
    expect(organisations.map(({ id }) => id)).toEqual([
      organisation.organisation,
      other.organisation,
    ])
    expect(departments.map(({ status }) => status)).toEqual(['stored', 'stored', 'waiting'])
    expect(new Set(organisations.map(({ device }) => device)).size).toBe(2)
  })

  it('is not locked out by a false invitation to a department it has', async () => {
    await join()
    await change()
    const forged = {
      ...organisation.invitation('hemtjanst'),
      root: { v: 900, hash: 'f'.repeat(64) },
      floor: { gen: 1, v: 9_999_999, epoch: 1 },
      epochKey: new Uint8Array(32),
    }
    const { encodeInvitation } = await import('#trust/invitation.ts')
    expect(await join(encodeInvitation(forged))).toMatchObject({ hemtjanst: 'updated' })
    await reopen()
    expect(await department()).toMatchObject({ v: 2, number: numbers[1] })
  })

  it('leaves a department: its content and keys go, the others stay', async () => {
    await join()
    const id = organisation.organisation
    await page.evaluate((org) => window.planb.device.leave(org, 'hemtjanst'), id)
    expect((await state()).departments.map((one) => one.department)).toEqual(['gemensamt'])
    const names = (await rows('keys')).map(({ name }) => String(name))
    expect(names.filter((name) => name.startsWith('epoch/hemtjanst'))).toEqual([])
    const kept = new Set(
      (await rows('snapshots')).flatMap(({ blobs }) =>
        (blobs as { hash: string }[]).map(({ hash }) => hash),
      ),
    )
    expect((await rows('blobs')).every(({ hash }) => kept.has(String(hash)))).toBe(true)
    await page.evaluate((org) => window.planb.device.leave(org, 'gemensamt'), id)
    expect(await state()).toMatchObject({ organisations: [], departments: [] })
  })

  it.each(['before', 'after'])(
    '[S16] a false link for what all share, taken %s it has arrived, keeps nothing away',
    async (when) => {
      const falseLink = encodeInvitation({
        ...organisation.invitation('gemensamt'),
        floor: { gen: 9999, v: 9_999_999_999, epoch: 1 },
        epochKey: new Uint8Array(32),
      })
      if (when === 'after') await join()
      await page.evaluate((text) => window.planb.join(text), falseLink)
      await join()
      await organisation.publish(store, 'gemensamt', testDocuments('gemensamt', numbers[2]))
      await sync()
      expect((await department('gemensamt'))?.v).toBe(2)
    },
  )
})

describe('an update', () => {
  it('takes the place of what was current, and keeps that as the one before', async () => {
    await join()
    await change(numbers[1])
    expect(await sync('tick')).toMatchObject({ hemtjanst: 'updated' })
    await change(numbers[2])
    await sync('tick')
    expect(await department()).toMatchObject({ v: 3, number: numbers[2] })
    const pointers = await rows('pointers')
    const snapshots = await rows('snapshots')
    const versions = (pointer: Record<string, unknown> | undefined) =>
      ['current', 'previous'].map((which) => {
        const row = snapshots.find(({ id }) => id === pointer?.[which])
        return row?.v
      })
    expect(versions(pointers.find((one) => one.department === 'hemtjanst'))).toEqual([3, 2])
    expect(snapshots).toHaveLength(3)
  })

  it('removes blobs that no kept release names', async () => {
    await join()
    for (const number of [numbers[1], numbers[2], numbers[0]]) {
      await change(number)
      await sync('tick')
    }
    const named = new Set(
      (await rows('snapshots')).flatMap(({ blobs }) =>
        (blobs as { hash: string }[]).map(({ hash }) => hash),
      ),
    )
    const held = (await rows('blobs')).map(({ hash }) => String(hash))
    expect(new Set(held)).toEqual(named)
    expect((await rows('records')).map(({ name }) => name)).not.toContain('staged/hemtjanst')
  })

  it('leaves alone what another department has written and not yet put in force', async () => {
    await join()
    // As it lies there between the writing of a release and the moment it is current.
    await page.evaluate(async (id) => {
      const database = await window.planb.raw(id)
      const [row] = await window.planb.rows(id, 'snapshots')
      const blobs = [{ kind: 'pack', hash: 'its-blob', size: 3 }]
      const transaction = database.transaction(['snapshots', 'blobs'], 'readwrite')
      transaction
        .objectStore('snapshots')
        .put({ ...row, id: 'its-release', department: 'annan', blobs })
      transaction.objectStore('blobs').put({ hash: 'its-blob', bytes: new Uint8Array(3) })
      await new Promise((done) => (transaction.oncomplete = done))
      database.close()
    }, organisation.organisation)
    await change()
    expect(await sync('tick')).toMatchObject({ hemtjanst: 'updated' })
    expect((await rows('snapshots')).map(({ id }) => id)).toContain('its-release')
    expect((await rows('blobs')).map(({ hash }) => hash)).toContain('its-blob')
  })

  it('is seen by another tab without a reload', async () => {
    await join()
    const other = await page.context().newPage()
    await other.goto(server.base)
    await other.evaluate(() => window.planb.open())
    const told = other.evaluate(
      () =>
        new Promise((resolve) => {
          window.planb.device.onChange((what) => what === 'content' && resolve(what))
        }),
    )
    await change()
    await sync('tick')
    expect(await told).toBe('content')
    const seen = await other.evaluate(() => window.planb.state())
    expect(seen.departments[0]).toMatchObject({ v: 2 })
    await other.close()
  })

  it('under a new key needs a new code, and opens with it', async () => {
    await join()
    organisation.epochs.hemtjanst = await createEpochSecret(2)
    const documents = testDocuments('hemtjanst', numbers[1])
    await organisation.publish(store, 'hemtjanst', documents, { recipients: {} })
    expect(await sync('tick')).toMatchObject({ hemtjanst: 'needs-new-code' })
    expect(await department()).toMatchObject({ status: 'needs-new-code', v: 1 })
    expect(await join()).toMatchObject({ hemtjanst: 'updated' })
    expect(await department()).toMatchObject({ status: 'stored', v: 2 })
  })

  it('under a new key opens by itself for a phone the key was wrapped for', async () => {
    await join()
    const [row] = (await rows('records')).filter(({ name }) => name === 'device')
    const identity = row?.value as { device: string; agreement: never }
    organisation.epochs.hemtjanst = await createEpochSecret(2)
    const documents = testDocuments('hemtjanst', numbers[1])
    const recipients = { [identity.device]: identity.agreement }
    await organisation.publish(store, 'hemtjanst', documents, { recipients })
    expect(await sync('tick')).toMatchObject({ hemtjanst: 'updated' })
    expect(await department()).toMatchObject({ status: 'stored', v: 2, number: numbers[1] })
  })
})

describe('a coordinator', () => {
  it('restores keys, has the role, and reads every department', async () => {
    await page.evaluate((text) => window.planb.restore(text), await organisation.coordinatorText())
    expect(await sync('joined')).toEqual({ hemtjanst: 'updated', gemensamt: 'updated' })
    const { roles, departments } = await state()
    expect(roles).toMatchObject([
      {
        role: 'coordinator',
        kid: organisation.rootKeys[0]!.kid,
        departments: ['hemtjanst', 'gemensamt'],
      },
    ])
    expect(departments.map(({ status }) => status)).toEqual(['stored', 'stored'])
    const names = (await rows('keys')).map(({ name }) => name)
    expect(names).not.toContain('pending-restore')
  })
})

describe('readiness', () => {
  it('says what holds, with its date, and unknown where it cannot tell', async () => {
    await join()
    const checks = await page.evaluate(() => window.planb.device.readiness())
    const byId = Object.fromEntries(checks.map(({ id, result }) => [id, result]))
    expect(byId).toEqual({
      installed: 'unknown',
      worker: 'unknown',
      shell: 'unknown',
      bytes: 'ok',
      database: 'ok',
      copy: 'attention',
      persisted: 'attention',
      age: 'unknown',
    })
    expect(checks.every(({ at }) => Math.abs(Date.parse(at) - Date.now()) < 60_000)).toBe(true)
    await reopen()
    expect(await page.evaluate(() => window.planb.device.lastReadiness())).toEqual(checks)
  })

  it('is unknown, never ok, where there is nothing yet', async () => {
    const checks = await page.evaluate(() => window.planb.device.readiness())
    expect(checks.filter(({ result }) => result === 'ok')).toEqual([])
  })

  it('finds one altered byte', async () => {
    await join()
    await page.evaluate(
      (id) =>
        window.planb.damage(id, 'blobs', (row) => {
          const bytes = row.bytes as Uint8Array
          bytes[bytes.length - 1]! ^= 1
        }),
      organisation.organisation,
    )
    const checks = await page.evaluate(() => window.planb.device.readiness())
    expect(checks.find(({ id }) => id === 'bytes')).toMatchObject({ result: 'failed' })
  })
})

describe('settings and occasions', () => {
  it('stay, and are told to the other tab', async () => {
    const result = await page.evaluate(async () => {
      const { settings, occasions } = window.planb.device
      await settings.set({ scheme: 'dark', together: ['a/b'], last: 'a/b' })
      await settings.set({ last: undefined })
      const one = await occasions.start('hemtjanst/routine/tes-korlista')
      await occasions.tick(one.id, 'a', true)
      await occasions.tick(one.id, 'b', true)
      await occasions.tick(one.id, 'a', false)
      await occasions.end(one.id)
      await occasions.reopen(one.id)
      return { settings: await settings.get(), occasions: await occasions.list() }
    })
    expect(result.settings).toMatchObject({ scheme: 'dark', language: 'sv', together: ['a/b'] })
    expect(result.settings.last).toBeUndefined()
    expect(result.occasions).toMatchObject([{ ticks: ['b'] }])
    expect(result.occasions[0]?.endedAt).toBeUndefined()
  })

  it('say when there is no such occasion', async () => {
    const code = await page.evaluate(() =>
      window.planb.codeOf(() => window.planb.device.occasions.end('none')),
    )
    expect(code).toBe('unknown-name')
  })
})
