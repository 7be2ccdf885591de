import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { describeStoreContract } from './contract.ts'
import { createDirectoryStore } from './directory.ts'
import { blobPath, headPath, latestPath, rootPath } from './layout.ts'
import { StoreError } from './store.ts'

const folders: string[] = []

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'planb-store-'))
  folders.push(folder)
  return folder
}

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })))
})

describeStoreContract('the directory store', async () =>
  createDirectoryStore(join(await temporaryFolder(), 'not', 'yet', 'made')),
)

describe('the directory store', () => {
  it('[S4] has one winner for each head also among processes', { timeout: 60_000 }, async () => {
    const folder = await temporaryFolder()
    const heads = 40
    const writers = await Promise.all(
      [0, 1, 2, 3].map((writer) =>
        runRacer({ folder, writer, heads, startAt: Date.now() + 2_000 }),
      ),
    )
    for (let v = 1; v <= heads; v++) {
      const winners = writers.filter((outcomes) => outcomes[v - 1] === 'stored')
      expect(winners, `head ${v}`).toHaveLength(1)
      const path = join(folder, headPath('hemtjanst', 1, v))
      expect(await readFile(path, 'utf8')).toBe(`writer ${writers.indexOf(winners[0]!)}`)
    }
    // The race took place: more than one of them won something.
    expect(writers.filter((outcomes) => outcomes.includes('stored')).length).toBeGreaterThan(1)
    expect(await readdir(join(folder, '.incoming'))).toEqual([])
  })

  it('[S14] leaves no half object when its process is killed', { timeout: 60_000 }, async () => {
    const folder = await temporaryFolder()
    for (let round = 0; round < 3; round++) await killWriterMidway(folder)
    const store = createDirectoryStore(folder)
    const paths = await store.list('')
    expect(paths.length).toBeGreaterThan(0)
    for (const path of paths) {
      const bytes = await readFile(join(folder, path))
      expect(path).toBe(blobPath(createHash('sha256').update(bytes).digest('hex')))
    }
  })

  it('[S15] removes what a dead process left, once it is old, and never lists it', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, '.incoming'))
    const [old, fresh] = [join(folder, '.incoming', 'old'), join(folder, '.incoming', 'fresh')]
    await writeFile(old, 'half')
    await writeFile(fresh, 'half')
    await utimes(old, new Date('2026-01-01'), new Date('2026-01-01'))
    const store = createDirectoryStore(folder)
    await store.putIfAbsent(rootPath(1), new Uint8Array([1]))
    expect(existsSync(old)).toBe(false)
    expect(existsSync(fresh)).toBe(true)
    expect(await store.list('')).toEqual([rootPath(1)])
  })

  it('[S16] lists what does not belong there, so that it can be found', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'b'))
    await writeFile(join(folder, 'b', 'notes.txt'), 'x')
    await writeFile(join(folder, '.hidden'), 'x')
    await symlink('/etc/hostname', join(folder, 'b', 'link'))
    expect(await createDirectoryStore(folder).list('')).toEqual([
      '.hidden',
      'b/link',
      'b/notes.txt',
    ])
  })

  it('[S17] follows no link out of the store and waits for no pipe', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'root'))
    await symlink('/etc/hostname', join(folder, rootPath(1)))
    execFileSync('mkfifo', [join(folder, rootPath(2))])
    await mkdir(join(folder, rootPath(3)))
    const store = createDirectoryStore(folder)
    for (const n of [1, 2, 3]) {
      await expect(store.get(rootPath(n), { maxBytes: 1024 })).rejects.toMatchObject({
        code: 'not-the-store',
      })
    }
  })

  it('[S18] says when there is no room, and leaves nothing of what it began', async () => {
    const folder = await temporaryFolder()
    // A limit on the size of files fails midway through a write, as a full disk does.
    const script = `
      import { createDirectoryStore } from ${JSON.stringify(import.meta.resolve('./directory.ts'))}
      const store = createDirectoryStore(${JSON.stringify(folder)})
      await store.putIfAbsent(${JSON.stringify(blobPath('a'.repeat(64)))}, new Uint8Array(100_000)).then(
        (outcome) => console.log(outcome),
        (error) => console.log(error.code),
      )
    `
    const output = execFileSync(
      'sh',
      ['-c', 'ulimit -f 64; exec "$0" --input-type=module -e "$1"', process.execPath, script],
      { encoding: 'utf8' },
    )
    expect(output.trim()).toBe('full')
    expect(await createDirectoryStore(folder).list('')).toEqual([])
    expect(await readdir(join(folder, '.incoming'))).toEqual([])
  })

  it('[S19] names the path of the layout in an error, and no folder of the machine', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'file'), 'x')
    const store = createDirectoryStore(join(folder, 'file', 'store'))
    const error: unknown = await store.putIfAbsent(rootPath(1), new Uint8Array(8)).catch((e) => e)
    expect(error).toBeInstanceOf(StoreError)
    expect((error as StoreError).code).toBe('unreachable')
    expect((error as StoreError).message).not.toContain(folder)
    expect((error as StoreError).message).toContain(rootPath(1))
  })

  it(
    '[S5] replaces across processes without a moment of absence',
    { timeout: 30_000 },
    async () => {
      const folder = await temporaryFolder()
      const store = createDirectoryStore(folder)
      await store.replace(latestPath('a'), new TextEncoder().encode('0001-0000000001'))
      const other = createDirectoryStore(folder)
      for (let i = 0; i < 30; i++) {
        const [, seen] = await Promise.all([
          other.replace(latestPath('a'), new TextEncoder().encode('0001-0000000002')),
          store.get(latestPath('a'), { maxBytes: 32 }),
        ])
        expect(seen).toHaveLength(15)
      }
    },
  )
})

/** Starts a process that puts `heads` heads as fast as it can from a moment on; gives the outcomes. */
async function runRacer(race: {
  folder: string
  writer: number
  heads: number
  startAt: number
}): Promise<string[]> {
  const script = `
    import { createDirectoryStore } from ${JSON.stringify(import.meta.resolve('./directory.ts'))}
    import { headPath } from ${JSON.stringify(import.meta.resolve('./layout.ts'))}
    const race = ${JSON.stringify(race)}
    const store = createDirectoryStore(race.folder)
    await new Promise((resolve) => setTimeout(resolve, race.startAt - Date.now()))
    const outcomes = []
    for (let v = 1; v <= race.heads; v++) {
      outcomes.push(await store.putIfAbsent(headPath('hemtjanst', 1, v), new TextEncoder().encode('writer ' + race.writer)))
    }
    console.log(JSON.stringify(outcomes))
  `
  const child = spawn(process.execPath, ['--input-type=module', '-e', script])
  let [output, errors] = ['', '']
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  child.stderr.on('data', (chunk) => (errors += String(chunk)))
  const status = await new Promise((resolve) => child.on('close', resolve))
  expect(status, errors).toBe(0)
  return JSON.parse(output) as string[]
}

/** Starts a process that puts blobs of 2 MB without end, and kills it with -9 when some are there. */
async function killWriterMidway(folder: string): Promise<void> {
  const script = `
    import { createHash, randomBytes } from 'node:crypto'
    import { createDirectoryStore } from ${JSON.stringify(import.meta.resolve('./directory.ts'))}
    const store = createDirectoryStore(${JSON.stringify(folder)})
    for (;;) {
      const bytes = randomBytes(2_000_000)
      await store.putIfAbsent('b/' + createHash('sha256').update(bytes).digest('hex'), bytes)
      console.log('put')
    }
  `
  const child = spawn(process.execPath, ['--input-type=module', '-e', script])
  await new Promise<void>((resolve, reject) => {
    let seen = 0
    child.on('error', reject)
    child.stdout.on('data', (chunk) => {
      seen += String(chunk).split('put').length - 1
      if (seen >= 2) resolve()
    })
  })
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 20))
  child.kill('SIGKILL')
  await new Promise((resolve) => child.on('close', resolve))
}
