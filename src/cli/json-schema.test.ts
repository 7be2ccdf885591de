import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { documentKinds } from '#domain/schema/document.ts'
import { generatedFiles, jsonSchemaOf } from './json-schema.ts'

const project = resolve(import.meta.dirname, '../..')

describe('JSON Schema of plans', () => {
  it.each([...generatedFiles()])('%s is up to date (npm run schema)', async (path, value) => {
    const committed: unknown = JSON.parse(await readFile(resolve(project, path), 'utf8'))
    expect(committed).toEqual(JSON.parse(JSON.stringify(value)))
  })

  it.each(documentKinds)('every object of a %s is closed and every field described', (kind) => {
    const undescribed: string[] = []
    const open: string[] = []
    const look = (json: unknown, path: string): void => {
      if (Array.isArray(json)) for (const one of json) look(one, path)
      if (typeof json !== 'object' || json === null || Array.isArray(json)) return
      const { properties, additionalProperties, items, allOf, definitions } = json as Record<
        string,
        unknown
      >
      if (properties !== undefined && additionalProperties !== false) open.push(path)
      const within = /translations|secrecy/.test(path)
      for (const [field, inner] of Object.entries(properties ?? {})) {
        const here = `${path}.${field}`
        if (!within && (inner as { description?: string }).description === undefined)
          undescribed.push(here)
        look(inner, here)
      }
      for (const inner of [items, allOf, ...Object.values(definitions ?? {})]) look(inner, path)
    }
    look(jsonSchemaOf(kind), kind)
    expect({ undescribed, open }).toEqual({ undescribed: [], open: [] })
  })

  it('asks for what the schema asks for, and for no default', () => {
    expect(jsonSchemaOf('routine')).toMatchObject({
      required: ['title', 'name', 'summary', 'group', 'for', 'phases'],
      properties: {
        answers: { items: { type: 'integer', minimum: 1 } },
        group: { enum: ['it', 'phone', 'power', 'staff', 'premises', 'other'] },
        translations: { properties: { en: { properties: { harm: { type: 'array' } } } } },
      },
    })
    expect(JSON.stringify(jsonSchemaOf('contacts'))).not.toContain(
      '"en":{"type":"object","properties":{"number"',
    )
  })
})
