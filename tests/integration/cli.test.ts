import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { currentDepartment, currentRelease } from '#cli/current-release.ts'
import { openOrganisation } from '#cli/data-folder.ts'
import { publishedNow, publishPlans } from '#cli/publish-plans.ts'
import { readPlansFolder } from '#cli/read-plans-folder.ts'
import { createSecretFiles } from '#cli/secret-files.ts'
import { readPlans } from '#library/read-plans.ts'
import { readOrganisation } from '#cli/secrets.ts'
import { createLocalWriteStore } from '#server/local-write-store.ts'
import { createDirectoryStore } from '#store/directory.ts'
import { publishDrafts } from '#sync/manage/publish-drafts.ts'
import { importSigningKey } from '#trust/keys.ts'
import { decodeInvitation } from '#trust/invitation.ts'
import { runPlanB } from '../support/planb-server.ts'

const root = resolve(import.meta.dirname, '../..')
let base: string
/** A filled example, copied for each test that changes something. */
let example: string

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'planb-cli-'))
  example = join(base, 'example')
  const { code, stderr } = await runPlanB(example, ['status'])
  expect(stderr).toBe('')
  expect(code).toBe(0)
})
afterAll(() => rm(base, { recursive: true, force: true }))

let copies = 0
async function copyOf(folder: string): Promise<string> {
  const copy = join(base, `copy-${++copies}`)
  await cp(folder, copy, { recursive: true })
  return copy
}

describe('planb', () => {
  it('says how it is used: exit 2', async () => {
    for (const args of [[], ['nonsense'], ['constructor'], ['status', 'x'], ['status', '--x']]) {
      const { code, stdout, stderr } = await runPlanB(example, args)
      expect(code, args.join(' ')).toBe(2)
      expect(stdout).toBe('')
      expect(stderr).toContain('planb')
    }
    const help = await runPlanB(example, ['--help'])
    expect(help.code).toBe(0)
    expect(help.stdout).toContain('planb publish [DIR]')
  })

  it('says how one command is used, on stdout: exit 0, and does nothing else', async () => {
    for (const args of [
      ['publish', '--help'],
      ['papers', '-h'],
      ['revoke', 'x', '--help'],
    ]) {
      const { code, stdout, stderr } = await runPlanB(join(base, 'untouched'), args)
      expect(code, args.join(' ')).toBe(0)
      expect(stderr).toBe('')
      expect(stdout).toMatch(new RegExp(`^  planb ${args[0]} .*\n      \\w`))
      expect(stdout).not.toContain('planb serve')
    }
    expect(await readdir(base)).not.toContain('untouched')
  })

  it('runs on the project’s own Node whatever starts it', async () => {
    const child = spawn(join(root, 'src/cli/planb.js'), ['status'], {
      cwd: base,
      env: { ...process.env, PLANB_DATA: example, PATH: '/usr/local/bin:/usr/bin:/bin' },
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += String(chunk)))
    const [code] = (await once(child, 'close')) as [number]
    expect(code).toBe(0)
    expect(output).toContain('check words')
  })
})

describe('planb status, invite', () => {
  it('fill an empty folder with the example; keys are for their owner alone', async () => {
    const { stdout } = await runPlanB(example, ['status'])
    expect(stdout).toContain('ÖVNING')
    expect(stdout).toMatch(/hemtjanst .*edition 1 \(0001-0000000001\)/)
    for (const entry of await readdir(join(example, 'secret'), {
      withFileTypes: true,
      recursive: true,
    })) {
      const { mode } = await stat(join(entry.parentPath, entry.name))
      expect((mode & 0o777).toString(8), entry.name).toBe(entry.isDirectory() ? '700' : '600')
    }
    expect(((await stat(join(example, 'secret'))).mode & 0o777).toString(8)).toBe('700')
  })

  it('agree on one organisation when two fill the same folder at once', async () => {
    const data = join(base, 'twice')
    const runs = await Promise.all([runPlanB(data, ['status']), runPlanB(data, ['status'])])
    expect(runs.map(({ code }) => code)).toEqual([0, 0])
    const [one, two] = runs.map(({ stdout }) => /organisation +(\w+)/.exec(stdout)?.[1])
    expect(one).toBe(two)
    expect((await runPlanB(data, ['verify'])).code).toBe(0)
    expect((await readdir(data)).sort()).toEqual(['secret', 'store'])
  })

  it('fill on where a process was killed', async () => {
    const data = join(base, 'killed')
    for (const delay of [300, 450, 600, 800]) {
      const child = spawn(process.execPath, ['src/cli/main.ts', 'status'], {
        cwd: root,
        env: { ...process.env, PLANB_DATA: data },
        stdio: 'ignore',
      })
      setTimeout(() => child.kill('SIGKILL'), delay)
      await once(child, 'close')
    }
    const { code, stdout } = await runPlanB(data, ['status'])
    expect(code).toBe(0)
    expect(stdout).not.toContain('nothing published')
    expect((await runPlanB(data, ['verify'])).code).toBe(0)
  })

  it('make a new invitation each time, for the address that is given', async () => {
    const data = await copyOf(example)
    const ids = new Set<string>()
    for (let i = 0; i < 2; i++) {
      const { code, stdout } = await runPlanB(data, [
        'invite',
        'hemtjanst',
        '--app',
        'https://planb.example/app',
      ])
      expect(code).toBe(0)
      const payload = /https:\/\/planb\.example\/app\/#\/join\/(\S+)/.exec(stdout)?.[1]
      const invitation = decodeInvitation(payload!)
      expect(invitation.department).toBe('hemtjanst')
      expect(invitation.floor).toEqual({ gen: 1, v: 1, epoch: 1 })
      ids.add(invitation.id)
      expect(stdout).toContain('█')
    }
    expect(ids.size).toBe(2)
    expect((await runPlanB(data, ['invite', 'skola'])).code).toBe(1)
    expect((await runPlanB(data, ['invite', 'hemtjanst', '--app', 'javascript:x'])).code).toBe(2)
  })

  it('say that a link made without an address opens only on this machine', async () => {
    const data = await copyOf(example)
    const without = await runPlanB(data, ['invite', 'hemtjanst'])
    expect(without.code).toBe(0)
    expect(without.stdout).toContain('http://127.0.0.1:')
    expect(without.stderr).toMatch(/only on this machine[\s\S]*--app https:/)
    const named = await runPlanB(data, ['invite', 'hemtjanst', '--app', 'https://planb.example/'])
    expect(named.stderr).toBe('')
    expect((await runPlanB(data, ['--help'])).stdout).toMatch(/invite .*\[--app URL\]\n.*--app/)
  })

  it('never name a key in what they store', async () => {
    const secrets = await readFile(join(example, 'secret', 'organisation.json'), 'utf8')
    const keys = [...secrets.matchAll(/"d": "([\w-]{43})"/g)].map((match) => match[1]!)
    const department = await readFile(
      join(example, 'secret', 'departments', 'hemtjanst.json'),
      'utf8',
    )
    keys.push(/"epochKey": "([\w-]{43})"/.exec(department)![1]!)
    expect(keys.length).toBeGreaterThan(4)
    const store = createDirectoryStore(join(example, 'store'))
    for (const path of await store.list('')) {
      const text = await readFile(join(example, 'store', path), 'latin1')
      for (const key of keys) expect(text.includes(key), path).toBe(false)
      expect(text, path).not.toMatch(/körlista|Sjuksköterska|\+4670174/)
    }
  })
})

describe('planb publish, export', () => {
  it('publishes nothing when nothing changed, and only the department that did', async () => {
    const data = await copyOf(example)
    expect((await runPlanB(data, ['publish'])).stdout).toBe('nothing to publish\n')

    const plans = join(base, 'plans-changed')
    await cp(join(root, 'plans'), plans, { recursive: true })
    const file = join(plans, 'hemtjanst', 'contacts.yaml')
    const text = await readFile(file, 'utf8')
    const number = /\+467017406\d\d/.exec(text)![0]
    await writeFile(file, text.replace(number, '+46701740699'))
    const before = await createDirectoryStore(join(data, 'store')).list('b/')
    const changed = await runPlanB(data, ['publish', plans])
    expect(changed.stdout).toBe('published hemtjanst, edition 2: changed contacts/contacts\n')
    // One changed number: one pack and the manifest are new, the rest is used again.
    const after = await createDirectoryStore(join(data, 'store')).list('b/')
    expect(after.length - before.length).toBe(2)
    expect((await runPlanB(data, ['publish', plans])).stdout).toBe('nothing to publish\n')
    expect((await runPlanB(data, ['verify'])).code).toBe(0)
  })

  it('mends the hint that a stop left behind, though nothing changed', async () => {
    const data = await copyOf(example)
    const hint = join(data, 'store', 'd', 'hemtjanst', 'latest')
    const right = await readFile(hint, 'utf8')
    await writeFile(hint, 'x')
    expect((await runPlanB(data, ['verify'])).stderr).toContain('planb publish mends it')
    expect((await runPlanB(data, ['publish'])).stdout).toBe('nothing to publish\n')
    expect(await readFile(hint, 'utf8')).toBe(right)
    expect((await runPlanB(data, ['verify'])).code).toBe(0)
  })

  it('says which routine is published under an approval of another text', async () => {
    const data = await copyOf(example)
    const plans = join(base, 'plans-approval')
    await cp(join(root, 'plans'), plans, { recursive: true })
    const file = join(plans, 'hemsjukvard', 'routines', 'journal-treserva.yaml')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace(/^(summary: .*)$/m, '$1 Och mer.'))
    const told = 'hemsjukvard/routine/journal-treserva says that it is approved'
    expect((await runPlanB(data, ['publish', plans])).stderr).toContain(told)
    // Approved anew, it is nobody's business.
    const again = text.replace(/^approval: .*$/m, 'approval: { role: MAS, on: "2026-11-23" }')
    await writeFile(file, again.replace(/^(summary: .*)$/m, '$1 Och annat.'))
    expect((await runPlanB(data, ['publish', plans])).stderr).toBe('')
  })

  it('says why, in one line that is sealed with what changed', async () => {
    const data = await copyOf(example)
    const plans = join(base, 'plans-reason')
    await cp(join(root, 'plans'), plans, { recursive: true })
    const file = join(plans, 'hemtjanst', 'department.yaml')
    await writeFile(file, (await readFile(file, 'utf8')).replace(/^title: .*$/m, 'title: Annan'))
    const tooLong = await runPlanB(data, ['publish', plans, '--reason', 'å'.repeat(201)])
    expect([tooLong.code, tooLong.stdout]).toEqual([2, ''])
    expect(tooLong.stderr).toContain('more than 200 characters')
    const reason = 'Nytt namn från 1 januari'
    expect((await runPlanB(data, ['publish', plans, '--reason', `${reason}\n`])).code).toBe(0)
    const store = createDirectoryStore(join(data, 'store'))
    const open = (await openOrganisation({
      path: data,
      storePath: join(data, 'store'),
      store,
      secret: createSecretFiles(join(data, 'secret')),
    }))!
    const release = await currentRelease(open, 'hemtjanst')
    expect(release?.changes).toMatchObject([{ id: 'department', change: 'changed', reason }])
    // The host reads nothing of it.
    for (const path of await store.list('')) {
      const bytes = (await store.get(path, { maxBytes: 4 * 1024 * 1024 }))!
      expect(Buffer.from(bytes).includes('1 januari'), path).toBe(false)
    }
  })

  describe('[C3] a folder that was exported, while others publish', () => {
    const contacts = ['hemtjanst', 'contacts.yaml']
    const department = ['hemtjanst', 'department.yaml']
    const edit = async (folder: string, file: string[], from: string | RegExp, to: string) => {
      const path = join(folder, ...file)
      const text = await readFile(path, 'utf8')
      expect(text).toMatch(from)
      await writeFile(path, text.replace(from, to))
    }
    const open = async (data: string) =>
      (await openOrganisation({
        path: data,
        storePath: join(data, 'store'),
        store: createDirectoryStore(join(data, 'store')),
        secret: createSecretFiles(join(data, 'secret')),
      }))!
    const published = async (data: string) => (await currentRelease(await open(data), 'hemtjanst'))!
    const textOf = async (data: string) => JSON.stringify((await published(data)).documents)

    /** A manager's phone publishes: another number, and in a key of its own. */
    async function publishByApp(data: string, number: string): Promise<void> {
      const one = await open(data)
      const { opened } = await currentDepartment(one, 'hemtjanst')
      const name = 'hemtjanst/contacts/contacts'
      const before = opened!.release.documents.find(({ kind }) => kind === 'contacts')!.body
      const [from] = /\+467017406\d\d/.exec(JSON.stringify(before))!
      const body = JSON.parse(JSON.stringify(before).replace(from, number)) as object
      const secrets = await readOrganisation(one.secret)
      const rootKey = await importSigningKey(secrets!.rootKeys[0]!, { extractable: false })
      const store = createLocalWriteStore(one.store, {
        organisation: one.root.organisation,
        allowExample: true,
        now: () => new Date(),
      })
      const result = await publishDrafts(
        {
          store,
          root: one.root,
          rootKeys: [rootKey],
          now: () => new Date(),
          open: async (id) => (await currentDepartment(one, id)).opened,
        },
        {
          department: 'hemtjanst',
          drafts: [{ name, base: { body: before }, body }],
          signer: rootKey,
          reason: 'Ändrat i appen',
        },
      )
      expect(result.outcome).toBe('published')
    }

    it('is merged with what they changed; its YAML by hand gives the same on the phone', async () => {
      const data = await copyOf(example)
      const folder = join(base, 'edited')
      expect((await runPlanB(data, ['export', folder])).code).toBe(0)
      await publishByApp(data, '+46701740688')
      await edit(folder, department, /^title: .*$/m, 'title: Hemtjänsten dag')
      const run = await runPlanB(data, ['publish', folder])
      expect([run.code, run.stdout]).toEqual([
        0,
        'published hemtjanst, edition 3: changed department/department\n',
      ])
      expect(run.stderr).toContain('others have changed hemtjanst too')
      expect(await textOf(data)).toContain('+46701740688')
      expect(await textOf(data)).toContain('Hemtjänsten dag')
      // The same folder again, and edited on: what it said before is no change of somebody else.
      expect((await runPlanB(data, ['publish', folder])).stdout).toBe('nothing to publish\n')
      await edit(folder, department, 'Hemtjänsten dag', 'Hemtjänsten natt')
      expect((await runPlanB(data, ['publish', folder])).stdout).toContain('edition 4')
      expect(await textOf(data)).toContain('+46701740688')
      expect(await textOf(data)).toContain('Hemtjänsten natt')
      expect((await runPlanB(data, ['verify'])).code).toBe(0)
      // What is exported then, and read again, is the same.
      const again = join(base, 'edited-again')
      await runPlanB(data, ['export', again])
      expect((await runPlanB(data, ['publish', again])).stdout).toBe('nothing to publish\n')
    }, 120_000)

    it('what both changed is named, and goes when somebody says so', async () => {
      const data = await copyOf(example)
      const folder = join(base, 'collides')
      await runPlanB(data, ['export', folder])
      await publishByApp(data, '+46701740688')
      await edit(folder, contacts, /\+467017406\d\d/, '+46701740677')
      const refused = await runPlanB(data, ['publish', folder])
      expect([refused.code, refused.stdout]).toEqual([1, ''])
      expect(refused.stderr).toMatch(
        /hemtjanst\/contacts\/contacts: contacts\.\d+\.number: was "\+467017406\d\d", here "\+46701740677", published "\+46701740688"/,
      )
      expect(refused.stderr).toContain('--mine')
      expect((await published(data)).edition).toBe(2)
      expect((await runPlanB(data, ['publish', folder, '--mine', '--replace'])).code).toBe(2)
      expect((await runPlanB(data, ['publish', folder, '--mine'])).code).toBe(0)
      expect(await textOf(data)).toContain('+46701740677')
      expect(await textOf(data)).not.toContain('+46701740688')
    }, 120_000)

    it('a folder of which nobody knows what it was edited from undoes nothing unasked', async () => {
      const data = await copyOf(example)
      const folder = join(base, 'unknown')
      await runPlanB(data, ['export', folder])
      await rm(join(folder, '.planb-base.json'))
      // Nobody else has published since this machine did.
      await edit(folder, department, /^title: .*$/m, 'title: Först')
      expect((await runPlanB(data, ['publish', folder])).stdout).toContain('edition 2')
      await publishByApp(data, '+46701740688')
      await rm(join(folder, '.planb-base.json'))
      const refused = await runPlanB(data, ['publish', folder])
      expect([refused.code, refused.stdout]).toEqual([1, ''])
      expect(refused.stderr).toContain('--replace')
      expect(await textOf(data)).toContain('+46701740688')
      expect((await runPlanB(data, ['publish', folder, '--replace'])).stdout).toContain('edition 4')
      expect(await textOf(data)).not.toContain('+46701740688')
      await writeFile(join(folder, '.planb-base.json'), '{"organisation":')
      expect((await runPlanB(data, ['publish', folder])).stderr).toContain('damaged')
    }, 120_000)

    it('a removed file is a removed document', async () => {
      const data = await copyOf(example)
      const folder = join(base, 'removed')
      await runPlanB(data, ['export', folder])
      const file = join(folder, 'hemtjanst', 'routines', 'kopia.yaml')
      await cp(join(folder, 'hemtjanst', 'routines', 'tes-korlista.yaml'), file)
      expect((await runPlanB(data, ['publish', folder])).stdout).toContain('added routine/kopia')
      await publishByApp(data, '+46701740688')
      await rm(file)
      expect((await runPlanB(data, ['publish', folder])).stdout).toContain('removed routine/kopia')
      expect(await textOf(data)).toContain('+46701740688')
    }, 120_000)
  })

  it('of two that publish the same at once, one does', async () => {
    const data = await copyOf(example)
    const plans = join(base, 'plans-twice')
    await cp(join(root, 'plans'), plans, { recursive: true })
    const file = join(plans, 'hemtjanst', 'department.yaml')
    await writeFile(file, (await readFile(file, 'utf8')).replace(/^title: .*$/m, 'title: Annan'))
    const runs = await Promise.all([1, 2].map(() => runPlanB(data, ['publish', plans])))
    expect(runs.map(({ code }) => code)).toEqual([0, 0])
    expect(runs.map(({ stdout }) => stdout).sort()).toEqual([
      'nothing to publish\n',
      'published hemtjanst, edition 2: changed department/department\n',
    ])
  })

  it('of two that publish different things at once, the second undoes nothing, and is told', async () => {
    const data = await copyOf(example)
    const changed = async (name: string, file: string) => {
      const plans = join(base, name)
      await cp(join(root, 'plans'), plans, { recursive: true })
      const path = join(plans, file)
      await writeFile(
        path,
        (await readFile(path, 'utf8')).replace(/^title: .*$/m, `title: ${name}`),
      )
      return plans
    }
    const first = await changed('plans-first', 'hemtjanst/department.yaml')
    const second = await changed('plans-second', 'hemtjanst/contacts.yaml')
    const open = (await openOrganisation({
      path: data,
      storePath: join(data, 'store'),
      store: createDirectoryStore(join(data, 'store')),
      secret: createSecretFiles(join(data, 'secret')),
    }))!
    const documents = readPlans((await readPlansFolder(second)).texts).documents
    // It has looked at what is there, and is reading its plans, when the other one publishes.
    const since = await publishedNow(open)
    expect((await runPlanB(data, ['publish', first])).code).toBe(0)
    const late = publishPlans(open, documents, { now: () => new Date(), since })
    await expect(late).rejects.toThrow(/edition 2 .*changed department\/department/)
    await expect(late).rejects.toMatchObject({ advice: expect.stringContaining('planb export') })
    const titles = async () => {
      const release = await currentRelease(open, 'hemtjanst')
      return release?.documents
        .filter(({ kind }) => kind === 'department' || kind === 'contacts')
        .map(({ body }) => ('title' in body ? body.title : ''))
    }
    expect(await titles()).toContain('plans-first')
    expect(await titles()).not.toContain('plans-second')
    // Who has seen it, and means it, publishes.
    expect((await runPlanB(data, ['publish', second])).code).toBe(0)
    expect(await titles()).toContain('plans-second')
  })

  it('writes out what reads back as the same', async () => {
    const folder = join(base, 'exported')
    const exported = await runPlanB(example, ['export', folder])
    expect(exported.stderr).toBe('')
    expect(exported.code).toBe(0)
    expect((await runPlanB(example, ['publish', folder])).stdout).toBe('nothing to publish\n')
    const again = await runPlanB(example, ['export', folder])
    expect(again.code).toBe(1)
    expect(again.stderr).toContain('is not empty')
  })

  it('writes out one readable file, and a public one without what is marked secret', async () => {
    const file = join(base, 'readable', 'alla.html')
    const written = await runPlanB(example, ['export', '--html', file])
    expect(written.stderr).toBe('')
    expect(written.stdout).toMatch(/^\d+ documents written to /)
    const all = await readFile(file, 'utf8')
    expect(all).toContain('<h1>Lövåsa kommun</h1>')
    expect(all).toMatch(/<p>Lövåsa kommun, hämtad \d+ \w+\.? \d{4}\.<\/p>/)
    const again = await runPlanB(example, ['export', '--html', file])
    expect(again.stderr).toContain('is there already')
    const open = join(base, 'readable', 'offentlig.html')
    const extract = await runPlanB(example, ['export', '--public', open])
    const left = /(\d+) fields left out/.exec(extract.stdout)?.[1]
    const shown = await readFile(open, 'utf8')
    expect(shown).toContain('Offentlig version av Lövåsa kommun')
    expect(Number(left)).toBeGreaterThan(0)
    expect(shown.split('<footer>')[1]?.match(/<li>/g)).toHaveLength(Number(left))
    const one = join(base, 'readable', 'en.html')
    await runPlanB(example, ['export', '--html', one, '--department', 'hemtjanst'])
    const only = await readFile(one, 'utf8')
    expect(only.match(/class="department"/g)).toHaveLength(1)
    expect(only).toContain('<h1>Hemtjänst</h1>')
    const folder = await runPlanB(example, [
      'export',
      join(base, 'no'),
      '--department',
      'hemtjanst',
    ])
    expect(folder.code).toBe(2)
    const unknown = await runPlanB(example, [
      'export',
      '--html',
      join(base, 'x'),
      '--department',
      'nej',
    ])
    expect(unknown.stderr).toContain('There is no department nej')
  })

  it('tells every error with its place, and publishes nothing of it', async () => {
    const data = await copyOf(example)
    const plans = join(base, 'plans-broken')
    await cp(join(root, 'plans'), plans, { recursive: true })
    const contacts = join(plans, 'hemtjanst', 'contacts.yaml')
    await writeFile(contacts, (await readFile(contacts, 'utf8')).replace(/^title:/m, 'titel:'))
    const film = join(plans, 'hemtjanst', 'routines', 'film.yaml')
    await writeFile(film, '')
    await truncate(film, 80 * 1024 * 1024)
    await writeFile(join(plans, 'gemensamt', 'routines', 'trasig.yaml'), 'a: [1, 2\nb: }')
    const { code, stdout, stderr } = await runPlanB(data, ['publish', plans])
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/hemtjanst\/contacts\.yaml:\d+:\d+: error: .*titel/)
    expect(stderr).toMatch(/hemtjanst\/routines\/film\.yaml:1:1: error: The file is larger/)
    expect(stderr).toMatch(/gemensamt\/routines\/trasig\.yaml:\d+:\d+: error: This is not YAML/)
    expect(stderr).toContain('nothing was published')
    const missing = await runPlanB(data, ['publish', join(base, 'nowhere')])
    expect(missing.code).toBe(1)
    expect(missing.stderr).toContain('there is no folder')
  })
})

describe('planb prune', () => {
  it('[C1] says what goes and what that costs, asks, and leaves a store that holds', async () => {
    const data = await copyOf(example)
    const plans = join(base, 'plans-prune')
    await cp(join(root, 'plans'), plans, { recursive: true })
    const file = join(plans, 'hemtjanst', 'department.yaml')
    const text = await readFile(file, 'utf8')
    for (const title of ['Ett', 'Två']) {
      await writeFile(file, text.replace(/^title: .*$/m, `title: ${title}`))
      expect((await runPlanB(data, ['publish', plans])).code).toBe(0)
    }
    const store = createDirectoryStore(join(data, 'store'))
    const before = await store.list('')
    expect((await runPlanB(data, ['prune', '--keep', '0'])).code).toBe(2)
    const unsaid = await runPlanB(data, ['prune', '--keep', '1'])
    expect(unsaid.code).toBe(2)
    expect(unsaid.stdout).toContain('hemtjanst: 2 old versions (edition 1 to 2); edition 3 and later stay') // prettier-ignore
    expect(unsaid.stdout).toContain('can not be shown, compared or brought back')
    expect(await store.list('')).toEqual(before)
    expect((await runPlanB(data, ['prune', '--keep', '1', '--yes'])).stdout).toContain('removed')
    expect(await store.list('d/hemtjanst/head/')).toHaveLength(1)
    expect((await runPlanB(data, ['verify'])).code).toBe(0)
    expect((await runPlanB(data, ['prune', '--yes'])).stdout).toBe('nothing to remove\n')
  }, 120_000)
})

describe('planb verify', () => {
  it('holds a good store, by its data folder, its store and a copy without keys', async () => {
    for (const args of [[], [example], [join(example, 'store')]]) {
      const { code, stdout } = await runPlanB(example, ['verify', ...args])
      expect(code).toBe(0)
      expect(stdout).toMatch(/^\d+ objects hold in /)
      expect(stdout).not.toContain('No keys here')
    }
    const copy = await copyOf(join(example, 'store'))
    const alone = await runPlanB(join(base, 'no-data'), ['verify', copy])
    expect(alone.code).toBe(0)
    expect(alone.stdout).toContain('No keys here')
    expect((await runPlanB(example, ['verify', join(base, 'nowhere')])).code).toBe(1)
  })

  it('names the object with a flipped byte, of every kind, and changes nothing', async () => {
    const data = await copyOf(example)
    const store = createDirectoryStore(join(data, 'store'))
    const paths = await store.list('')
    const blobs = paths.filter((path) => path.startsWith('b/'))
    const kinds = [
      'root/1.jws',
      'd/hemtjanst/head/0001-0000000001.jws',
      'd/hemtjanst/latest',
      blobs[0]!,
      blobs.at(-1)!,
    ]
    for (const path of kinds) {
      const file = join(data, 'store', path)
      const good = await readFile(file)
      const flipped = Buffer.from(good)
      flipped[Math.floor(good.length / 2)]! ^= 1
      await writeFile(file, flipped)
      const { code, stderr } = await runPlanB(data, ['verify'])
      expect(code, path).toBe(1)
      expect(stderr, path).toContain(join(data, 'store', path))
      expect(await readFile(file)).toEqual(flipped)
      expect(await store.list('')).toEqual(paths)
      await writeFile(file, good)
    }
    expect((await runPlanB(data, ['verify'])).code).toBe(0)
  })

  it('names what is missing and what does not belong there', async () => {
    const data = await copyOf(example)
    const blob = (await createDirectoryStore(join(data, 'store')).list('b/'))[0]!
    await rm(join(data, 'store', blob))
    await writeFile(join(data, 'store', 'notes.txt'), 'x')
    await writeFile(join(data, 'store', 'b', 'ABC'), 'x')
    const { code, stderr } = await runPlanB(data, ['verify'])
    expect(code).toBe(1)
    expect(stderr).toContain(blob)
    expect(stderr).toContain('notes.txt')
    expect(stderr).toContain('b/ABC')
    await rm(join(data, 'store', 'root', '1.jws'))
    expect((await runPlanB(data, ['verify'])).stderr).toContain('root/1.jws')
  })

  it('knows a store that somebody else has made', async () => {
    const other = join(base, 'other')
    await runPlanB(other, ['status'])
    const copy = await copyOf(join(other, 'store'))
    const { code, stderr } = await runPlanB(example, ['verify', copy])
    expect(code).toBe(1)
    expect(stderr).toContain('root-hash')
  })
})

describe('planb init, serve', () => {
  it('serve refuses an example, an empty folder without a hash, and another organisation', async () => {
    const refused = await runPlanB(example, ['serve'])
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('example')
    expect((await runPlanB(join(base, 'empty'), ['serve'])).code).toBe(2)
    expect((await runPlanB(join(base, 'empty'), ['serve', '--organisation', 'x'])).code).toBe(2)
    const other = await runPlanB(example, ['serve', '--organisation', '0'.repeat(64)])
    expect(other.code).toBe(1)
    expect(other.stderr).toContain('another organisation')
  })

  it('init makes an organisation that publishes its own plans, once', async () => {
    const data = join(base, 'real')
    const plans = join(base, 'real-plans')
    const args = ['init', 'Ås kommun', 'hemtjanst=Hemtjänst', '--plans', plans]
    const made = await runPlanB(data, args)
    expect(made.stderr).toBe('')
    expect(made.code).toBe(0)
    expect(made.stdout).toContain('#/restore/')
    expect(made.stdout).toContain('only on this machine')
    // It begins with the same as the folder holds: there is something to join before anybody has written.
    expect((await runPlanB(data, ['publish', plans])).stdout).toContain('nothing to publish')
    expect((await runPlanB(data, ['invite', 'hemtjanst'])).code).toBe(0)
    const settings = join(plans, 'hemtjanst', 'department.yaml')
    await writeFile(settings, `${await readFile(settings, 'utf8')}summary: Dygnet runt\n`)
    const published = (await runPlanB(data, ['publish', plans])).stdout
    expect(published).toContain('published hemtjanst, edition 2')
    expect((await runPlanB(data, ['publish'])).stderr).toContain('these plans are an example')
    expect((await runPlanB(data, ['verify'])).code).toBe(0)
    expect((await runPlanB(data, ['init', 'Ås kommun', 'a'])).code).toBe(1)
    expect((await runPlanB(join(base, 'x'), ['init', 'Ås kommun', '../x'])).code).toBe(2)
    const start = await runPlanB(data, ['start'])
    expect(start.code).toBe(1)
    expect(start.stderr).toContain('planb serve')
  })
})
