import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

/** DESIGN's import table as data: which room may import which rooms. Order matters: longest first. */
const everything = [
  'domain', 'library', 'trust', 'release', 'journal', 'store', 'sync', 'device',
  'device/reading-copy', 'i18n', 'paper', 'app/ui', 'app/documents',
] // prettier-ignore
const table: Record<string, string[]> = {
  domain: [],
  i18n: [],
  store: [],
  'device/reading-copy': [],
  library: ['domain'],
  trust: ['domain'],
  release: ['domain', 'trust'],
  journal: ['domain', 'trust'],
  sync: ['domain', 'trust', 'release', 'journal', 'store'],
  device: ['domain', 'trust', 'release', 'journal', 'device/reading-copy'],
  paper: ['domain', 'i18n'],
  'app/ui': ['i18n'],
  'app/documents': ['domain', 'i18n', 'app/ui'],
  'app/reader': everything.filter((room) => room !== 'library'),
  'app/editor': everything,
  'app/first': ['device/reading-copy', 'app'],
  app: [...everything, 'app/reader', 'app/editor'],
  'service-worker': ['device/reading-copy'],
  server: ['domain', 'trust', 'release', 'journal', 'store', 'sync'],
  cli: ['server', 'library', 'paper', 'i18n', 'domain', 'trust', 'release', 'journal', 'store', 'sync'],
} // prettier-ignore

/** Packages a room may import; rooms not named may import any that package.json lists. */
const packages: Record<string, RegExp> = {
  domain: /^(valibot|minisearch)$/,
  library: /^(valibot|yaml)$/,
  trust: /^(valibot|jose)$/,
  release: /^(valibot)$/,
  journal: /^(valibot)$/,
  'device/reading-copy': /^$/,
  'app/first': /^$/,
  'service-worker': /^workbox-/,
}

/** Node's own modules are for the server, the command line and the directory store. */
const nodeAllowed = /^src\/(server|cli)\/|^src\/store\/directory|\.test\.tsx?$|\/contract\.ts$/

const root = resolve(import.meta.dirname, '..')
const rooms = Object.keys(table).sort((a, b) => b.length - a.length)

/** The room of a file below src/: `app/first.ts` is a room of its own, other files of app/ are `app`. */
export function roomOf(path: string): string | undefined {
  const inside = path.replace(/^src\//, '').replace(/\.tsx?$/, '')
  return rooms.find((room) => inside === room || inside.startsWith(`${room}/`))
}

/** Every module named by a source text: static, dynamic, side-effect, re-exported, by type. */
export function importsOf(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
  const found = [
    ...code.matchAll(/\b(?:import|export)\b[^'"`;]*?\bfrom\s*['"`]([^'"`]+)['"`]/g),
    ...code.matchAll(/\bimport\s*['"`]([^'"`]+)['"`]/g),
    ...code.matchAll(/\bimport\s*\(\s*(?:\/\*.*?\*\/\s*)?['"`]([^'"`]+)['"`]/g),
    ...code.matchAll(/\bnew URL\(\s*['"`](\.{1,2}\/[^'"`]+)['"`]\s*,\s*import\.meta\.url/g),
  ]
  return found.map((match) => match[1] ?? '')
}

/** What is wrong with one import, in words; undefined when it is allowed. */
export function judge(file: string, specifier: string): string | undefined {
  const room = roomOf(file)
  if (room === undefined) return `${file} stands in no room`
  const isTest = /\.test\.tsx?$/.test(file)
  if (specifier.startsWith('node:'))
    return nodeAllowed.test(file) ? undefined : `${file} imports ${specifier}`
  const target = specifier.startsWith('#')
    ? `src/${specifier.slice(1)}`
    : specifier.startsWith('.')
      ? normalize(join(dirname(file), specifier))
      : undefined
  if (target === undefined) {
    const allowed = packages[room]
    const name = specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : specifier.split('/')[0] // prettier-ignore
    return isTest || !allowed || allowed.test(name ?? '') ? undefined : `${file} (${room}) imports ${specifier}` // prettier-ignore
  }
  if (isTest && (target.startsWith('tests/') || target.startsWith('plans/'))) return undefined
  if (/\.(css|json|svg|html)$/.test(target)) return undefined
  const other = roomOf(target)
  if (other === undefined) return `${file} imports ${specifier}, which stands in no room`
  if (other === room || (isTest && other !== 'app')) return undefined
  return table[room]?.includes(other)
    ? undefined
    : `${file} (${room}) imports ${specifier} (${other})`
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
}

describe('rooms', () => {
  const files = sources('src')

  it('every file under src/ stands in a room', () => {
    expect(files.length).toBeGreaterThan(50)
    expect(files.filter((file) => roomOf(file) === undefined)).toEqual([])
  })

  it('imports only what DESIGN allows', () => {
    const wrong = files.flatMap((file) =>
      importsOf(readFileSync(join(root, file), 'utf8'))
        .map((specifier) => judge(file, specifier))
        .filter((sentence) => sentence !== undefined),
    )
    expect(wrong).toEqual([])
  })

  it('only the four entries create databases, fetches, clocks and keys for others', () => {
    const exporting = files.filter((file) => !file.includes('.test.')).filter((file) =>
      /^export const \w+ = (new |create[A-Z]\w*\(|await open)/m.test(readFileSync(join(root, file), 'utf8')),
    ) // prettier-ignore
    expect(exporting).toEqual([])
  })

  it('sees every kind of forbidden import', () => {
    const text = [
      `import x from '#app/ui/button.tsx'`,
      `import '../app/reader/start.tsx'`,
      `const y = await import("../device/open-device.ts")`,
      `export { z } from '#server/main.ts'`,
      `import type { T } from '#sync/sync.ts'`,
      `import { readFile } from 'node:fs/promises'`,
      `import 'react'`,
    ].join('\n')
    const wrong = importsOf(text).map((specifier) => judge('src/domain/plan.ts', specifier))
    expect(wrong).toHaveLength(7)
    expect(wrong.every((sentence) => sentence !== undefined)).toBe(true)
    expect(judge('src/app/reader/start.tsx', '../editor/edit.tsx')).toBeDefined()
    expect(judge('src/app/reader/start.tsx', '#library/read-plans.ts')).toBeDefined()
    expect(judge('src/app/documents/routine.tsx', '#device/device.ts')).toBeDefined()
    expect(judge('src/service-worker/sw.ts', '#store/http.ts')).toBeDefined()
    expect(judge('src/release/open.ts', '#domain/plan.ts')).toBeUndefined()
  })
})
