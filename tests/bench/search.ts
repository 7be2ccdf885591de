import { join } from 'node:path'
import type { PlanBDocument } from '../../src/domain/schema/document.ts'
import type { Figure } from './main.ts'
import { medianOf } from './median.ts'
import { readExample } from './read-example.ts'
import { inThrottledPage } from './throttled-page.ts'

const wanted = 1000
const questions = ['körlistan', 'kommer inte in i datorn', 'läkemedel', 'skrivaren', 'nykel']

/** Time of one keystroke in the search field at 1,000 documents, CPU four times slower. */
export async function measureSearch(): Promise<Figure[]> {
  const example = await readExample()
  const documents: PlanBDocument[] = []
  for (let copy = 0; documents.length < wanted; copy += 1)
    for (const document of example)
      if (documents.length < wanted) documents.push({ ...document, id: `${document.id}-${copy}` })
  const result = await inThrottledPage(join(import.meta.dirname, 'search-page.ts'), 4, (page) =>
    page.evaluate(
      ([all, asked]) =>
        (globalThis as unknown as { bench: Bench }).bench(
          all as PlanBDocument[],
          asked as string[],
        ),
      [documents, questions] as const,
    ),
  )
  if (result.found === 0) throw new Error('the search found nothing')
  const sorted = [...result.keystrokes].sort((a, b) => a - b)
  return [
    { name: `search, building the first index, ${wanted} documents`, value: result.built, unit: 'ms' },
    {
      name: `search, one keystroke, ${wanted} documents, median`,
      value: medianOf(result.keystrokes),
      unit: 'ms',
      limit: 16.7,
    },
    {
      name: `search, one keystroke, ${wanted} documents, slowest in twenty`,
      value: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN,
      unit: 'ms',
    },
  ] // prettier-ignore
}

type Bench = (
  documents: PlanBDocument[],
  questions: string[],
) => { built: number; keystrokes: number[]; found: number }
