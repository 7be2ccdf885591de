import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildApp } from './build-app.ts'
import { CliError } from './command.ts'

// `npm run build`: as `planb start` does, so that one does not do again what the other has done.
try {
  const project = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
  await buildApp(project, (line) => console.error(line))
} catch (error) {
  if (!(error instanceof CliError)) throw error
  console.error(`${error.message}. ${error.advice}`)
  process.exitCode = 1
}
