import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { accepted } from './accepted.ts'
import { namedBreaks } from './breaks.ts'
import { findChecks, type Break } from './find-checks.ts'

/**
 * Breaks each check of `trust`, `release` and `journal` one by one, in copies of the project, and runs the
 * tests of its room: `node tests/mutations/run.ts [text in the file's name]`. Prints a row each and writes RESULT.md,
 * where rows that were not run keep what was found before. Exit 1 when a break goes unnoticed.
 */
const project = resolve(import.meta.dirname, '../..')
const wanted = process.argv[2] ?? ''
/** Which tests must notice; those of the room, and who stands closest above it. */
const testsByRoom: Record<string, string[]> = {
  trust: ['src/trust', 'src/release/adversarial', 'src/release/open-release'],
  release: ['src/release'],
  journal: ['src/journal'],
}
const atOnce = 2

type Result = 'red' | 'does not run' | 'unnoticed' | 'accepted' | 'not run'
interface Row extends Break {
  result: Result
  why?: string
}

const source = join(project, 'src')
const resultFile = join(import.meta.dirname, 'RESULT.md')
const breaks = [
  ...Object.keys(testsByRoom).flatMap((room) => findChecks(source, room)),
  ...namedBreaks.map(placed),
]
const before = foundBefore()
const rows = breaks.map((one): Row => ({ ...one, ...(before.get(nameOf(one)) ?? { result: 'not run' }) })) // prettier-ignore
const queue = breaks
  .map((one, index) => ({ one, index }))
  .filter(({ one }) => one.file.includes(wanted))
const count = queue.length
await Promise.all(Array.from({ length: atOnce }, work))

const unnoticed = rows.filter(({ result }) => result === 'unnoticed')
console.log(`${count} checks broken, ${unnoticed.length} of all unnoticed`)
writeFileSync(resultFile, table(rows))
process.exitCode = unnoticed.length > 0 ? 1 : 0

async function work(): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), 'planb-mutations-'))
  try {
    for (const name of [
      'src',
      'tests',
      'plans',
      'package.json',
      'vite.config.ts',
      'tsconfig.json',
    ]) {
      cpSync(join(project, name), join(copy, name), { recursive: true })
    }
    symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'))
    for (let next = queue.shift(); next; next = queue.shift()) {
      const row = await check(copy, next.one)
      rows[next.index] = row
      console.log(`${row.result.padEnd(12)} ${row.file}: ${row.text} → ${row.put}`)
    }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

async function check(copy: string, one: Break): Promise<Row> {
  const known = accepted.find(
    ([file, text, put]) => file === one.file && text === one.text && put === one.put,
  )
  if (known) return { ...one, result: 'accepted', why: known[3] }
  const path = join(copy, 'src', one.file)
  const code = readFileSync(path, 'utf8')
  writeFileSync(path, code.slice(0, one.start) + one.put + code.slice(one.end))
  try {
    return { ...one, result: await resultOf(copy, one.file) }
  } finally {
    writeFileSync(path, code)
  }
}

/** The tests beside the file first: they notice most, in a second. */
async function resultOf(copy: string, file: string): Promise<Result> {
  const beside = `src/${file.replace(/\.ts$/, '.test.ts')}`
  if (existsSync(join(copy, beside))) {
    const result = await runTests(copy, [beside])
    if (result !== 'unnoticed') return result
  }
  return runTests(copy, testsByRoom[file.split('/')[0] ?? ''] ?? [])
}

function runTests(copy: string, tests: readonly string[]): Promise<Result> {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--bail=1', '--project=unit']
  return new Promise((done) => {
    const run = spawn(process.execPath, [...vitest, ...tests], { cwd: copy })
    let output = ''
    run.stdout.on('data', (chunk) => (output += String(chunk)))
    // A check that ends a loop hangs when it is broken; that is noticed too.
    const timer = setTimeout(() => run.kill('SIGKILL'), 180_000)
    run.on('close', (code) => {
      clearTimeout(timer)
      if (code === 0) return done('unnoticed')
      done(
        code === null || /Tests.*failed|Test Files.*failed/.test(output) ? 'red' : 'does not run',
      )
    })
  })
}

/** Where a named break stands. Line breaks are the formatter's business. */
function placed([file, find, put]: (typeof namedBreaks)[number]): Break {
  const words = find
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  const match = new RegExp(words.join(String.raw`\s+`)).exec(
    readFileSync(join(source, file), 'utf8'),
  )
  if (!match) throw new Error(`${file} no longer says ${find}: mend breaks.ts`)
  const { index } = match
  return { file, start: index, end: index + match[0].length, text: find.trim(), put }
}

/** What the table says of checks that were broken earlier. */
function foundBefore(): Map<string, Pick<Row, 'result' | 'why'>> {
  const text = existsSync(resultFile) ? readFileSync(resultFile, 'utf8') : ''
  return new Map(
    [...text.matchAll(/^(\| \S+\.ts \| .* \|) ([^|:]+)(?:: ([^|]*))? \|$/gm)].map(
      ([, name = '', result = '', why]) => [
        name,
        { result: result as Result, ...(why === undefined ? {} : { why }) },
      ],
    ),
  )
}

function nameOf({ file, text, put }: Break): string {
  const cell = (code: string) =>
    `\`${code.replaceAll(/\s+/g, ' ').replaceAll('|', '¦').replaceAll('`', 'ˋ')}\``
  return `| ${file} | ${cell(text)} | ${put ? cell(put) : 'nothing'} |`
}

function table(all: readonly Row[]): string {
  const having = (result: Result) => all.filter((row) => row.result === result).length
  const noticed = having('red') + having('does not run')
  return [
    '# Each check broken once',
    '',
    'Written by `node tests/mutations/run.ts`: each check of `trust`, `release` and `journal` is broken alone, and the',
    'tests of its room run. `red`: a test noticed. (¦ stands for |.)',
    '',
    `${all.length} checks: ${noticed} noticed, ${having('accepted')} accepted with a reason, ${having('unnoticed')} unnoticed, ${having('not run')} not run.`,
    '',
    '| file | check | in its place | result |',
    '| --- | --- | --- | --- |',
    ...all.map((row) => `${nameOf(row)} ${row.result}${row.why ? `: ${row.why}` : ''} |`),
    '',
  ].join('\n')
}
