import { resolve } from 'node:path'
import { readPlansFolder } from '#cli/read-plans-folder.ts'
import { documentName } from '#domain/schema/document.ts'
import { readPlans } from '#library/read-plans.ts'

/** The body of a document of the example organisation, as its first release holds it; a copy to change. */
export async function publishedBody<Body>(name: string): Promise<Body> {
  const { texts } = await readPlansFolder(resolve(import.meta.dirname, '../../plans'))
  const { documents } = readPlans(texts)
  const found = documents.find((document) => documentName(document) === name)
  if (found === undefined) throw new Error(`plans/ has no ${name}`)
  return structuredClone(found.body) as Body
}
