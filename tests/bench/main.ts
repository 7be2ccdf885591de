import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { measureColdStart } from './cold-start.ts'
import { measureFirstVisit } from './first-visit.ts'
import { measureOpening } from './open-department.ts'
import { measureSearch } from './search.ts'
import { measureSizes } from './sizes.ts'

/** One line of the table. `limit` is DESIGN's, where it names one. */
export interface Figure {
  name: string
  value: number
  unit: 'kB' | 'ms' | '×' | 'files'
  limit?: number
  note?: string
}

/**
 * Prints the figures of DESIGN ("Sizes to stay under") as a table, and as JSON with `--json` or into
 * `.cache/bench.json`. Exits 1 when a figure is over its limit.
 */
const measures: [string, () => Promise<Figure[]>][] = [
  ['sizes', measureSizes],
  ['search', measureSearch],
  ['opening', measureOpening],
  ['first visit', measureFirstVisit],
  ['cold start', measureColdStart],
]
const only = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const figures: Figure[] = []
for (const [name, measure] of measures) {
  if (only.length > 0 && !only.includes(name.replace(' ', '-'))) continue
  process.stderr.write(`${name} …\n`)
  figures.push(...(await measure()))
}
const folder = resolve(import.meta.dirname, '../../.cache')
await mkdir(folder, { recursive: true })
await writeFile(join(folder, 'bench.json'), `${JSON.stringify(figures, undefined, 2)}\n`)
if (process.argv.includes('--json')) console.log(JSON.stringify(figures))
else for (const figure of figures) console.log(lineOf(figure))
const over = figures.filter(({ value, limit }) => limit !== undefined && value > limit)
if (over.length > 0) {
  console.error(`Over the limit: ${over.map(({ name }) => name).join(', ')}`)
  process.exitCode = 1
}
process.exit()

function lineOf({ name, value, unit, limit, note }: Figure): string {
  const digits = unit === '×' ? 2 : unit === 'ms' && value < 10 ? 2 : unit === 'files' ? 0 : 1
  const bound = limit === undefined ? '' : `≤ ${limit} ${unit}`
  return `| ${name.padEnd(58)} | ${value.toFixed(digits).padStart(8)} ${unit.padEnd(5)} | ${bound.padEnd(11)} | ${note ?? ''} |`
}
