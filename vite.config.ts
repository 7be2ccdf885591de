import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { VitePWA, type ManifestOptions, type VitePluginPWAAPI } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'
import { listOf, mostReaderFiles } from './src/service-worker/lists.ts'

const output = join(import.meta.dirname, 'dist')

const manifest: Partial<ManifestOptions> = {
  id: './',
  name: 'Plan B',
  short_name: 'Plan B',
  description: 'Vad gör jag nu, vem ringer jag, vilket papper tar jag: när allt annat är nere.',
  lang: 'sv',
  dir: 'ltr',
  start_url: './',
  scope: './',
  display: 'standalone',
  orientation: 'any',
  theme_color: '#f4f1ea',
  background_color: '#f4f1ea',
  categories: ['medical', 'productivity', 'utilities'],
  icons: [
    { src: 'icons/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    { src: 'icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
    { src: 'icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    { src: 'icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    { src: 'icons/monochrome.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'monochrome' },
  ],
  shortcuts: [
    {
      name: 'Ringkedja',
      short_name: 'Ring',
      url: './#/phone-trees',
      icons: [{ src: 'icons/shortcut-phone.png', sizes: '96x96', type: 'image/png' }],
    },
    {
      name: 'Sök: vad fungerar inte?',
      short_name: 'Sök',
      url: './#/search',
      icons: [{ src: 'icons/shortcut-search.png', sizes: '96x96', type: 'image/png' }],
    },
  ],
  screenshots: [
    {
      src: 'screenshots/start-narrow.png',
      sizes: '720x1480',
      type: 'image/png',
      form_factor: 'narrow',
      label: 'Startsidan: vad fungerar inte?',
    },
    {
      src: 'screenshots/routine-narrow.png',
      sizes: '720x1480',
      type: 'image/png',
      form_factor: 'narrow',
      label: 'En rutin: de första femton minuterna',
    },
    {
      src: 'screenshots/start-wide.png',
      sizes: '1280x800',
      type: 'image/png',
      form_factor: 'wide',
      label: 'Startsidan på en dator',
    },
  ],
}

/**
 * What the worker is handed: the lists of a reader's phone, each file with its digest, named by one build
 * id.
 */
function readerLists(entries: { url: string; revision: string | null; size: number }[]) {
  const files = filesBelow(output).filter(
    (path) => path !== 'sw.js' && !/\.(br|gz|map)$|(^|\/)\./.test(path),
  )
  const unlisted = files.filter((path) => listOf(path) === undefined)
  if (unlisted.length > 0)
    throw new Error(`No list names ${unlisted.join(', ')}: see src/service-worker/lists.ts`)
  const reader = files.filter((path) => listOf(path) === 'reader')
  const later = files.filter((path) => ['rest', 'editor'].includes(listOf(path) ?? ''))
  const wanted = [...reader, ...later]
  const missing = wanted.filter((path) => !entries.some((entry) => entry.url === path))
  if (missing.length > 0) throw new Error(`Left out of the precache: ${missing.join(', ')}`)
  if (reader.length > mostReaderFiles)
    throw new Error(`The reader has ${reader.length} files, at most ${mostReaderFiles} are allowed`)
  const digests = wanted.map((url) => ({ url, digest: digestOf(join(output, url)) }))
  const build = createHash('sha256').update(JSON.stringify(digests)).digest('hex').slice(0, 16)
  const listed = digests.map(({ url, digest }) => ({
    url,
    revision:
      url === 'index.html' ? build : /-[\w-]{8}\.\w+$/.test(url) ? null : digest.slice(0, 16),
    integrity: `sha256-${digest}`,
    list: listOf(url),
    size: 0,
  }))
  return { manifest: listed, warnings: [] }
}

function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('base64')
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

/**
 * A first visit asks for the app's script together with the first one, not after it. A later start has both in
 * the phone, and its worker takes these lines out: there the page comes first.
 */
const preloadApp: Plugin = {
  name: 'planb:preload-app',
  enforce: 'post',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((part) => part.type === 'chunk')
      const main = chunks.find(({ name, isDynamicEntry }) => isDynamicEntry && name === 'main')
      if (main === undefined) return []
      const wanted = [main.fileName, ...main.imports].filter((file) => !html.includes(file))
      return wanted.map((file) => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', crossorigin: true, href: `./${file}` },
        injectTo: 'head' as const,
      }))
    },
  },
}

/**
 * What the app itself begins with stays in one part, also where a part that is loaded later needs some of
 * it: cut in pieces by who shares what, it would be larger and take more round trips.
 */
function readerPart(id: string, modules: Modules) {
  const ofMain = staticallyFrom(join(appFolder, 'main.tsx'), modules)
  const ofFirst = staticallyFrom(join(appFolder, 'first.ts'), modules)
  begun = new Set([...ofMain, ...ofFirst])
  return ofMain.has(id) && !ofFirst.has(id) && id !== join(appFolder, 'main.tsx') ? 'reader' : null
}
/** What the first parts hold, as `readerPart` found it. */
let begun = new Set<string>()
const isLater = (id: string) => begun.size > 0 && !begun.has(id) && !id.startsWith('\0')

const appFolder = join(import.meta.dirname, 'src/app')
interface Modules {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null
}

/** A module and all that it imports, not counting what it loads later. */
function staticallyFrom(entry: string, modules: Modules): Set<string> {
  const reached = new Set<string>([entry])
  for (const id of reached)
    for (const next of modules.getModuleInfo(id)?.importedIds ?? []) reached.add(next)
  return reached
}

export default defineConfig({
  root: 'src/app',
  base: './',
  publicDir: '../../public',
  cacheDir: '../../.cache/vite',
  resolve: {
    alias: {
      // The package's entry is its ES5 build; this one is the same library for the browsers we support.
      dexie: join(import.meta.dirname, 'node_modules/dexie/dist/modern/dexie.mjs'),
    },
  },
  build: {
    outDir: output,
    emptyOutDir: true,
    target: ['chrome111', 'firefox128', 'safari16.4'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/first-[hash].js',
        // A part of its own is named after its file; what several parts share is no file, and has no name.
        chunkFileNames: ({ isDynamicEntry, name }) =>
          isDynamicEntry || name === 'later'
            ? 'assets/[name]-[hash].js'
            : 'assets/shared-[hash].js',
        hashCharacters: 'base64',
        codeSplitting: {
          groups: [
            { name: readerPart, priority: 2 },
            // What several later parts share: no part of what every phone begins with either.
            { name: 'later', minShareCount: 2, test: isLater, priority: 1 },
          ],
        },
      },
    },
  },
  plugins: [
    react(),
    preloadApp,
    VitePWA({
      strategies: 'injectManifest',
      registerType: 'prompt',
      injectRegister: false,
      srcDir: '../service-worker',
      filename: 'sw.ts',
      manifest,
      includeManifestIcons: false,
      injectManifest: {
        globDirectory: output,
        globPatterns: ['**/*.{html,js,css,svg,webmanifest}'],
        globIgnores: ['sw.js'],
        rollupFormat: 'iife',
        maximumFileSizeToCacheInBytes: 10_000_000,
        manifestTransforms: [readerLists],
      },
    }),
    {
      // The PWA plugin adds the manifest once more, without a digest: our list has it already.
      name: 'planb:one-list',
      buildStart() {
        const pwa = this.environment.config.plugins.find(({ name }) => name === 'vite-plugin-pwa')
        const api = pwa?.api as VitePluginPWAAPI | undefined
        api?.extendManifestEntries(() => [])
      },
    },
  ],
  test: {
    root: import.meta.dirname,
    reporters: ['default'],
    // A browser waits more than it works: two files at a time take little more than half the time of one by one.
    maxWorkers: 2,
    // Hundreds of tests run `planb`, each in a process of its own: what one has compiled, the next reads.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, '.cache/node') },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'tests/*.test.ts'],
          environment: 'node',
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts', 'tests/faults/**/*.test.ts'],
          environment: 'node',
          globalSetup: 'tests/support/fill-example-once.ts',
          testTimeout: 120_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
})
