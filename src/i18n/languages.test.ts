import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { beginEn } from './editor-begin-en.ts'
import { beginSv } from './editor-begin-sv.ts'
import { filesEn } from './editor-files-en.ts'
import { filesSv } from './editor-files-sv.ts'
import { editorEn } from './editor-en.ts'
import { editorSv } from './editor-sv.ts'
import { lawEn } from './editor-law-en.ts'
import { lawSv } from './editor-law-sv.ts'
import { en } from './en.ts'
import { manageEn } from './manage-en.ts'
import { manageSv } from './manage-sv.ts'
import { sv } from './sv.ts'
import { writeEn } from './write-en.ts'
import { writeSv } from './write-sv.ts'

/** Texts by their key, `routine.phase.hour1`. */
function textsByKey(texts: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string'
        ? [[prefix + key, value]]
        : [...textsByKey(value as object, `${prefix}${key}.`)],
    ),
  )
}

const placeholders = (text: string) =>
  new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name))

describe.each([
  ['the interface', sv, en],
  ['the managers’ screens', editorSv, editorEn],
  ['the first day', beginSv, beginEn],
  ['writing', writeSv, writeEn],
  ['publishing', manageSv, manageEn],
  ['the templates for law and agreements', lawSv, lawEn],
  ['plans as files', filesSv, filesEn],
])('the languages of %s', (_of, inSwedish, inEnglish) => {
  const swedish = textsByKey(inSwedish)
  const english = textsByKey(inEnglish)

  it('have the same texts', () => {
    expect([...english.keys()].sort()).toEqual([...swedish.keys()].sort())
  })

  it('have the same places to fill in', () => {
    for (const [key, text] of swedish)
      expect([key, placeholders(english.get(key) ?? '')]).toEqual([key, placeholders(text)])
  })

  it('have the same number of parts where a text is a list', () => {
    for (const [key, text] of swedish)
      expect([key, english.get(key)?.split('|').length]).toEqual([key, text.split('|').length])
  })

  it('have no text that no screen shows', () => {
    const app = join(import.meta.dirname, '../app')
    const code = readdirSync(app, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => readFileSync(join(app, file), 'utf8'))
      .join('\n')
    const unused = [...swedish.keys()]
      .map((key) => key.replace(/_(one|other)$/, ''))
      .filter(
        (key) =>
          !code.includes(`'${key}'`) &&
          !key
            .split('.')
            .some(
              (_part, at, parts) =>
                at > 0 && code.includes(`\`${parts.slice(0, at).join('.')}.\${`),
            ),
      )
    expect(unused).toEqual([])
  })
})
