import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeFolder } from './directory-make-folder.ts'

let base: string

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'planb-folder-'))
})
afterEach(() => rm(base, { recursive: true, force: true }))

describe('making a folder', () => {
  it('makes those above it too, and says whether it made any', async () => {
    const folder = join(base, 'a', 'b', 'c')
    expect(await makeFolder(folder, 0o700)).toBe(true)
    for (const made of [folder, join(base, 'a')]) {
      expect((await stat(made)).mode & 0o777).toBe(0o700)
    }
    expect(await makeFolder(folder)).toBe(false)
    expect(await makeFolder('/')).toBe(false)
    const many = Array.from({ length: 8 }, () => makeFolder(join(base, 'at', 'once')))
    expect(await Promise.all(many)).toContain(true)
  })

  it('takes a link to a folder for one, and nothing else', async () => {
    await mkdir(join(base, 'there'))
    await symlink(join(base, 'there'), join(base, 'link'))
    expect(await makeFolder(join(base, 'link'))).toBe(false)
    expect(await makeFolder(join(base, 'link', 'below'))).toBe(true)

    await writeFile(join(base, 'file'), 'x')
    await symlink(join(base, 'nowhere'), join(base, 'dangling'))
    for (const name of ['file', 'dangling']) {
      await expect(makeFolder(join(base, name))).rejects.toMatchObject({ code: 'EEXIST' })
      await expect(makeFolder(join(base, name, 'below'))).rejects.toHaveProperty('code')
    }
  })

  it('ends where nothing can be made, whatever the system answers', () => {
    // In a process of its own: what this is about never came back.
    const script = `
      import { createDirectoryStore } from ${JSON.stringify(import.meta.resolve('./directory.ts'))}
      import { makeFolder } from ${JSON.stringify(import.meta.resolve('./directory-make-folder.ts'))}
      const store = createDirectoryStore('/proc/planb/store')
      const codes = await Promise.all(
        [
          makeFolder('/proc/planb/a'),
          store.putIfAbsent('root/1.jws', new Uint8Array(8)),
          store.replace('d/a/latest', new TextEncoder().encode('0001-0000000001')),
        ].map((work) => work.then(() => 'made', (error) => error.code)),
      )
      console.log(codes.join(' '))
    `
    const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      timeout: 30_000,
    })
    expect(status).toBe(0)
    expect(stdout.trim()).toMatch(/^E[A-Z]+ unreachable unreachable$/)
  }, 60_000)
})
