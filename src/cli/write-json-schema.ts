import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { generatedFiles } from './json-schema.ts'

/** `npm run schema`: writes the JSON Schemas of plans/ and the editor settings that point at them. */
const project = dirname(dirname(import.meta.dirname))
for (const [path, value] of generatedFiles()) {
  const file = join(project, path)
  const options = { ...(await resolveConfig(file)), parser: 'json' }
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, await format(JSON.stringify(value), options))
}
