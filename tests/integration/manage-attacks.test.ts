import { beforeEach, describe, expect, it } from 'vitest'
import { buildRelease } from '#release/build-release.ts'
import { payloadOf, signHead } from '#release/head.ts'
import { unwrapForDevice } from '#release/open-keys.ts'
import { publishRelease } from '#release/publish.ts'
import { headPath } from '#store/layout.ts'
import { approve } from '#sync/manage/approve.ts'
import { confirm } from '#sync/manage/confirm.ts'
import { newestHead } from '#sync/manage/newest-head.ts'
import type { HeldHead, Office } from '#sync/manage/office.ts'
import { recentVersions } from '#sync/manage/recent-versions.ts'
import { revoke } from '#sync/manage/revoke.ts'
import { rotate } from '#sync/manage/rotate.ts'
import type { WriteStore } from '#sync/write-store.ts'
import { createEpochSecret } from '#release/epoch-secret.ts'
import { recipientsOf } from '#sync/manage/rotation-recipients.ts'
import type { Kid, PublicJwk, SigningKey } from '#trust/keys.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { testDocuments } from '../support/organisation.ts'
import { createTestOffice, createTestPerson, type TestOffice } from '../support/office.ts'

/** Where each test begins: home care has three versions, all by its publisher. */
let test: TestOffice
let office: Office
const numbers = ['+46701111111', '+46702222222']
const department = 'hemtjanst'
const publisher = () => test.publishers[department]!

beforeEach(async () => {
  test = await createTestOffice()
  office = test.office()
  for (const number of numbers) await publish({ documents: testDocuments(department, number) })
})

async function publish(change: Partial<Parameters<typeof buildRelease>[0]>) {
  const { release, epoch } = (await office.open(department, test.root))!
  const built = await buildRelease({
    root: test.root,
    department,
    documents: release.documents,
    signer: publisher().signing,
    issued: new Date(),
    epoch,
    previous: release,
    ...change,
  })
  expect(await publishRelease(test.store, built)).toBe('published')
}

async function headOf(root: VerifiedRoot) {
  return (await newestHead(test.store, root, department))!
}

async function numberOf(root: VerifiedRoot): Promise<string> {
  const { release } = (await office.open(department, root))!
  return /\+46\d+/.exec(JSON.stringify(release.documents))![0]
}

/** A host that says of some paths that there is nothing. */
function hiding(store: WriteStore, hidden: RegExp): WriteStore {
  return {
    ...store,
    get: async (path, options) => (hidden.test(path) ? undefined : await store.get(path, options)),
  }
}

describe('a host that shows an older version than is held', () => {
  const hidden = /^d\/hemtjanst\/(head\/0001-000000000[23]|latest)/

  async function behind() {
    const { gen, v, edition, hash } = await headOf(test.root)
    const held: HeldHead = { gen, v, edition, hash }
    return test.office({
      store: hiding(office.store, hidden),
      held: async (id) => (id === department ? held : undefined),
    })
  }

  it('[M10] is not believed where a generation is begun: nothing older is signed again', async () => {
    const hostile = await behind()
    const { kid } = publisher().signing
    await expect(revoke(hostile, { kid })).rejects.toMatchObject({ code: 'head-behind' })
    await expect(revoke(hostile, { kid, keep: { hemtjanst: 1 } })).rejects.toMatchObject({
      code: 'head-behind',
    })
    // The key is out all the same, and an honest store brings it to its end.
    const { root } = await revoke({ ...hostile, store: office.store }, { kid })
    expect(root.v).toBe(2)
    expect((await headOf(root)).edition).toBe(3)
    expect(await numberOf(root)).toBe(numbers[1])
  })

  it('[M10] nor where it hides all of the generation that is held', async () => {
    const { root } = await revoke(office, { kid: publisher().signing.kid })
    const { gen, v, edition, hash } = await headOf(root)
    const hostile = test.office({
      root,
      store: hiding(office.store, /^d\/hemtjanst\/(head\/0002|latest)/),
      held: () => ({ gen, v, edition, hash }),
    })
    const other = test.publishers['krisledning']!.signing.kid
    await expect(revoke(hostile, { kid: other })).rejects.toMatchObject({ code: 'head-behind' })
  })

  it('[M10] nor where keys are wrapped, given anew, carried on or confirmed', async () => {
    const hostile = await behind()
    const newcomer = await createTestPerson()
    const request = {
      organisation: test.organisation,
      signing: newcomer.signing.jwk,
      agreement: newcomer.agreement.jwk,
      role: 'Enhetschef natt',
      departments: [department],
    }
    const signer = test.rootKeys[0]!
    const rest = { leaveOut: [], phones: {}, signer }
    for (const work of [
      () => approve(hostile, request, { departments: [department] }),
      () => rotate(hostile, { department, ...rest }),
      () => rotate(hostile, { department: 'gemensamt', ...rest }),
      () => confirm(hostile, department, signer),
    ]) {
      await expect(work()).rejects.toMatchObject({ code: 'head-behind' })
    }
  })

  it('[M10] another version under the number held is not built on either', async () => {
    const { gen, v, edition } = await headOf(test.root)
    const held = () => ({ gen, v, edition, hash: '0'.repeat(64) })
    await expect(confirm({ ...office, held }, department, test.rootKeys[0]!)).rejects.toMatchObject(
      { code: 'head-fork' },
    )
  })
})

describe('the version that stays when a key goes', () => {
  it('[M8] [R50] gets a higher edition than any before it', async () => {
    const { kid } = publisher().signing
    const { root } = await revoke(office, { kid, keep: { hemtjanst: 1 } })
    expect((await headOf(root)).edition).toBe(4)
    // Done once: the same again changes nothing.
    const again = await revoke({ ...office, root }, { kid, keep: { hemtjanst: 1 } })
    expect((await headOf(again.root)).edition).toBe(4)
  })

  it('[M11] is one of those named with who signed them, by the hash that was seen', async () => {
    const newcomer = await createTestPerson()
    const { root } = await approve(
      office,
      {
        organisation: test.organisation,
        signing: newcomer.signing.jwk,
        agreement: newcomer.agreement.jwk,
        role: 'Enhetschef natt',
        departments: [department],
      },
      { departments: [department] },
    )
    const after = { ...office, root }
    const opened = async () => (await office.open(department, root))!
    const falsify = async () => {
      const { release, epoch } = await opened()
      const built = await buildRelease({
        root,
        department,
        documents: testDocuments(department, '+46900000000'),
        signer: newcomer.signing,
        issued: new Date(),
        epoch,
        previous: release,
      })
      expect(await publishRelease(test.store, built)).toBe('published')
    }
    for (let times = 0; times < 5; times++) await falsify()
    const { kid } = newcomer.signing
    const versions = await recentVersions(after, root, department, { gone: kid })
    expect(versions.slice(0, 3).map(({ v, isByGone }) => [v, isByGone])).toEqual([
      [9, true],
      [8, true],
      [7, true],
    ])
    // The newest that the key has not signed is among them, however many it has signed since.
    const last = versions.at(-1)!
    expect([last.v, last.edition, last.isByGone]).toEqual([4, 3, false])

    const { v, hash } = last
    await expect(
      revoke(after, { kid, keep: { hemtjanst: { v, hash: '0'.repeat(64) } } }),
    ).rejects.toMatchObject({ code: 'head-missing' })
    // Before anything is sent: the key is still there to be chosen about.
    expect(await test.store.get('root/3.jws', { maxBytes: 1e6 })).toBeUndefined()
    // Between the look and the decision it publishes once more.
    await falsify()
    const managed = await revoke(after, { kid, keep: { hemtjanst: { v, hash } } })
    expect(await numberOf(managed.root)).toBe(numbers[1])
    expect((await headOf(managed.root)).edition).toBe(10)
  })

  it('[M11] is found behind a gap and behind more false versions than are listed', async () => {
    const { kid } = publisher().signing
    const approved = test.rootKeys[0]!
    await publish({ signer: approved, v: 4 })
    await publish({ v: 9_999_999_998 })
    const versions = await recentVersions(office, test.root, department, { gone: kid })
    expect(versions.map(({ v, isByGone }) => [v, isByGone])).toEqual([
      [9_999_999_998, true],
      [4, false],
      [3, true],
    ])
  })
})

describe('a head that needs a newer app', () => {
  /** As version 4, where a host puts it: the server would not take it. */
  async function signLater(signer: SigningKey) {
    const head = payloadOf(await headOf(test.root))
    const { bytes } = await signHead({ ...head, v: 4, format: 99, minFormat: 99 }, signer)
    expect(await test.store.putIfAbsent(headPath(department, 1, 4), bytes)).toBe('stored')
  }

  it('[M12] of a key that goes does not keep it from going, nor the version before from staying', async () => {
    const { kid } = publisher().signing
    await signLater(publisher().signing)
    // While the key counts, nobody builds on an older version.
    await expect(confirm(office, department, test.rootKeys[0]!)).rejects.toMatchObject({
      code: 'format-newer',
    })
    const versions = await recentVersions(office, test.root, department, { gone: kid })
    expect(versions.map(({ v }) => v)).toEqual([3, 2, 1])
    const { root } = await revoke(office, { kid })
    expect(await headOf(root)).toMatchObject({ gen: 2, v: 1, edition: 3 })
    expect(await numberOf(root)).toBe(numbers[1])
  })

  it('[M12] nor where a version to go back to is named', async () => {
    await signLater(publisher().signing)
    const { root } = await revoke(office, { kid: publisher().signing.kid, keep: { hemtjanst: 2 } })
    expect(await numberOf(root)).toBe(numbers[0])
  })

  it('[M12] of a key that stays stops whoever would undo it', async () => {
    await signLater(test.rootKeys[0]!)
    const { kid } = publisher().signing
    await expect(revoke(office, { kid })).rejects.toMatchObject({ code: 'format-newer' })
    await expect(
      recentVersions(office, test.root, department, { gone: kid }),
    ).rejects.toMatchObject({ code: 'format-newer' })
  })
})

describe('who gets a new key', () => {
  const rotated = (change: Partial<Parameters<typeof rotate>[1]>, root = test.root) =>
    rotate(
      { ...office, root },
      { department, leaveOut: [], phones: {}, signer: test.rootKeys[0]!, ...change },
    )

  it('[M27] nobody whom only a list of keys names: a publisher who went had put itself on it', async () => {
    const hidden = await createTestPerson()
    const recipients = {
      [publisher().signing.kid]: publisher().agreement.jwk,
      [hidden.signing.kid]: hidden.agreement.jwk,
    }
    await publish({ recipients })
    const { root } = await revoke(office, { kid: publisher().signing.kid })
    const { recipients: to, epoch } = await rotated({}, root)
    expect(to).toEqual([])
    const head = await headOf(root)
    expect(head.epoch).toBe(epoch.epoch)
    const blob = (hash: string) => test.store.get(`b/${hash}`, { maxBytes: 4e6 })
    const device = hidden.signing.kid
    await expect(
      unwrapForDevice({ head, blob, device, agreement: hidden.agreement }),
    ).rejects.toMatchObject({ code: 'keys-not-for-us' })
  })

  it('[M28] one that stands on that list and has not told of itself comes along when it is named', async () => {
    const quiet = await createTestPerson()
    const { kid } = quiet.signing
    await rotated({ phones: { [kid]: quiet.agreement.jwk } })
    expect((await rotated({ include: [kid] })).recipients).toContain(kid)
    expect((await rotated({})).recipients).not.toContain(kid)
  })

  it('[M28] nobody by a list that was looked at before somebody else changed the key', async () => {
    const lost = await createTestPerson()
    const phones = { [lost.signing.kid]: lost.agreement.jwk }
    await rotated({})
    await expect(rotated({ phones, epoch: 1 })).rejects.toMatchObject({ code: 'epoch-changed' })
    expect((await rotated({ phones, epoch: 2 })).epoch.epoch).toBe(3)
  })

  it('[M29] a key that is no point of the curve is passed over and named', async () => {
    const bad: PublicJwk = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) }
    const [phone, broken] = await Promise.all([createTestPerson(), createTestPerson()])
    const phones: Record<Kid, PublicJwk> = {
      [phone.signing.kid]: phone.agreement.jwk,
      [broken.signing.kid]: bad,
    }
    const done = await rotated({ phones })
    expect(done.unusable).toEqual([broken.signing.kid])
    expect(done.recipients.toSorted()).toEqual(
      [phone.signing.kid, publisher().signing.kid].toSorted(),
    )
  })
})

describe('more devices than there is room for', () => {
  const jwk = () => publisher().agreement.jwk
  const ids = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => `phone-${from + index}`)
  const named = (some: readonly string[]) => Object.fromEntries(some.map((id) => [id, jwk()]))

  it('[M29] publishers come first, then phones that have the key in force, then longest known', () => {
    const options = { department, leaveOut: ['phone-0'], phones: named(ids(0, 9)) }
    const keys = { wraps: { 'phone-8': 'a wrap' } }
    const { recipients, tooMany } = recipientsOf(test.root, options, keys, 4)
    const { kid } = publisher().signing
    expect(Object.keys(recipients)).toEqual([kid, 'phone-8', 'phone-1', 'phone-2'])
    expect(tooMany).toEqual(ids(3, 8))
  })

  it('[M29] invented by the thousand they do not keep a new key from being given', async () => {
    const done = await rotate(office, {
      department,
      leaveOut: [],
      phones: named(ids(0, 7000).map((id) => `${id}-`.padEnd(42, '0') + 'A')),
      signer: test.rootKeys[0]!,
    })
    expect(done.recipients).toHaveLength(4000)
    expect(done.tooMany).toHaveLength(3001)
    expect(done.recipients).toContain(publisher().signing.kid)
  }, 120_000)
})

describe('what a department carries of gemensamt', () => {
  const options = () => ({
    department: 'gemensamt',
    leaveOut: [],
    phones: {},
    signer: test.rootKeys[0]!,
  })

  it.each([
    ['an epoch far ahead', { epoch: 9_999_999_999 }],
    ['another key under the right number', { epoch: 2 }],
    ['a floor that nothing reaches', { floor: { gen: 9999, v: 9_999_999_999 } }],
  ])('[M26] %s is not taken for done', async (_, change) => {
    const { epoch, release } = (await office.open('gemensamt', test.root))!
    const key = 'floor' in change ? epoch.key : (await createEpochSecret(1)).key
    const floor = { gen: release.gen, v: release.v }
    await publish({ common: { epochKey: key, epoch: epoch.epoch, floor, ...change } })
    const { epoch: now } = await rotate(office, options())
    const carried = (await office.open(department, test.root))!.release.common
    expect(carried?.epoch).toBe(now.epoch)
    expect(carried?.epochKey).toEqual(now.key)
    expect(carried?.floor.gen).toBe(1)
  })
})
