import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readFirstStep } from './walk.ts'
import { runPlanB } from './planb-server.ts'

const plans = resolve(import.meta.dirname, '../../plans')

/**
 * Publishes the example's plans once more, with another first step in the routine most tests open.
 *
 * @param data the data folder of a server
 * @param step the new first step
 */
export async function publishFirstStep(data: string, step: string): Promise<void> {
  const before = await readFirstStep()
  await publishChanged(data, 'hemtjanst/routines/tes-korlista.yaml', before, step)
}

/**
 * Publishes the example's plans once more, with one text in one file changed, whoever published last.
 *
 * @param data the data folder of a server
 * @param file below `plans/`
 */
export async function publishChanged(
  data: string,
  file: string,
  before: string | RegExp,
  after: string,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'planb-plans-'))
  try {
    await cp(plans, folder, { recursive: true })
    const path = join(folder, file)
    const text = await readFile(path, 'utf8')
    const changed = text.replace(before, after)
    if (changed === text) throw new Error(`${path} has no line "${String(before)}"`)
    await writeFile(path, changed)
    const { code, stderr } = await runPlanB(data, ['publish', folder, '--replace'])
    if (code !== 0) throw new Error(`planb publish ended with ${code}: ${stderr}`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
