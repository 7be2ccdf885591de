import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSecretFiles } from './secret-files.ts'

let base: string
let folder: string

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'planb-secret-'))
  folder = join(base, 'secret')
})
afterEach(() => rm(base, { recursive: true, force: true }))

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)

describe('createSecretFiles', () => {
  it('keeps keys for their owner alone, whatever the umask', async () => {
    const before = process.umask(0)
    try {
      await createSecretFiles(folder).write('departments/hemtjanst.json', { key: 'x' })
    } finally {
      process.umask(before)
    }
    expect(await modeOf(folder)).toBe('700')
    expect(await modeOf(join(folder, 'departments'))).toBe('700')
    expect(await modeOf(join(folder, 'departments', 'hemtjanst.json'))).toBe('600')
  })

  it('closes a folder that was open before', async () => {
    await mkdir(folder)
    await chmod(folder, 0o755)
    await createSecretFiles(folder).write('organisation.json', {})
    expect(await modeOf(folder)).toBe('700')
  })

  it('gives back what was written, and undefined for what was not', async () => {
    const files = createSecretFiles(folder)
    expect(await files.read('organisation.json')).toBeUndefined()
    await files.write('organisation.json', { a: 1 })
    await files.write('organisation.json', { a: 2 })
    expect(await files.read('organisation.json')).toEqual({ a: 2 })
    expect(await readdir(folder)).toEqual(['organisation.json'])
  })

  it('says that a file is damaged without quoting it', async () => {
    const files = createSecretFiles(folder)
    await files.write('organisation.json', {})
    await writeFile(join(folder, 'organisation.json'), '{"d":"SECRET"')
    const error: unknown = await files.read('organisation.json').catch((reason: unknown) => reason)
    expect(String(error)).toContain('is damaged')
    expect(String(error)).not.toContain('SECRET')
  })
})
