import { readdir, readFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import type { PlanBDocument } from '../../src/domain/schema/document.ts'
import { readPlans } from '../../src/library/read-plans.ts'

const plans = resolve(import.meta.dirname, '../../plans')

/** The documents of plans/; throws when they do not hold. */
export async function readExample(): Promise<PlanBDocument[]> {
  const files = new Map<string, string>()
  for (const entry of await readdir(plans, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    files.set(relative(plans, path), await readFile(path, 'utf8'))
  }
  const { documents, problems } = readPlans(files)
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors[0]) throw new Error(`plans/: ${errors[0].file}: ${errors[0].message}`)
  return documents
}
