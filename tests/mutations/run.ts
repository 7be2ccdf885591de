import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { breaks } from './breaks.ts'

/**
 * Breaks each check one by one in a copy of the project and runs the tests of its room:
 * `node tests/mutations/run.ts [text in the file's name]`. Prints a table; exit 1 when a break goes unnoticed.
 */
const project = resolve(import.meta.dirname, '../..')
const copy = mkdtempSync(join(tmpdir(), 'planb-mutations-'))
const wanted = process.argv[2] ?? ''

try {
  for (const name of ['src', 'tests', 'package.json', 'vite.config.ts', 'tsconfig.json']) {
    cpSync(join(project, name), join(copy, name), { recursive: true })
  }
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'))
  const rows = breaks.filter(([file]) => file.includes(wanted)).map(check)
  const unnoticed = rows.filter((row) => !row.startsWith('red'))
  console.log(`${rows.length} checks broken, ${unnoticed.length} unnoticed`)
  process.exitCode = unnoticed.length > 0 ? 1 : 0
} finally {
  rmSync(copy, { recursive: true, force: true })
}

function check([file, find, put]: (typeof breaks)[number]): string {
  const path = join(copy, 'src', file)
  const text = readFileSync(path, 'utf8')
  // Line breaks are the formatter's business.
  const words = find
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  const match = new RegExp(words.join(String.raw`\s+`)).exec(text)
  const result = match
    ? tryBroken(
        path,
        text,
        text.replace(match[0], () => put),
        file,
      )
    : 'not found'
  const row = `${result.padEnd(9)} ${file}: ${find}${put ? ` → ${put}` : ''}`
  console.log(row)
  return row
}

function tryBroken(path: string, text: string, broken: string, file: string): string {
  writeFileSync(path, broken)
  const room = file.startsWith('trust/')
    ? ['src/trust', 'src/release/adversarial']
    : ['src/release']
  const run = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--bail=1', '--project=unit', ...room],
    { cwd: copy, encoding: 'utf8' },
  )
  writeFileSync(path, text)
  if (run.status === 0) return 'unnoticed'
  return /Tests.*failed|Test Files.*failed/.test(run.stdout) ? 'red' : 'broken'
}
