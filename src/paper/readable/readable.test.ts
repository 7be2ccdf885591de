import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formatPhoneNumber } from '#domain/phone-number.ts'
import { documentName, type PlanBDocument } from '#domain/schema/document.ts'
import { isPlainObject } from '#domain/schema/walk-schema.ts'
import { readPlans } from '#library/read-plans.ts'
import { aDocument } from '../../../tests/support/example-documents.ts'
import { drawReadable } from './draw-readable.ts'
import { readablePages } from './readable-pages.ts'

const folder = join(import.meta.dirname, '../../../plans')
const files = new Map(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]),
)
const { documents } = readPlans(files)
const draw = (of: readonly PlanBDocument[], { isPublic = false } = {}) =>
  drawReadable(readablePages(of, { isPublic }), {
    title: 'Lövåsa kommun',
    day: '2026-11-23',
    isPublic,
  })

/** What a person reads in the file, without its marks. */
const readText = (html: string) =>
  html
    .replace(/<style>[^]*?<\/style>/, '')
    .replaceAll('<br>', ' ')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
const plain = (text: string) =>
  text
    .replace(/\[([^[\]]+)\]\([^()\s]+\)/g, '$1')
    .replaceAll('*', '')
    .replace(/\s+/g, ' ')
    .trim()

/** Texts that a reader of a plan must find again, and where they stand. */
function textsOf(body: unknown, path = ''): [string, string][] {
  // What is for search and for the register is no text of a page; translations are the app's.
  const unread =
    /\.(aliases|translations|secrecy|systems|answers|id|kept|terms|order|units|uses|see|form|system|routine|exercise|contact|deputy|start|calls|call|firstCard|phoneTree|position|short|group|record|type|serialPrefix|state|needs|binder|departments)$/
  if (unread.test(path)) return []
  if (typeof body === 'string')
    return /^(\+?\d[\d-]*(T.*)?|\d+ (min|h|d|w)|[a-z0-9-]+\/.*)$/.test(body) ? [] : [[path, body]]
  if (Array.isArray(body)) return body.flatMap((one) => textsOf(one, path))
  return isPlainObject(body)
    ? Object.entries(body).flatMap(([field, one]) => textsOf(one, `${path}.${field}`))
    : []
}

describe('everything as one readable file', () => {
  const html = draw(documents)
  const text = readText(html)

  it('holds every text of every document of the example', () => {
    const missing = documents
      .filter(({ kind }) => kind !== 'systems')
      .flatMap((document) =>
        textsOf(document.body)
          .filter(([, value]) => !text.includes(plain(value)))
          .map(([path, value]) => `${documentName(document)}${path}: ${value.slice(0, 40)}`),
      )
    expect(missing).toEqual([])
  })

  it('holds every number, as one dials it', () => {
    const numbers = JSON.stringify(documents).match(/\+46\d+/g) ?? []
    expect(numbers.length).toBeGreaterThan(100)
    expect(numbers.filter((number) => !text.includes(formatPhoneNumber(number)))).toEqual([])
  })

  it('leads from its contents to each page, and nowhere else', () => {
    const ids = [...html.matchAll(/<article id="([^"]+)"/g)].map(([, id]) => id)
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)
    expect(new Set(ids).size).toBe(documents.length)
    expect(links).toEqual(ids.map((id) => `#${id}`))
    expect(html).not.toMatch(/<script|<img|<link|src=|javascript:/i)
  })
})

describe('what somebody has written', () => {
  it('is never taken for markup', () => {
    const evil =
      '<script>alert(1)</script> & "x" <img src=x onerror=y> **<b>fet</b>** [a](javascript:x)'
    const html = draw([aDocument('routine', { title: evil, summary: evil, do: [evil], for: evil })])
    expect(html).not.toMatch(/<script|<img|<b>|javascript:x\)?"/)
    expect(readText(html)).toContain(
      '<script>alert(1)</script> & "x" <img src=x onerror=y> <b>fet</b> a',
    )
  })
})

describe('the public version', () => {
  const secret = '+46701740699'
  const contacts = aDocument('contacts', {
    title: 'Nummer',
    contacts: [
      { id: 'natt', title: 'Nattpatrull', number: secret, private: true },
      {
        id: 'dag',
        title: 'Dag',
        number: '+46701740606',
        for: 'Hemligt läge',
        secrecy: { for: 'OSL 18:13' },
      },
    ],
  })
  const routine = aDocument('routine', {
    do: ['Ring natten'],
    escalation: [{ when: 'Ingen svarar', call: [`${contacts.department}/contact/natt`] }],
  })
  const html = draw([contacts, routine], { isPublic: true })

  it('has neither what is marked nor private numbers, also where something points at them', () => {
    expect(html).not.toContain(formatPhoneNumber(secret))
    expect(html).not.toContain(secret)
    expect(html).not.toContain('Hemligt läge')
    expect(draw([contacts, routine])).toContain(formatPhoneNumber(secret))
  })

  it('says what was left out, and on which ground', () => {
    const text = readText(html)
    expect(text).toContain('Utelämnat')
    expect(text).toContain('contacts.0.number (OSL 39:3)')
    expect(text).toContain('contacts.1.for (OSL 18:13)')
    expect(text).toContain('Nattpatrull')
    expect(html).toContain(formatPhoneNumber('+46701740606'))
  })
})
