import { mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAppFiles } from './app-files.ts'
import { precompress } from './precompress.ts'

let folder: string

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'planb-app-')), 'dist')
  await mkdir(join(folder, 'assets'), { recursive: true })
  await writeFile(join(folder, 'index.html'), '<!doctype html>'.repeat(100))
  await writeFile(join(folder, 'assets', 'first-AbCd_12-.js'), 'let a = 1;'.repeat(100))
  await writeFile(join(folder, 'icon.png'), 'png'.repeat(200))
})
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }))

describe('precompress', () => {
  it('puts both encodings beside text, and neither beside pictures or what gains nothing', async () => {
    await writeFile(join(folder, 'small.txt'), 'small')
    expect(await precompress(folder)).toBe(4)
    const original = await readFile(join(folder, 'index.html'))
    expect(brotliDecompressSync(await readFile(join(folder, 'index.html.br')))).toEqual(original)
    expect(gunzipSync(await readFile(join(folder, 'index.html.gz')))).toEqual(original)
  })

  it('does nothing twice, and does it again for a file that changed', async () => {
    await precompress(folder)
    expect(await precompress(folder)).toBe(0)
    await writeFile(join(folder, 'index.html'), '<!doctype html>!'.repeat(100))
    expect(await precompress(folder)).toBe(2)
  })

  it('takes away the copy of what is too small now', async () => {
    await precompress(folder)
    await writeFile(join(folder, 'index.html'), 'x')
    await precompress(folder)
    await expect(readFile(join(folder, 'index.html.br'))).rejects.toThrow('ENOENT')
  })
})

describe('createAppFiles', () => {
  it('has each encoding with a strong ETag of its own', async () => {
    await precompress(folder)
    const file = await createAppFiles(folder)('index.html')
    const etags = Object.values(file!.variants).map((variant) => variant.etag)
    expect(new Set(etags).size).toBe(3)
    for (const etag of etags) expect(etag).toMatch(/^"[A-Za-z0-9_-]{22}"$/)
  })

  it('keeps only content-hashed files for ever', async () => {
    const appFile = createAppFiles(folder)
    expect((await appFile('assets/first-AbCd_12-.js'))!.cacheControl).toContain('immutable')
    await writeFile(join(folder, 'assets', 'plain.js'), 'x')
    for (const path of ['index.html', 'icon.png', 'assets/plain.js']) {
      expect((await appFile(path))!.cacheControl).toBe('no-cache')
    }
  })

  it('sends a new build without a restart, and never an old copy beside it', async () => {
    await precompress(folder)
    const appFile = createAppFiles(folder)
    await appFile('index.html')
    await writeFile(join(folder, 'index.html'), 'new')
    const file = await appFile('index.html')
    expect(new TextDecoder().decode(file!.variants.identity!.bytes)).toBe('new')
    expect(file!.variants.br).toBeUndefined()
  })

  it('passes over a copy whose time says that it is another’s', async () => {
    await precompress(folder)
    await utimes(join(folder, 'index.html.br'), new Date(0), new Date(0))
    const file = await createAppFiles(folder)('index.html')
    expect(file!.variants.br).toBeUndefined()
    expect(file!.variants.gzip).toBeDefined()
  })

  it('serves nothing but files of the build', async () => {
    await precompress(folder)
    await writeFile(join(folder, '..', 'secret.txt'), 'secret')
    await writeFile(join(folder, '.build.json'), '{}')
    await symlink(join(folder, '..', 'secret.txt'), join(folder, 'link.txt'))
    await symlink(join(folder, '..'), join(folder, 'up'))
    const appFile = createAppFiles(folder)
    for (const path of [
      '',
      'assets',
      'assets/',
      'missing.js',
      '../secret.txt',
      'assets/../../secret.txt',
      '..%2fsecret.txt',
      '/etc/passwd',
      'link.txt',
      'up/secret.txt',
      '.build.json',
      'index.html.br',
      'index.html\0',
    ]) {
      expect(await appFile(path), path).toBeUndefined()
    }
  })
})
