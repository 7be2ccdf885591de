import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLocalWriteStore } from '#server/local-write-store.ts'
import { createDirectoryStore } from '#store/directory.ts'
import { createOpen } from '#sync/manage/create-open.ts'
import { followStoreRoot } from '#sync/manage/follow-store-root.ts'
import { rotate } from '#sync/manage/rotate.ts'
import { encodeEnrolment, enrolmentWords } from '#trust/enrolment.ts'
import { decodeInvitation, encodeInvitation } from '#trust/invitation.ts'
import { importAgreementKey, importSigningKey, thumbprint, type PrivateJwk } from '#trust/keys.ts'
import { decodeRestorePayload } from '#trust/restore-payload.ts'
import { verifyFirstRoot } from '#trust/root.ts'
import { readTypedText, toTypedText } from '#trust/typed-text.ts'
import { createTestPerson } from '../support/office.ts'
import { freePort, runPlanB } from '../support/planb-server.ts'

const project = resolve(import.meta.dirname, '../..')
let base: string
let example: string

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'planb-cli-manage-'))
  example = join(base, 'example')
  expect((await runPlanB(example, ['status'])).code).toBe(0)
}, 240_000)
afterAll(() => rm(base, { recursive: true, force: true }))

let copies = 0
async function copyOf(folder: string): Promise<string> {
  const copy = join(base, `copy-${++copies}`)
  await cp(folder, copy, { recursive: true })
  return copy
}

interface StatusJson {
  organisation: string
  root: { v: number }
  recovery: { kid: string; isHere: boolean }
  keys: { kid: string; role: string; isRoot: boolean; publishes: string[]; isHere: boolean }[]
  departments: { id: string; gen: number; published: { v: number; epoch: number } }[]
}
async function statusOf(data: string): Promise<StatusJson> {
  return JSON.parse((await runPlanB(data, ['status', '--json'])).stdout) as StatusJson
}

async function run(data: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runPlanB(data, args)
  expect(code, `${args.join(' ')}: ${stderr}`).toBe(0)
  return stdout
}

interface OrganisationJson {
  organisation: string
  root1: string
  rootKeys: PrivateJwk[]
  nextRootKey?: PrivateJwk
  recovery: PrivateJwk
}
async function secretsOf(data: string): Promise<OrganisationJson> {
  const text = await readFile(join(data, 'secret', 'organisation.json'), 'utf8')
  return JSON.parse(text) as OrganisationJson
}

async function createRequest(data: string) {
  const { organisation } = await statusOf(data)
  const person = await createTestPerson()
  const [signing, agreement] = [person.signing.jwk, person.agreement.jwk]
  const role = 'Enhetschef natt'
  const request = { organisation, signing, agreement, role, departments: ['hemtjanst'] }
  const words = (await enrolmentWords(request)).join(' ')
  return { kid: person.signing.kid, code: encodeEnrolment(request), words }
}

/** Plans with one changed number. */
async function changedPlans(name: string): Promise<string> {
  const plans = join(base, name)
  await cp(join(project, 'plans'), plans, { recursive: true })
  const file = join(plans, 'hemtjanst', 'contacts.yaml')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace(/\+467017406\d\d/, '+46701740699'))
  return plans
}

/** What the coordinator's app does: the same operations, with the keys its device has. */
async function rotateInApp(
  data: string,
  department: string,
  phones: Parameters<typeof rotate>[1]['phones'] = {},
): Promise<void> {
  const { organisation, root1, rootKeys, recovery } = await secretsOf(data)
  const store = createLocalWriteStore(createDirectoryStore(join(data, 'store')), {
    organisation,
    allowExample: true,
    now: () => new Date(),
  })
  const first = await verifyFirstRoot(Buffer.from(root1, 'base64url'), organisation)
  const root = await followStoreRoot(store, first)
  const signer = await importSigningKey(rootKeys[0]!, { extractable: false })
  const key = await importAgreementKey(recovery, { extractable: false })
  const open = createOpen({ store, recovery: [key] })
  const office = { store, root, rootKeys: [signer], now: () => new Date(), open }
  await rotate(office, { department, leaveOut: [], phones, signer })
}

describe('planb approve, revoke', () => {
  it('asks for the same words on both screens; lets the manager in, and out again', async () => {
    const data = await copyOf(example)
    const { kid, code, words } = await createRequest(data)
    const other = await runPlanB(data, ['approve', code, 'hemtjanst', '--words', 'åtta andra ord'])
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('the words differ')])
    expect((await statusOf(data)).root.v).toBe(1)

    const link = `https://planb.example/#/edit/approve/${code}`
    const said = await run(data, 'approve', link, 'hemtjanst', '--words', words.toUpperCase())
    expect(said).toContain(words)
    // Typed from paper, and once more: nothing is changed by it.
    await run(data, 'approve', toTypedText(code).join('\n'), 'hemtjanst', '--words', words)
    let status = await statusOf(data)
    expect(status.root.v).toBe(2)
    expect(status.keys.find((key) => key.kid === kid)).toMatchObject({
      role: 'Enhetschef natt',
      publishes: ['hemtjanst'],
      isHere: false,
    })
    await run(data, 'verify')

    await run(data, 'revoke', kid.slice(0, 8))
    status = await statusOf(data)
    expect(status.keys.some((key) => key.kid === kid)).toBe(false)
    expect(status.departments.find(({ id }) => id === 'hemtjanst')?.gen).toBe(2)
    await run(data, 'verify')
    expect(await run(data, 'publish')).toBe('nothing to publish\n')
  }, 300_000)

  it('says what is wrong with a code, a department, a key', async () => {
    const data = await copyOf(example)
    const { code } = await createRequest(data)
    const invitation = /#\/join\/(\S+)/.exec(await run(data, 'invite', 'hemtjanst'))![1]!
    for (const [args, exit, text] of [
      [['approve', code, 'skola'], 1, 'no department skola'],
      [['approve', code], 2, 'no department was named'],
      [['approve', invitation, 'hemtjanst'], 1, 'another kind'],
      [['approve', code.slice(0, -9), 'hemtjanst'], 1, 'enrolment-cut'],
      [['approve', 'hej', 'hemtjanst'], 1, 'no code'],
      [['revoke', 'hej'], 2, 'there is no key hej'],
      [['revoke', 'A'.repeat(43)], 1, 'key-unknown'],
      [['revoke', 'A'.repeat(43), '--keep', 'x'], 2, '--keep'],
      [['rotate', 'skola'], 1, 'no department skola'],
      [['rotate', 'hemtjanst', '--leave-out', 'abcdefgh'], 1, 'no device abcdefgh'],
    ] as const) {
      const { code: got, stdout, stderr } = await runPlanB(data, [...args])
      expect([got, stdout], args.join(' ')).toEqual([exit, expect.any(String)])
      expect(stderr, args.join(' ')).toContain(text)
    }
    expect((await runPlanB(join(base, 'nobody'), ['revoke', 'x'])).stderr).toContain('planb init')
    expect((await statusOf(data)).root.v).toBe(1)
  }, 300_000)

  it('this machine’s own key too: publish says so plainly, and --own lets it in again', async () => {
    const data = await copyOf(example)
    const plans = await changedPlans('plans-own')
    const own = (await statusOf(data)).keys.find(({ publishes }) => publishes.includes('hemtjanst'))
    await run(data, 'revoke', own!.kid)
    const refused = await runPlanB(data, ['publish', plans])
    expect(refused.code).toBe(1)
    expect(refused.stderr).toMatch(/may no longer publish hemtjanst[\s\S]*approve --own hemtjanst/)
    await run(data, 'approve', '--own', 'hemtjanst')
    await run(data, 'approve', '--own', 'hemtjanst')
    const status = await statusOf(data)
    const keys = status.keys.filter(({ publishes }) => publishes.includes('hemtjanst'))
    expect(keys.map(({ isHere }) => isHere)).toEqual([true])
    expect(keys[0]!.kid).not.toBe(own!.kid)
    expect(await run(data, 'publish', plans)).toContain('published hemtjanst')
    await run(data, 'verify')
  }, 300_000)

  it('a revocation that was stopped before its heads is told, and finished by publish', async () => {
    const data = await copyOf(example)
    const { code, kid, words } = await createRequest(data)
    await run(data, 'approve', code, 'hemtjanst', '--words', words)
    await run(data, 'revoke', kid)
    await rm(join(data, 'store/d/hemtjanst/head/0002-0000000001.jws'))
    expect(await run(data, 'status')).toMatch(/hemtjanst .*stopped midway/)
    const plans = await changedPlans('plans-unfinished')
    expect(await run(data, 'publish', plans)).toContain('published hemtjanst, edition 2:')
    const status = await statusOf(data)
    const { gen, published } = status.departments.find(({ id }) => id === 'hemtjanst')!
    expect([gen, published.v]).toEqual([2, 2])
    await run(data, 'verify')
  }, 300_000)

  it('a root key is replaced: the new one is in safety first, whenever it is killed', async () => {
    const data = await copyOf(example)
    const before = (await statusOf(data)).keys.filter(({ isRoot }) => isRoot)
    const gone = before[0]!.kid
    for (const delay of [500, 900, 1300]) {
      const child = spawn(process.execPath, ['src/cli/main.ts', 'revoke', gone], {
        cwd: project,
        env: { ...process.env, PLANB_DATA: data },
        stdio: 'ignore',
      })
      const killing = setTimeout(() => child.kill('SIGKILL'), delay)
      await once(child, 'close')
      clearTimeout(killing)
    }
    const last = await runPlanB(data, ['revoke', gone])
    // Unless one of those that were to be killed was quick enough to finish.
    expect(last.code === 0 || last.stderr.includes('key-unknown'), last.stderr).toBe(true)
    const { root, keys } = await statusOf(data)
    expect(root.v).toBe(2)
    const rootKeys = keys.filter(({ isRoot }) => isRoot)
    expect(rootKeys.map(({ isHere }) => isHere)).toEqual([true, true, true])
    expect(rootKeys.map(({ kid }) => kid)).not.toContain(gone)
    expect((await secretsOf(data)).rootKeys).toHaveLength(3)
    expect((await secretsOf(data)).nextRootKey).toBeUndefined()
    // Killed before the hint that names the newest head, and quick enough else: publishing mends it.
    await run(data, 'publish')
    await run(data, 'verify')
    // The new one signs.
    const { code, words } = await createRequest(data)
    await run(data, 'approve', code, 'hemtjanst', '--words', words)
  }, 300_000)
})

describe('planb revoke of the recovery key', () => {
  it('puts a new one in its place, which opens every department', async () => {
    const data = await copyOf(example)
    const { recovery } = await secretsOf(data)
    const kid = await thumbprint(recovery)
    await run(data, 'revoke', kid)
    const after = await secretsOf(data)
    expect(after.recovery.d).not.toBe(recovery.d)
    expect(after).not.toHaveProperty('nextRecovery')
    const status = await statusOf(data)
    expect(status.recovery).toEqual({ kid: await thumbprint(after.recovery), isHere: true })
    await rotateInApp(data, 'hemtjanst')
    await run(data, 'verify')
  }, 300_000)
})

describe('planb rotate', () => {
  it('prints the new invitation, and a rotation made in the app is learnt by publish', async () => {
    const data = await copyOf(example)
    const said = await run(data, 'rotate', 'hemtjanst', '--app', 'https://planb.example')
    const invitation = decodeInvitation(/#\/join\/(\S+)/.exec(said)![1]!)
    expect(invitation.floor.epoch).toBe(2)
    expect(encodeInvitation(invitation)).toBeTruthy()

    await rotateInApp(data, 'hemtjanst')
    await rotateInApp(data, 'gemensamt')
    await run(data, 'verify')
    expect(await run(data, 'publish')).toBe('nothing to publish\n')
    const plans = await changedPlans('plans-rotated')
    expect(await run(data, 'publish', plans)).toContain('published hemtjanst')
    const again = decodeInvitation(
      /#\/join\/(\S+)/.exec(await run(data, 'invite', 'hemtjanst'))![1]!,
    )
    expect(again.floor.epoch).toBe(3)
    expect(again.epochKey).not.toEqual(invitation.epochKey)
    await run(data, 'verify')
  }, 300_000)
})

describe('what a thief or a host has left behind', () => {
  it('[M28] a device that only the list of keys names follows only when it is named', async () => {
    const data = await copyOf(example)
    const { signing, agreement } = await createTestPerson()
    const { kid } = signing
    await rotateInApp(data, 'hemtjanst', { [kid]: agreement.jwk })
    const listed = await run(data, 'rotate', 'hemtjanst', '--include', kid.slice(0, 10))
    expect(listed).toContain(
      `${kid}  unknown device, has never told of itself in this key: follows`,
    )
    const left = await run(data, 'rotate', 'hemtjanst')
    expect(left).toContain(`${kid}  unknown device`)
    expect(left).toContain('does not follow')
    expect(await run(data, 'rotate', 'hemtjanst')).not.toContain(kid)
  }, 300_000)

  it('[M10] [M11] a store without its newest version is not signed; a version of the key that goes is told', async () => {
    const data = await copyOf(example)
    await run(data, 'publish', await changedPlans('plans-behind'))
    await run(data, 'status')
    const { keys } = await statusOf(data)
    const { kid } = keys.find(({ publishes }) => publishes.includes('hemtjanst'))!
    const department = join(data, 'store', 'd', 'hemtjanst')
    const newest = join(department, 'head', '0001-0000000002.jws')
    const [bytes, latest] = await Promise.all([
      readFile(newest),
      readFile(join(department, 'latest')),
    ])
    await Promise.all([rm(newest), rm(join(department, 'latest'))])
    const behind = await runPlanB(data, ['rotate', 'hemtjanst'])
    expect([behind.code, behind.stderr]).toEqual([1, expect.stringContaining('head-behind')])
    await writeFile(newest, bytes)
    await writeFile(join(department, 'latest'), latest)

    const { code, stderr } = await runPlanB(data, ['revoke', kid])
    expect(code, stderr).toBe(0)
    expect(stderr).toContain('(v 2, edition 2) was published by the key that goes')
    expect(stderr).toContain('--keep hemtjanst=1')
    expect((await statusOf(data)).departments.find(({ id }) => id === 'hemtjanst')?.gen).toBe(2)
  }, 300_000)
})

describe('planb department', () => {
  it('adds one, which this machine publishes like the others', async () => {
    const data = await copyOf(example)
    expect(await run(data, 'department', 'lss=LSS-boende')).toContain('lss: published as 1-1')
    const [plans, exported] = [join(data, 'plans'), join(data, 'again')]
    await run(data, 'export', plans)
    const file = join(plans, 'lss', 'department.yaml')
    expect(await readFile(file, 'utf8')).toContain('title: LSS-boende')
    await writeFile(file, 'title: LSS-boende\nfirstNumbers: []\nsummary: Dygnet runt\n')
    const listed = join(plans, 'organisation.yaml')
    const text = await readFile(listed, 'utf8')
    await writeFile(listed, text.replace('departments:\n', 'departments:\n  - lss\n'))
    expect(await run(data, 'publish', plans)).toContain('published lss, edition 2')
    await run(data, 'export', exported)
    expect(await readFile(join(exported, 'lss', 'department.yaml'), 'utf8')).toContain(
      'Dygnet runt',
    )
    await run(data, 'verify')
    await run(data, 'invite', 'lss')
    expect((await statusOf(data)).departments.map(({ id }) => id)).toContain('lss')
  })

  it('again changes nothing; with another title, the title only', async () => {
    const data = await copyOf(example)
    await run(data, 'department', 'lss=LSS-boende')
    const before = await statusOf(data)
    await run(data, 'department', 'lss=LSS-boende')
    expect(await statusOf(data)).toEqual(before)
    await run(data, 'department', 'lss=Bostad med särskild service')
    const { root, departments } = await statusOf(data)
    expect(root.v).toBe(before.root.v + 1)
    expect(departments.at(-1)).toMatchObject({ id: 'lss', gen: 1, published: { epoch: 1 } })
  })

  it('refuses a name that is none', async () => {
    const data = await copyOf(example)
    for (const name of ['LSS=LSS', '../x=X', `lss=${'x'.repeat(201)}`]) {
      expect((await runPlanB(data, ['department', name])).code, name).toBe(2)
    }
  })
})

describe('planb papers, stores, status', () => {
  it('writes a page a key, for its owner alone, which can be typed', async () => {
    const data = await copyOf(example)
    const folder = join(base, 'papers')
    await run(data, 'papers', folder, '--app', 'https://planb.example')
    const files = (await readdir(folder)).toSorted()
    expect(files).toEqual(['aterstallningsnyckel.html', 'rotnyckel-2.html', 'rotnyckel-3.html'])
    const { rootKeys, recovery } = await secretsOf(data)
    const secretOf = async (file: string) => {
      const html = await readFile(join(folder, file), 'utf8')
      expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600)
      expect(html).not.toContain('<script')
      expect(html).toContain('ÖVNING')
      const typed = readTypedText(/<pre>([\s\S]*?)<\/pre>/.exec(html)![1]!)
      if (!typed || 'problems' in typed) throw new Error('cannot be typed')
      const { signing, recovery: read } = decodeRestorePayload(typed.payload)
      return Buffer.from((signing?.secret ?? read)!).toString('base64url')
    }
    expect(await secretOf('rotnyckel-2.html')).toBe(rootKeys[1]!.d)
    expect(await secretOf('rotnyckel-3.html')).toBe(rootKeys[2]!.d)
    expect(await secretOf('aterstallningsnyckel.html')).toBe(recovery.d)
    expect((await runPlanB(data, ['papers', folder])).stderr).toContain('is not empty')
  }, 240_000)

  it('names stores; an invitation says where they are when none is beside the app', async () => {
    const data = await copyOf(example)
    await run(data, 'stores', 'https://data.example/store', 'https://b.example/')
    const said = await run(data, 'status')
    expect(said).toContain('mirror        https://b.example/ (read only)')
    const invitation = /#\/join\/(\S+)/.exec(await run(data, 'invite', 'hemtjanst'))![1]!
    expect(decodeInvitation(invitation).mirror).toBe('https://data.example/store/')
    expect((await runPlanB(data, ['stores', 'ftp://x'])).code).toBe(2)
  }, 240_000)

  it('status tells nothing secret', async () => {
    const { rootKeys, recovery } = await secretsOf(example)
    for (const args of [['status'], ['status', '--json']]) {
      const said = await run(example, ...args)
      for (const { d } of [...rootKeys, recovery]) expect(said).not.toContain(d)
    }
  }, 240_000)
})

describe('planb serve', () => {
  async function serve(data: string, ...args: string[]) {
    const port = await freePort()
    const child = spawn(process.execPath, ['src/cli/main.ts', 'serve', ...args], {
      cwd: project,
      env: { ...process.env, PLANB_DATA: data, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stderr.on('data', (chunk) => (output += String(chunk)))
    await new Promise<void>((done, fail) => {
      child.stdout.on('data', (chunk) => {
        output += String(chunk)
        if (output.includes('http://')) done()
      })
      child.on('exit', () => fail(new Error(output)))
    })
    const statusAt = async (path: string) =>
      (await fetch(`http://127.0.0.1:${port}/${path}`)).status
    const stop = async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    return { address: `http://127.0.0.1:${port}/`, statusAt, stop }
  }

  it('--store-only and --app-only serve the one and nothing of the other', async () => {
    const data = join(base, 'real')
    const plans = join(base, 'real-plans')
    await run(data, 'init', 'Ås kommun', 'hemtjanst=Hemtjänst', '--plans', plans)
    await run(data, 'publish', plans)
    const store = await serve(data, '--store-only')
    const both = await Promise.all(['store/root/1.jws', 'index.html', 'sw.js'].map(store.statusAt))
    await store.stop()
    expect(both).toEqual([200, 404, 404])

    const app = await serve(join(base, 'nothing-there'), '--app-only')
    const of = await Promise.all(['store/root/1.jws', '', 'index.html'].map(app.statusAt))
    const verified = await runPlanB(data, ['verify', '--app', app.address])
    await app.stop()
    expect(of).toEqual([404, 200, 200])
    expect(verified.stderr).toBe('')
    expect(verified.code).toBe(0)
    expect(verified.stdout).toMatch(/build of this checkout {2}[0-9a-f]{64}/)
    expect((await runPlanB(data, ['serve', '--app-only', '--store-only'])).code).toBe(2)
  }, 240_000)
})
