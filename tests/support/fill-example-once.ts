import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exampleVariable, runPlanB } from './planb-server.ts'

/** Before the browser tests: the example is filled once; each server of a test begins from a copy of it. */
export async function setup(): Promise<() => Promise<void>> {
  const data = await mkdtemp(join(tmpdir(), 'planb-example-'))
  const { code, stderr } = await runPlanB(data, ['status'])
  if (code !== 0) throw new Error(stderr)
  process.env[exampleVariable] = data
  return () => rm(data, { recursive: true, force: true })
}
