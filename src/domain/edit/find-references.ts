import { documentName, documentSchemas } from '../schema/document.ts'
import { isTranslatable, schemaPart, walkSchema } from '../schema/walk-schema.ts'
import type { Path } from './change-at.ts'

/** A document whose body need not fit its schema yet. */
export interface EditedDocument {
  department: string
  kind: string
  id: string
  body: unknown
}

export interface FoundReference {
  /** The document that refers: `department/kind/id`. */
  name: string
  path: Path
}

/**
 * Every place that refers to a document or contact by its name (`hemtjanst/form/avvikelse`,
 * `hemtjanst/contact/sjukskoterska`): what would point at nothing if it were removed. In the order of the
 * documents.
 */
export function findReferences(
  documents: readonly EditedDocument[],
  name: string,
): FoundReference[] {
  return documents.flatMap((document) => {
    if (!Object.hasOwn(documentSchemas, document.kind)) return []
    const schema = schemaPart(documentSchemas[document.kind as keyof typeof documentSchemas])
    return walkSchema(schema, document.body)
      .filter(({ value, part }) => value === name && !isTranslatable(part))
      .map(({ path }) => ({ name: documentName(document), path }))
  })
}
