import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import type { Page } from 'playwright-core'
import { verifyHead } from '#release/head.ts'
import { createMemoryStore } from '#store/memory.ts'
import { approve } from '#sync/manage/approve.ts'
import { createInvitationId, encodeInvitation, type Invitation } from '#trust/invitation.ts'
import type { PublicJwk } from '#trust/keys.ts'
import { bundlePage } from '../support/bundle-page.ts'
import { createPhone, type Phone } from '../support/browser-profile.ts'
import { createTestOffice, type TestOffice } from '../support/office.ts'
import { createStoreServer, type Interference } from '../support/store-server.ts'

/*
 * What the root, beats and members' entries do to a phone, in a real browser against a host that takes what
 * a server of ours takes.
 */
export const department = 'hemtjanst'
let script: string
let phone: Phone
// Read by the tests as they are at the moment: each test has its own.
export let page: Page
export let test: TestOffice
export let store: ReturnType<typeof createMemoryStore>
export let server: Awaited<ReturnType<typeof createStoreServer>>

/** One phone for a file, and for each test an organisation of its own on an origin of its own. */
export function useOffice(): void {
  beforeAll(async () => {
    script = await bundlePage(new URL('device-page.ts', import.meta.url).pathname)
    phone = await createPhone()
    page = (await phone.open()).page
  })
  beforeEach(async () => {
    store = createMemoryStore()
    test = await createTestOffice(store)
    const index = '<!doctype html><script type="module" src="page.js"></script>'
    server = await createStoreServer(store, { '': index, 'page.js': script })
    server.interfere(takes(test))
    await reopen()
  })
  afterEach(() => server.close())
  afterAll(() => phone.remove())
}

/** Takes entries and beats, and gives entries, by the rules of the server. */
export function takes(office: TestOffice): Interference {
  const write = office.writeStore(store)
  return async (path, request, response) => {
    const [, name = '', what] = /^d\/([^/]+)\/(log|beat)$/.exec(path) ?? []
    if (what === undefined) return false
    if (request.method === 'GET') {
      const after = new URL(request.url!, 'http://host').searchParams.get('after') ?? undefined
      const found = await write.entriesAfter(name, after)
      const entries = found!.entries.map((bytes) => new TextDecoder().decode(bytes))
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ ...found, entries }))
      return true
    }
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk as Uint8Array)
    const bytes = new Uint8Array(Buffer.concat(chunks))
    try {
      if (what === 'log') await write.sendEntry(name, bytes)
      else await write.sendBeat(name, bytes)
      response.writeHead(201).end()
    } catch (error) {
      const { code, serverCode } = error as { code: string; serverCode?: string }
      response.writeHead(422, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ code: serverCode ?? code, message: '' }))
    }
    return true
  }
}

export async function reopen() {
  await page.goto(server.base)
  await page.evaluate(() => {
    window.planb.haste = 1000
    return window.planb.open()
  })
}

export const office = () => test.office({ store: test.writeStore(store) })

export function invitation(change: Partial<Invitation> = {}): string {
  return encodeInvitation({
    organisation: test.organisation,
    department,
    root: { v: 1, hash: test.organisation },
    floor: { gen: 1, v: 1, epoch: 1 },
    id: createInvitationId(),
    epochKey: test.epochs[department]!.key,
    flags: 0,
    ...change,
  })
}

/** A full round and all that follows it: what it came to. */
export async function sync(reason: 'open' | 'joined' = 'open'): Promise<string | undefined> {
  const outcome = await page.evaluate(async (why) => {
    const result = await window.planb.sync.syncNow(why)
    await window.planb.sync.followed()
    return result
  }, reason)
  if (outcome.kind !== 'synced') return outcome.kind
  return outcome.departments.find((one) => one.department === department)?.result
}

export async function join(text = invitation()) {
  await page.evaluate((payload) => window.planb.join(payload), text)
  return sync('joined')
}

export const state = () => page.evaluate(() => window.planb.state())
export const departmentState = async (id = department) =>
  (await state()).departments.find((one) => one.department === id)
export const rows = (table: string) =>
  page.evaluate(([id, name]) => window.planb.rows(id!, name!), [test.organisation, table])

export interface Identity {
  device: string
  signing: PublicJwk
  agreement: PublicJwk
}
export async function identity(): Promise<Identity> {
  const row = (await rows('records')).find(({ name }) => name === 'device')
  return row?.value as Identity
}

/** What this phone could hand on, of hemtjanst, and by which key. */
export const authority = () =>
  page.evaluate(
    async ([id, name]) => {
      const one = await window.planb.device.authority(id!)
      const secret = await one.epochSecret(name!)
      return {
        root: one.root.v,
        device: one.device.device,
        rootKey: one.rootKey?.kid,
        signer: one.signerFor(name!)?.kid,
        common: one.signerFor('gemensamt')?.kid,
        isExtractable: [one.deviceKey, one.rootKey].map((key) => key?.key.extractable),
        epoch: secret && { epoch: secret.epoch, key: Array.from(secret.key) },
        commonEpoch: (await one.epochSecret('gemensamt'))?.epoch,
        recovery: one.recovery?.kid,
        printed: one.recoverySecret?.type,
        v: one.release(name!)?.v,
      }
    },
    [test.organisation, department],
  )

export async function approved(change: { approve?: boolean } = {}) {
  const { signing, agreement, device } = await identity()
  const role = 'Enhetschef natt'
  const request = { organisation: test.organisation, signing, agreement, role, departments: [department] } // prettier-ignore
  await approve(office(), request, { departments: [department], ...change })
  return device
}

export async function heldHead() {
  const row = (await rows('snapshots')).find((one) => one.department === department)!
  const bytes = Uint8Array.from(Object.values(row.head as Record<string, number>))
  return verifyHead(bytes, { root: test.root, department })
}
