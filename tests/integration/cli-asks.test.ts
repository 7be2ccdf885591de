import { spawnSync } from 'node:child_process'
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CliContext, Command, OptionValues } from '#cli/command.ts'
import { approve } from '#cli/commands/approve.ts'
import { revoke } from '#cli/commands/revoke.ts'
import { sealEntry } from '#journal/entry.ts'
import { shortId } from '#journal/short-id.ts'
import { payloadOf, signHead, verifyHead } from '#release/head.ts'
import { createLocalWriteStore } from '#server/local-write-store.ts'
import { createDirectoryStore } from '#store/directory.ts'
import { encodeEnrolment, enrolmentWords } from '#trust/enrolment.ts'
import { importEpochKey } from '#trust/epoch-key.ts'
import { importSigningKey, thumbprint, type PrivateJwk } from '#trust/keys.ts'
import { verifyFirstRoot } from '#trust/root.ts'
import { createTestPerson } from '../support/office.ts'
import { runPlanB } from '../support/planb-server.ts'

const project = resolve(import.meta.dirname, '../..')
const department = 'hemtjanst'
let base: string
let example: string

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'planb-cli-asks-'))
  example = join(base, 'example')
  expect((await runPlanB(example, ['status'])).code).toBe(0)
}, 240_000)
afterAll(() => rm(base, { recursive: true, force: true }))

let copies = 0
async function copyOfExample(): Promise<string> {
  const copy = join(base, `copy-${++copies}`)
  await cp(example, copy, { recursive: true })
  return copy
}

async function readJson<T>(...path: string[]): Promise<T> {
  return JSON.parse(await readFile(join(...path), 'utf8')) as T
}

interface OrganisationJson {
  organisation: string
  root1: string
}
interface DepartmentJson {
  signing: PrivateJwk
  epoch: number
  epochKey: string
  memberKey: PrivateJwk
}
const organisationOf = (data: string) =>
  readJson<OrganisationJson>(data, 'secret', 'organisation.json')
const departmentOf = (data: string) =>
  readJson<DepartmentJson>(data, 'secret', 'departments', `${department}.json`)

const rootsOf = async (data: string) => (await readdir(join(data, 'store', 'root'))).toSorted()

/** The command with somebody at the terminal who gives this answer. */
async function runAnswered(
  command: Command,
  input: { data: string; answer: string; values?: OptionValues; positionals: string[] },
) {
  const lines: string[] = []
  const asked: string[] = []
  const context: CliContext = {
    project,
    env: { PLANB_DATA: input.data },
    cwd: base,
    now: () => new Date(),
    print: (line) => lines.push(line),
    complain: (line) => lines.push(line),
    ask: async (question) => {
      asked.push(question)
      return input.answer
    },
    fetch,
    stopped: new Promise(() => undefined),
  }
  const { values = {}, positionals } = input
  const outcome = await command
    .run(context, { values, positionals })
    .catch((error: unknown) => error as Error & { exitCode: number })
  return { outcome, asked, said: lines.join('\n') }
}

describe('planb approve', () => {
  async function createRequest(data: string) {
    const { organisation } = await organisationOf(data)
    const { signing, agreement } = await createTestPerson()
    const request = {
      organisation,
      signing: signing.jwk,
      agreement: agreement.jwk,
      role: 'Enhetschef natt',
      departments: [department],
    }
    return {
      code: encodeEnrolment(request),
      words: (await enrolmentWords(request)).join(' '),
    }
  }

  it('signs nothing where nobody sits at a terminal and no words are given', async () => {
    const data = await copyOfExample()
    const { code, words } = await createRequest(data)
    const left = await runPlanB(data, ['approve', code, department])
    expect(left.stderr).toContain('nobody has compared the words: nothing was signed')
    expect(left.stderr).toContain('--words')
    expect(left.stdout).toContain(words)
    expect(left.code).toBe(2)
    const other = await runPlanB(data, ['approve', code, department, '--words', ''])
    expect(other.code).toBe(2)
    expect(await rootsOf(data)).toEqual(['1.jws'])

    const said = await runPlanB(data, ['approve', code, department, '--words', words])
    expect(said.code, said.stderr).toBe(0)
    expect(await rootsOf(data)).toEqual(['1.jws', '2.jws'])
  }, 120_000)

  it('on a terminal asks, and takes nothing but a yes for one', async () => {
    const data = await copyOfExample()
    const { code } = await createRequest(data)
    for (const answer of ['', 'nej', 'jag vet inte']) {
      const { outcome } = await runAnswered(approve, {
        data,
        answer,
        positionals: [code, department],
      })
      expect(outcome).toMatchObject({ exitCode: 1, message: 'nothing was signed' })
    }
    expect(await rootsOf(data)).toEqual(['1.jws'])
    const yes = await runAnswered(approve, { data, answer: 'Ja', positionals: [code, department] })
    expect([yes.outcome, yes.asked.length]).toEqual([0, 1])
    expect(await rootsOf(data)).toEqual(['1.jws', '2.jws'])
  }, 120_000)
})

describe('planb revoke --wipe', () => {
  /** A phone that has told of itself. */
  async function joinedPhone(data: string, label: string) {
    const { organisation } = await organisationOf(data)
    const { epoch, epochKey, memberKey } = await departmentOf(data)
    const phone = await createTestPerson()
    const sealed = {
      organisation,
      department,
      epoch,
      epochKey: await importEpochKey(Buffer.from(epochKey, 'base64url'), { extractable: false }),
      member: await importSigningKey(memberKey, { extractable: false }),
      device: phone.signing,
    }
    const store = createLocalWriteStore(createDirectoryStore(join(data, 'store')), {
      organisation,
      allowExample: true,
      now: () => new Date(),
    })
    const { bytes } = await sealEntry({
      ...sealed,
      n: 1,
      kind: 'joined',
      time: new Date('2026-03-01T08:00:00Z'),
      body: { label, invitation: 'Ab3-_xYz', agreement: phone.agreement.jwk },
    })
    expect(await store.sendEntry(department, bytes)).toBe('stored')
    const confirmed = await sealEntry({
      ...sealed,
      n: 2,
      kind: 'confirmed',
      time: new Date('2026-03-14T08:00:00Z'),
      body: { gen: 1, v: 1, head: '0'.repeat(64) },
    })
    expect(await store.sendEntry(department, confirmed.bytes)).toBe('stored')
    return phone.signing.kid
  }

  it('says which phone it is, and empties none that nobody has said yes to', async () => {
    const data = await copyOfExample()
    const kid = await joinedPhone(data, 'Annas telefon')
    const short = shortId(kid)
    expect((await runPlanB(data, ['status'])).stdout).toContain(
      `phone ${short}  ${kid}  Annas telefon`,
    )
    const left = await runPlanB(data, ['revoke', short, '--wipe'])
    expect(left.stdout).toContain(`phone ${short}  Annas telefon  ${kid}`)
    expect(left.stdout).toContain(
      'hemtjanst: invitation Ab3-_xYz, joined 2026-03-01, last heard 2026-03-14, holds 1-1',
    )
    expect(left.stderr).toContain('nobody has said that it is this phone: nothing was done')
    expect(left.stderr).toContain('--yes')
    expect(left.code).toBe(2)

    const wiping = { data, values: { wipe: true }, positionals: [short.toLowerCase()] }
    const no = await runAnswered(revoke, { ...wiping, answer: 'nej' })
    expect(no.outcome).toMatchObject({ exitCode: 1, message: 'nothing was done' })
    expect(no.asked).toEqual([
      `Töm telefonen ${short} (Annas telefon)? Allt den har försvinner. [ja/nej] `,
    ])
    expect(await rootsOf(data)).toEqual(['1.jws'])

    const yes = await runAnswered(revoke, { ...wiping, answer: 'ja' })
    expect(yes.said).toContain(`has ended: ${kid}`)
    expect(yes.outcome).toBe(0)
    const { wiped } = JSON.parse((await runPlanB(data, ['status', '--json'])).stdout) as {
      wiped: string[]
    }
    expect(wiped).toEqual([kid])
  }, 180_000)

  it('--yes says it for a script; a stranger’s id is told to be one', async () => {
    const data = await copyOfExample()
    const stranger = (await createTestPerson()).signing.kid
    const { code, stdout } = await runPlanB(data, ['revoke', stranger, '--wipe', '--yes'])
    expect(stdout).toContain('No department here knows it')
    expect(code).toBe(0)
    expect(await rootsOf(data)).toEqual(['1.jws', '2.jws'])
    const unknown = await runPlanB(data, ['revoke', '000-000', '--wipe', '--yes'])
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('no key 000-000')])
  }, 120_000)
})

describe('a key that says only a newer app may read what it signed', () => {
  it('[M12] is seen in status, and revoked all the same', async () => {
    const data = await copyOfExample()
    const { organisation, root1 } = await organisationOf(data)
    const { signing } = await departmentOf(data)
    const root = await verifyFirstRoot(Buffer.from(root1, 'base64url'), organisation)
    const heads = join(data, 'store', 'd', department, 'head')
    const bytes = await readFile(join(heads, '0001-0000000001.jws'))
    const head = payloadOf(await verifyHead(bytes, { root, department }))
    const key = await importSigningKey(signing, { extractable: false })
    const later = await signHead({ ...head, v: 2, format: 99, minFormat: 99 }, key)
    await writeFile(join(heads, '0001-0000000002.jws'), later.bytes)

    const status = await runPlanB(data, ['status'])
    expect(status.code, status.stderr).toBe(0)
    expect(status.stdout).toMatch(/hemtjanst .*needs a newer version of this program/)
    const kid = await thumbprint(signing)
    const revoked = await runPlanB(data, ['revoke', kid])
    expect(revoked.code, revoked.stderr).toBe(0)
    expect(revoked.stdout).toContain('hemtjanst: published as 2-1')
    expect((await runPlanB(data, ['status'])).stdout).toMatch(/hemtjanst .*edition 1 \(0002-/)
  }, 120_000)
})

describe('planb confirm', () => {
  interface Confirmed {
    root: number
    departments: { department: string; gen: number; v: number; outcome: string }[]
  }
  const beatOf = (data: string, id = department) => join(data, 'store', 'd', id, 'beat.jws')

  it('signs that what is published is the newest, of one department or of all', async () => {
    const data = await copyOfExample()
    const one = await runPlanB(data, ['confirm', department])
    expect(one.stderr).toBe('')
    expect(one.stdout).toBe('hemtjanst: 1-1 is confirmed as the newest\n')
    const beat = await readFile(beatOf(data))
    await expect(readFile(beatOf(data, 'gemensamt'))).rejects.toMatchObject({ code: 'ENOENT' })

    const { code, stdout } = await runPlanB(data, ['confirm', '--json'])
    expect(code).toBe(0)
    const { root, departments } = JSON.parse(stdout) as Confirmed
    expect(root).toBe(1)
    expect(departments.map((each) => each.outcome)).toEqual(departments.map(() => 'confirmed'))
    const ids = (await readdir(join(data, 'store', 'd'))).toSorted()
    expect(departments.map((each) => each.department).toSorted()).toEqual(ids)
    expect(await readFile(beatOf(data))).not.toEqual(beat)
    expect((await runPlanB(data, ['verify'])).code).toBe(0)
  }, 120_000)

  it('does not where there is no such department, or no key for it', async () => {
    const data = await copyOfExample()
    const unknown = await runPlanB(data, ['confirm', 'skola'])
    expect([unknown.code, unknown.stderr]).toEqual([
      1,
      expect.stringContaining('no department skola'),
    ])
    await rm(join(data, 'secret', 'departments'), { recursive: true })
    const file = join(data, 'secret', 'organisation.json')
    await writeFile(file, JSON.stringify({ ...(await organisationOf(data)), rootKeys: [] }))
    const without = await runPlanB(data, ['confirm', department])
    expect([without.code, without.stderr]).toEqual([
      1,
      expect.stringContaining('no key that may publish hemtjanst'),
    ])
    await expect(readFile(beatOf(data))).rejects.toMatchObject({ code: 'ENOENT' })
  }, 120_000)
})

describe('a folder that cannot be made', () => {
  it('is said in one line by every command that makes one', async () => {
    const nowhere = '/proc/planb/x'
    const { organisation } = await organisationOf(example)
    const plans = join(base, 'nowhere-plans')
    const cases: [string, string[]][] = [
      [example, ['mirror', nowhere]],
      [example, ['papers', nowhere]],
      [example, ['export', nowhere]],
      [nowhere, ['init', 'Ås kommun', 'hemtjanst=Hemtjänst', '--plans', plans]],
      [join(base, 'new'), ['init', 'Ås kommun', 'hemtjanst=Hemtjänst', '--plans', nowhere]],
      [nowhere, ['status']],
      [nowhere, ['start']],
      [nowhere, ['serve', '--store-only', '--organisation', organisation]],
    ]
    for (const [data, args] of cases) {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ['src/cli/main.ts', ...args],
        // What this is about never ended.
        { cwd: project, env: { ...process.env, PLANB_DATA: data, PORT: '0' }, encoding: 'utf8', timeout: 60_000 }, // prettier-ignore
      )
      expect(stderr, args.join(' ')).toMatch(
        /^planb: the folder \/proc\/planb\S* cannot be made \(E[A-Z]+\)\n {2}.+\n$/,
      )
      expect([status, stdout], args.join(' ')).toEqual([1, ''])
    }
    await expect(readdir(plans)).rejects.toMatchObject({ code: 'ENOENT' })
  }, 600_000)
})
