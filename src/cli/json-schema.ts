import { toJsonSchema, type JsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import { contact } from '#domain/schema/contacts.ts'
import { documentKinds, documentSchemas, type DocumentKind } from '#domain/schema/document.ts'
import { translationLanguages } from '#domain/schema/entry.ts'
import { position } from '#domain/schema/phone-tree.ts'
import { phase, step } from '#domain/schema/routine.ts'
import { source } from '#domain/schema/values.ts'
import {
  fieldsAboutFields,
  isTranslatable,
  schemaPart,
  unwrapSchema,
  type SchemaPart,
} from '#domain/schema/walk-schema.ts'
import { folderByKind, type FolderKind } from '#library/plan-path.ts'
import { fieldDescription } from './field-descriptions.ts'

/** Objects that stand in a schema more than once, written once. */
const shared: Record<string, v.GenericSchema> = { contact, phase, position, source, step }

/**
 * The JSON Schema (draft 7) of a kind of document, for editors that complete and check YAML. Stricter
 * than the Valibot schema it is made from: unknown fields, which a phone keeps, are errors here. What only
 * `readPlans` can see (references, dates that are none, phone trees) is not in it.
 */
export function jsonSchemaOf(kind: DocumentKind): JsonSchema {
  const schema = documentSchemas[kind] as v.GenericSchema
  const json = toJsonSchema(schema, { errorMode: 'ignore', definitions: { ...shared } })
  refine(json, schemaPart(schema))
  const used = new Set(JSON.stringify(json).match(/(?<=#\/definitions\/)\w+/g))
  const definitions = Object.entries(json.definitions ?? {}).filter(([name]) => used.has(name))
  for (const [name, definition] of definitions) {
    const part = shared[name]
    if (part !== undefined) refine(definition as JsonSchema, schemaPart(part))
  }
  if (definitions.length > 0) json.definitions = Object.fromEntries(definitions)
  else delete json.definitions
  return { ...json, title: `Plan B: ${kind}` }
}

function refine(json: JsonSchema, schema: SchemaPart): void {
  const part = unwrapSchema(schema)
  if (json.$ref !== undefined) return
  if (part.item !== undefined && isSchema(json.items)) refine(json.items, part.item)
  if (part.entries === undefined || json.properties === undefined) return
  json.additionalProperties = false
  for (const [field, inner] of Object.entries(part.entries)) {
    const property = json.properties[field]
    if (!isSchema(property)) continue
    if (field === 'translations') json.properties[field] = translationsSchema(part.entries)
    else if (field === 'secrecy') json.properties[field] = secrecySchema(part.entries)
    else refine(property, inner)
    const description = fieldDescription(part, field)
    // Beside a $ref nothing else is read.
    const described = json.properties[field] as JsonSchema
    if (description === undefined) continue
    if (described.$ref === undefined) described.description = description
    else json.properties[field] = { allOf: [described], description }
  }
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function ownFields(entries: Readonly<Record<string, SchemaPart>>): [string, SchemaPart][] {
  return Object.entries(entries).filter(([field]) => !fieldsAboutFields.has(field))
}

function translationsSchema(entries: Readonly<Record<string, SchemaPart>>): JsonSchema {
  const texts = ownFields(entries)
    .filter(([, part]) => isTranslatable(part))
    .map(([field, part]): [string, JsonSchema] => {
      const isList = unwrapSchema(part).type === 'array'
      return [field, isList ? { type: 'array', items: { type: 'string' } } : { type: 'string' }]
    })
  const language = (): JsonSchema => ({
    type: 'object',
    properties: Object.fromEntries(texts),
    additionalProperties: false,
  })
  return {
    type: 'object',
    properties: Object.fromEntries(translationLanguages.map((code) => [code, language()])),
    additionalProperties: false,
  }
}

function secrecySchema(entries: Readonly<Record<string, SchemaPart>>): JsonSchema {
  const fields = ownFields(entries).map(([field]): [string, JsonSchema] => [
    field,
    { type: 'string' },
  ])
  return { type: 'object', properties: Object.fromEntries(fields), additionalProperties: false }
}

/** Which files of a content folder are of a kind, as a glob. */
function globOf(kind: DocumentKind): string {
  if (kind === 'organisation' || kind === 'systems') return `plans/${kind}.yaml`
  if (kind === 'department' || kind === 'contacts') return `plans/*/${kind}.yaml`
  return `plans/*/${folderByKind[kind satisfies FolderKind]}/*.yaml`
}

/** Settings of the usual editor: which schema checks which files. */
export function editorSettings(): Record<string, unknown> {
  const schemas = documentKinds.map((kind) => [`./docs/schema/${kind}.json`, globOf(kind)])
  return { 'yaml.schemas': Object.fromEntries(schemas), 'yaml.format.enable': false }
}

/** Every file made from the schemas, by path in the project, as values. */
export function generatedFiles(): Map<string, unknown> {
  const files = new Map<string, unknown>()
  for (const kind of documentKinds) files.set(`docs/schema/${kind}.json`, jsonSchemaOf(kind))
  return files.set('.vscode/settings.json', editorSettings())
}
