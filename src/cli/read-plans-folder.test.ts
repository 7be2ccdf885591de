import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readPlansFolder } from './read-plans-folder.ts'

let base: string
let folder: string

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'planb-plans-'))
  folder = join(base, 'plans')
  await mkdir(join(folder, 'hemtjanst', 'routines'), { recursive: true })
  await writeFile(join(folder, 'organisation.yaml'), 'title: Ås\n')
  await writeFile(join(folder, 'hemtjanst', 'routines', 'tes.yaml'), 'title: TES\n')
})
afterEach(() => rm(base, { recursive: true, force: true }))

const codes = async () =>
  (await readPlansFolder(folder)).problems.map(({ file, code }) => `${file} ${code}`)

describe('readPlansFolder', () => {
  it('gives texts by path', async () => {
    const { texts, problems } = await readPlansFolder(folder)
    expect(Object.fromEntries(texts)).toEqual({
      'hemtjanst/routines/tes.yaml': 'title: TES\n',
      'organisation.yaml': 'title: Ås\n',
    })
    expect(problems).toEqual([])
  })

  it('says no to an 80 MB file before it reads any of it', async () => {
    const file = join(folder, 'hemtjanst', 'routines', 'film.yaml')
    await writeFile(file, '')
    await truncate(file, 80 * 1024 * 1024)
    const before = process.memoryUsage().arrayBuffers
    expect(await codes()).toEqual(['hemtjanst/routines/film.yaml too-large'])
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * 1024 * 1024)
  })

  it('follows no link out of the folder: file, folder, or one that leads nowhere', async () => {
    await writeFile(join(base, 'secret.yaml'), 'title: secret\n')
    await symlink(join(base, 'secret.yaml'), join(folder, 'hemtjanst', 'routines', 'a.yaml'))
    await symlink(base, join(folder, 'hemtjanst', 'forms'))
    await symlink('/nowhere', join(folder, 'systems.yaml'))
    expect(await codes()).toEqual([
      'hemtjanst/forms outside-folder',
      'hemtjanst/routines/a.yaml outside-folder',
      'systems.yaml outside-folder',
    ])
    expect(JSON.stringify([...(await readPlansFolder(folder)).texts])).not.toContain('secret')
  })

  it('takes a link that stays inside', async () => {
    const target = join(folder, 'hemtjanst', 'routines', 'tes.yaml')
    await symlink(target, join(folder, 'hemtjanst', 'routines', 'other.yaml'))
    const { texts, problems } = await readPlansFolder(folder)
    expect(problems).toEqual([])
    expect(texts.get('hemtjanst/routines/other.yaml')).toBe('title: TES\n')
  })

  it('is not caught by a folder that links to itself', async () => {
    await symlink('..', join(folder, 'hemtjanst', 'loop'))
    await symlink('.', join(folder, 'hemtjanst', 'loop2'))
    expect(await codes()).toEqual([
      'hemtjanst/loop outside-folder',
      'hemtjanst/loop2 linked-folder',
    ])
  })

  it('refuses what is no text', async () => {
    await writeFile(join(folder, 'hemtjanst', 'a.yaml'), new Uint8Array([0x50, 0x4b, 0, 4]))
    await writeFile(join(folder, 'hemtjanst', 'department.yaml'), new Uint8Array([0x50, 0x4b, 0]))
    await writeFile(join(folder, 'hemtjanst', 'contacts.yaml'), new Uint8Array([0xe5, 0x0a]))
    expect(await codes()).toEqual([
      'hemtjanst/contacts.yaml not-text',
      'hemtjanst/department.yaml not-text',
    ])
  })

  it('waits for no pipe', async () => {
    execFileSync('mkfifo', [join(folder, 'hemtjanst', 'department.yaml')])
    expect(await codes()).toEqual(['hemtjanst/department.yaml not-a-file'])
  })

  it('hands a file that is in the wrong place on without its text', async () => {
    await writeFile(join(folder, 'hemtjanst', 'routines', 'list.xlsx'), new Uint8Array(9_000_000))
    await writeFile(join(folder, 'hemtjanst', 'notes.md'), 'notes')
    await writeFile(join(folder, '.DS_Store'), 'x')
    const { texts } = await readPlansFolder(folder)
    expect(texts.get('hemtjanst/routines/list.xlsx')).toBe('')
    expect([...texts.keys()]).not.toContain('hemtjanst/notes.md')
    expect([...texts.keys()]).not.toContain('.DS_Store')
  })

  it('says what to do when the folder is missing or is none', async () => {
    await expect(readPlansFolder(join(base, 'missing'))).rejects.toMatchObject({ exitCode: 1 })
    await expect(readPlansFolder(join(folder, 'organisation.yaml'))).rejects.toMatchObject({
      exitCode: 1,
    })
  })
})
