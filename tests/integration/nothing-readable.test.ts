import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '#cli/build-app.ts'
import { readPlansFolder } from '#cli/read-plans-folder.ts'
import { sealEntry } from '#journal/entry.ts'
import { readPlans } from '#library/read-plans.ts'
import { createLocalWriteStore } from '#server/local-write-store.ts'
import { createDirectoryStore } from '#store/directory.ts'
import { encodeEnrolment, enrolmentWords } from '#trust/enrolment.ts'
import { importEpochKey } from '#trust/epoch-key.ts'
import { importSigningKey } from '#trust/keys.ts'
import { createFinder } from '../support/find-in-bytes.ts'
import { createTestPerson } from '../support/office.ts'
import { runPlanB } from '../support/planb-server.ts'

const project = resolve(import.meta.dirname, '../..')
let data: string
/** Titles, names, texts and numbers of plans/, and what people have told in the journal. */
let contents: Map<string, Uint8Array>
/** Every private key of secret/, as bytes and as it is spelled. */
let keys: Map<string, Uint8Array>

/** Of the manager who is approved and revoked: roles are public. */
const role = 'Enhetschef natt'
const label = 'Annikas jobbtelefon i hemtjänsten'
const bytesOf = (text: string) => new TextEncoder().encode(text)

/** An example that has been lived in: a manager approved and revoked, two keys given out anew, phones joined. */
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'planb-readable-'))
  await run('status')
  const organisation = await organisationOf()
  const manager = await createTestPerson()
  const [signing, agreement] = [manager.signing.jwk, manager.agreement.jwk]
  const request = { organisation, signing, agreement, role, departments: ['hemtjanst'] }
  const words = (await enrolmentWords(request)).join(' ')
  await run('approve', encodeEnrolment(request), 'hemtjanst', '--words', words)
  await joinAsPhone()
  expect(await run('rotate', 'hemtjanst')).toContain(`${label}: follows by itself`)
  await joinAsPhone()
  await run('rotate', 'gemensamt')
  await run('revoke', manager.signing.kid)
  contents = await collectContents()
  keys = await collectKeys()
}, 300_000)
afterAll(() => rm(data, { recursive: true, force: true }))

async function run(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runPlanB(data, args)
  expect(code, `${args[0]}: ${stderr}`).toBe(0)
  return stdout
}

async function statusOf() {
  return JSON.parse(await run('status', '--json')) as {
    organisation: string
    title: string
    keys: { role?: string }[]
    departments: { title: string; published: { epoch: number }; phones: { label: string }[] }[]
  }
}

/** A phone that joins hemtjanst and says so. */
async function joinAsPhone(): Promise<void> {
  const organisation = await organisationOf()
  const secrets = await secretOf('departments/hemtjanst.json')
  const { epoch, epochKey, memberKey } = secrets as {
    epoch: number
    epochKey: string
    memberKey: Parameters<typeof importSigningKey>[0]
  }
  const phone = await createTestPerson()
  const { bytes } = await sealEntry({
    organisation,
    department: 'hemtjanst',
    epoch,
    epochKey: await importEpochKey(Buffer.from(epochKey, 'base64url'), { extractable: false }),
    member: await importSigningKey(memberKey, { extractable: false }),
    device: phone.signing,
    n: 1,
    kind: 'joined',
    time: new Date(),
    body: { label, agreement: phone.agreement.jwk },
  })
  const store = createLocalWriteStore(createDirectoryStore(join(data, 'store')), {
    organisation,
    allowExample: true,
    now: () => new Date(),
  })
  expect(await store.sendEntry('hemtjanst', bytes)).toBe('stored')
}

async function organisationOf(): Promise<string> {
  return ((await secretOf('organisation.json')) as { organisation: string }).organisation
}

async function secretOf(name: string): Promise<object> {
  return JSON.parse(await readFile(join(data, 'secret', name), 'utf8')) as object
}

async function collectContents(): Promise<Map<string, Uint8Array>> {
  const { texts } = await readPlansFolder(join(project, 'plans'))
  const { documents } = readPlans(texts, [])
  const found = new Set([label])
  const collect = (value: unknown): void => {
    if (typeof value === 'string') {
      // References, dates and codes (`hemtjanst/contact/x`, `2026-03-01`) are no text anybody would miss.
      const isText = /^\+\d{6,}$/.test(value) || (/\p{L}/u.test(value) && !/^[a-z0-9/.-]+$/.test(value)) // prettier-ignore
      if (value.length >= 6 && isText) found.add(value)
      if (/^\+46\d{6,}$/.test(value)) found.add(`0${value.slice(3)}`)
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect)
  }
  documents.forEach(({ body }) => collect(body))
  const { title, departments, keys: named } = await statusOf()
  // Words of the formats themselves: every signed object has `signatures`.
  const format = ['signatures']
  // The root is public and says these: organisation, departments, role titles (TRUST, "Objects").
  const open = [...format, role, title, ...departments.map((one) => one.title), ...named.map(({ role }) => role ?? '')] // prettier-ignore
  const isOpen = (text: string) => open.some((one) => one.toLowerCase().includes(text.toLowerCase())) // prettier-ignore
  const hidden = [...found].filter((text) => !isOpen(text))
  return new Map(hidden.map((text) => [text, bytesOf(text)]))
}

async function collectKeys(): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>()
  const files = await readdir(join(data, 'secret'), { recursive: true, withFileTypes: true })
  for (const file of files.filter((entry) => entry.isFile())) {
    const name = relative(join(data, 'secret'), join(file.parentPath, file.name))
    const collect = (value: unknown, where: string): void => {
      if (typeof value !== 'object' || value === null) return
      for (const [field, inner] of Object.entries(value)) {
        if (typeof inner === 'string' && ['d', 'epochKey'].includes(field)) {
          const bytes = Buffer.from(inner, 'base64url')
          found.set(`${where}.${field} as bytes`, bytes)
          found.set(`${where}.${field} as text`, bytesOf(inner))
          found.set(`${where}.${field} as hex`, bytesOf(bytes.toString('hex')))
          found.set(`${where}.${field} as base64`, bytesOf(bytes.toString('base64').slice(0, 40)))
        } else collect(inner, `${where}.${field}`)
      }
    }
    collect(await secretOf(name), name)
  }
  return found
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

describe('what a host of the data can read', () => {
  it('knows what it is looking for', async () => {
    expect(contents.size).toBeGreaterThan(800)
    expect([...contents.keys()].filter((text) => text.startsWith('+46')).length).toBeGreaterThan(40)
    expect(keys.size).toBeGreaterThan(4 * 15)
    const { departments } = await statusOf()
    const hemtjanst = departments.find(({ phones }) => phones.length > 0)
    expect(hemtjanst?.phones.map((phone) => phone.label)).toEqual([label])
    expect(hemtjanst?.published.epoch).toBe(2)
  })

  it('finds what is there in any of the forms it could be in', () => {
    const find = createFinder(contents)
    const text = 'Så gör vi: ' + label.toUpperCase().replace('Ä', 'ä') + '.'
    const payload = Buffer.from(JSON.stringify({ text })).toString('base64url')
    const hidden = [
      bytesOf(text),
      bytesOf(`eyJhbGciOiJFUzI1NiJ9.${payload}.AAAA`),
      deflateRawSync(text),
      Buffer.concat([Buffer.alloc(12, 7), deflateRawSync(text)]),
      bytesOf(Buffer.from(deflateRawSync(text)).toString('base64')),
    ]
    for (const bytes of hidden) expect(find(bytes).join()).toContain(label)
    const [name, key] = [...keys].find(([one]) => one.endsWith('bytes'))!
    expect(createFinder(keys)(Buffer.concat([Buffer.alloc(3), key])).join()).toContain(name)
  })

  it('reads no plan text, name or number, and no key, in any file of the store', async () => {
    const find = createFinder(new Map([...contents, ...keys]))
    const files = await filesBelow(join(data, 'store'))
    expect(files.length).toBeGreaterThan(50)
    for (const file of files) {
      expect(find(await readFile(file)), relative(data, file)).toEqual([])
      // Paths are public too.
      expect(find(bytesOf(`     ${relative(data, file)}`))).toEqual([])
    }
  }, 120_000)

  it('reads no number of the plans, none of their sentences and no key in any file of the app', async () => {
    const { appDirectory } = await buildApp(project, () => undefined)
    // The app has words of its own (“Hemtjänst”, “Beredskapssamordnare”): sentences tell the two apart.
    const isContent = (text: string) => /^(\+46|0)\d{6,}$/.test(text) || text.length >= 30
    // The app is the same for every organisation: what stands in its sources is no organisation's.
    const sources = (await filesBelow(join(project, 'src'))).filter((file) => /\.tsx?$/.test(file))
    const own = (await Promise.all(sources.map((file) => readFile(file, 'utf8'))))
      .join()
      .toLowerCase()
    const whole = [...contents].filter(([text]) => isContent(text))
    const sentences = whole.filter(([text]) => !own.includes(text.toLowerCase()))
    expect(whole.length - sentences.length).toBeLessThan(20)
    expect(sentences.length).toBeGreaterThan(400)
    const find = createFinder(new Map([...sentences, ...keys]))
    // Templates are the example's texts, which everybody may read; never its numbers, nor what phones are called.
    const isNumber = (text: string) => /^[+\d]+$/.test(text)
    const closed = sentences.filter(([text]) => isNumber(text) || text === label)
    expect(closed.length).toBeGreaterThan(100)
    const findClosed = createFinder(new Map([...closed, ...keys]))
    for (const file of await filesBelow(appDirectory)) {
      if (/\.(?:br|gz|png)$/.test(file)) continue
      const name = relative(appDirectory, file)
      const found = (name === 'library.bin' ? findClosed : find)(await readFile(file))
      expect(found, name).toEqual([])
    }
  }, 240_000)
})
