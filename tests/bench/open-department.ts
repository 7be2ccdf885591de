import { join } from 'node:path'
import { createTestOrganisation } from '../support/organisation.ts'
import type { Figure } from './main.ts'
import { medianOf } from './median.ts'
import { readExample } from './read-example.ts'
import { inThrottledPage } from './throttled-page.ts'

const rounds = 9

/** From stored bytes to the documents of the example's home care, CPU four times slower. */
export async function measureOpening(): Promise<Figure[]> {
  const documents = (await readExample()).filter(({ department }) => department === 'hemtjanst')
  const organisation = await createTestOrganisation()
  const built = await organisation.build('hemtjanst', documents)
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  const epoch = organisation.epochs.hemtjanst
  if (!epoch) throw new Error('no epoch')
  const material = {
    organisation: organisation.organisation,
    department: 'hemtjanst',
    root: text(organisation.rootBytes),
    head: text(built.head),
    epochKey: text(epoch.key),
    epoch: epoch.epoch,
    blobs: Object.fromEntries(built.blobs.map(({ hash, bytes }) => [hash, text(bytes)])),
  }
  const result = await inThrottledPage(join(import.meta.dirname, 'opening-page.ts'), 4, (page) =>
    page.evaluate(
      ([given, count]) => (globalThis as unknown as { bench: Bench }).bench(given, count),
      [material, rounds] as const,
    ),
  )
  if (result.documents !== documents.length) throw new Error('not every document was opened')
  const bytes = built.blobs.reduce((sum, blob) => sum + blob.bytes.length, built.head.length)
  return [
    {
      name: 'opening one department: verify, decrypt, parse',
      value: medianOf(result.times),
      unit: 'ms',
      note: `${documents.length} documents`,
    },
    { name: 'one department, sealed', value: bytes / 1000, unit: 'kB' },
  ]
}

type Bench = (material: object, rounds: number) => Promise<{ times: number[]; documents: number }>
