import { mkdir, mkdtemp, readFile, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAppFiles } from '#server/app-files.ts'
import { buildApp } from './build-app.ts'

let project: string
let lines: string[]

/** A project of the same shape with an app of one line, built by the real vite. */
beforeEach(async () => {
  lines = []
  project = await mkdtemp(join(tmpdir(), 'planb-build-'))
  await mkdir(join(project, 'src', 'app'), { recursive: true })
  await mkdir(join(project, 'src', 'server'), { recursive: true })
  await symlink(resolve(import.meta.dirname, '../../node_modules'), join(project, 'node_modules'))
  await writeFile(join(project, 'package.json'), '{"type":"module"}')
  await writeFile(
    join(project, 'vite.config.ts'),
    `export default { root: 'src/app', base: './', build: { outDir: '../../dist', emptyOutDir: true } }`,
  )
  await writeFile(
    join(project, 'src', 'app', 'index.html'),
    `<!doctype html><script type="module" src="./first.ts"></script>`,
  )
  await writeFile(
    join(project, 'src', 'app', 'first.ts'),
    `console.log(${JSON.stringify('x'.repeat(600))})`,
  )
})
afterEach(() => rm(project, { recursive: true, force: true }))

const build = async () => {
  lines = []
  await buildApp(project, (line) => lines.push(line))
  return lines.length > 0
}

describe('buildApp', { timeout: 60_000 }, () => {
  it('builds what is stale, by what it holds and not by its time, and compresses it', async () => {
    expect(await build()).toBe(true)
    const assets = await readdir(join(project, 'dist', 'assets'))
    expect(assets.some((name) => name.endsWith('.js.br'))).toBe(true)

    expect(await build()).toBe(false)
    const first = join(project, 'src', 'app', 'first.ts')
    await utimes(first, new Date(), new Date())
    expect(await build()).toBe(false)
    await writeFile(join(project, 'src', 'server', 'main.ts'), 'not in the app')
    await writeFile(join(project, 'src', 'app', 'first.test.ts'), 'not in the app')
    expect(await build()).toBe(false)

    await writeFile(first, `console.log('another')`)
    expect(await build()).toBe(true)
    await rm(join(project, 'dist', 'index.html'))
    expect(await build()).toBe(true)
  })

  it('keeps hashed files of the build before, for tabs that began with it', async () => {
    await build()
    const before = await readdir(join(project, 'dist', 'assets'))
    await writeFile(join(project, 'src', 'app', 'first.ts'), `console.log('another')`)
    await build()
    const { appDirectory, earlierDirectory } = await buildApp(project, () => undefined)
    const appFile = createAppFiles(appDirectory, earlierDirectory)
    for (const name of before.filter((file) => file.endsWith('.js'))) {
      const file = await appFile(`assets/${name}`)
      expect(file?.variants.br).toBeDefined()
      expect(await createAppFiles(appDirectory)(`assets/${name}`)).toBeUndefined()
    }
    await mkdir(join(earlierDirectory, 'icons'))
    await writeFile(join(earlierDirectory, 'icons', 'a.png'), 'x')
    expect(await appFile('icons/a.png')).toBeUndefined()
  })

  it('is done once when several start at the same time', async () => {
    const built = await Promise.all(
      [1, 2, 3].map(async () => {
        const own: string[] = []
        await buildApp(project, (line) => own.push(line))
        return own.length
      }),
    )
    expect(built.filter((count) => count > 0)).toHaveLength(1)
  })

  it('is not held by the lock of a process that died', async () => {
    await mkdir(join(project, '.cache', 'build.lock'), { recursive: true })
    await writeFile(join(project, '.cache', 'build.lock', 'pid'), '999999999')
    expect(await build()).toBe(true)
  })

  it('says what the build said when it fails, and builds again next time', async () => {
    const first = join(project, 'src', 'app', 'first.ts')
    await writeFile(first, `import './missing.ts'`)
    await expect(build()).rejects.toMatchObject({ exitCode: 1 })
    expect(lines.join('\n')).toContain('missing.ts')
    await writeFile(first, `console.log(1)`)
    expect(await build()).toBe(true)
    expect(await readFile(join(project, 'dist', 'index.html'), 'utf8')).toContain('assets/')
  })
})
