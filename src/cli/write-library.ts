import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { deflateRaw } from 'node:zlib'
import { makeTemplate } from '#domain/template.ts'
import { readPlans } from '#library/read-plans.ts'
import { readPlansFolder } from './read-plans-folder.ts'

/** Beside the app, for coordinators who begin; no phone keeps it. */
export const libraryName = 'library.bin'

/**
 * Writes the example's plans as templates beside the built app: JSON, deflated. Only where they are an example: plans
 * of a real organisation are nothing a host may show. Without `plans/` there is no library, and the app says so.
 */
export async function writeLibrary(project: string, appDirectory: string): Promise<void> {
  const found = await readPlansFolder(join(project, 'plans')).catch(() => undefined)
  const { documents, problems } = readPlans(found?.texts ?? new Map())
  const isExample = documents.some(({ kind, body }) => kind === 'organisation' && body.example)
  const isSound = problems.every(({ severity }) => severity !== 'error')
  if (!isExample || !isSound) return
  const templates = JSON.stringify(makeTemplate(documents))
  await writeFile(
    join(appDirectory, libraryName),
    await promisify(deflateRaw)(templates, { level: 9 }),
  )
}
