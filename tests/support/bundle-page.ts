import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'

/** Bundles a script of the tests for a browser, as one module. Gives its text. */
export async function bundlePage(entry: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'planb-page-'))
  try {
    await writeFile(join(folder, 'entry.ts'), `import ${JSON.stringify(entry)}\n`)
    await build({
      configFile: false,
      root: folder,
      logLevel: 'error',
      resolve: { alias: { '#': join(import.meta.dirname, '../../src/') } },
      build: {
        outDir: join(folder, 'out'),
        minify: false,
        modulePreload: false,
        lib: { entry: join(folder, 'entry.ts'), formats: ['es'], fileName: () => 'page.js' },
        rolldownOptions: { output: { codeSplitting: false } },
      },
    })
    return await readFile(join(folder, 'out', 'page.js'), 'utf8')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
