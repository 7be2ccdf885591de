import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPlans } from './read-plans.ts'
import { readYaml } from './read-yaml.ts'

const codes = (text: string) => readYaml('a.yaml', text).problems.map(({ code }) => code)
const places = (text: string) =>
  readYaml('a.yaml', text).problems.map(({ line, column, code }) => `${line}:${column} ${code}`)

describe('texts that are no plain YAML', () => {
  it.each([
    ['a tab as indentation', 'a:\n\tb: 1\n', '2:1 tab'],
    ['two keys of one name', 'a: 1\nb: 2\na: 3\n', '3:1 duplicate-key'],
    ['two keys of one name in braces', 'x: { a: 1, a: 2 }\n', '1:12 duplicate-key'],
    ['several documents', 'a: 1\n---\nb: 2\n', '2:1 several-documents'],
    ['an anchor', 'a: &x 1\n', '1:7 alias'],
    ['an alias', 'a: &x 1\nb: *x\n', '2:4 alias'],
    ['an alias without anchor', 'a: *x\n', '1:4 alias'],
    ['a tag of a language', 'a: !!python/object:os.system x\n', 'tag'],
    ['a tag of one’s own', 'a: !secret x\n', '1:12 tag'],
    ['a binary tag', 'a: !!binary aGVq\n', 'tag'],
    ['a directive', '%YAML 1.1\n---\na: yes\n', '1:1 directive'],
    ['a list as key', '? [a, b]\n: 1\n', '1:3 bad-key'],
    ['an open bracket', 'a: [1, 2\n', 'not-yaml'],
    ['a colon in a text', 'a: b: c\n', 'not-yaml'],
    ['nothing', '', '1:1 empty'],
    ['only a comment', '# inget\n', '1:1 empty'],
    ['a NUL', 'a: b\0c\n', '1:5 not-text'],
    ['bytes that are no UTF-8', 'a: \ufffd\n', '1:4 not-text'],
    ['an escape sequence', 'a: \u001b[31m\n', '1:4 not-text'],
  ])('%s', (_, text, expected) => expect(places(text).join('\n')).toContain(expected))

  it('one slip is told once, not for every line that follows', () => {
    const lines = Array.from({ length: 60 }, (_, index) => `  - text: "rad ${index}"`)
    expect(codes(`title: "öppen\nsteps:\n${lines.join('\n')}\n`)).toEqual(['not-yaml'])
  })

  it('a merge key merges nothing', () => {
    expect(readYaml('a.yaml', 'a: { x: 1 }\n<<: { y: 2 }\n').value).toEqual({
      a: { x: 1 },
      '<<': { y: 2 },
    })
  })

  it('a prototype is an ordinary field', () => {
    const value = readYaml('a.yaml', '__proto__: { polluted: true }\nconstructor: 1\n')
      .value as object
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(({} as Record<string, unknown>).polluted).toBe(undefined)
  })

  it('dates stay text, and yes is no truth', () => {
    expect(readYaml('a.yaml', 'a: 2026-03-12\nb: yes\nc: 07:00\nd: 0o17\n').value).toEqual({
      a: '2026-03-12',
      b: 'yes',
      c: '07:00',
      d: 15,
    })
  })
})

describe('bombs', () => {
  const soon = (text: string) => {
    const start = performance.now()
    const found = codes(text)
    expect(performance.now() - start).toBeLessThan(2000)
    return found
  }

  it('aliases upon aliases', () => {
    const levels = Array.from(
      { length: 12 },
      (_, n) => `l${n + 1}: &l${n + 1} [${Array(9).fill(`*l${n}`).join(', ')}]`,
    )
    expect(new Set(soon(`l0: &l0 [x]\n${levels.join('\n')}\n`))).toEqual(new Set(['alias']))
  })

  it.each([
    ['brackets', '['.repeat(200_000)],
    ['braces', '{a: '.repeat(60_000)],
    ['list marks', '- '.repeat(120_000)],
    ['question marks', '? '.repeat(120_000)],
    ['brackets over lines', '[\n'.repeat(100_000)],
  ])('deep %s', (_, text) => expect(soon(text)).toEqual(['too-deep']))

  it('deep indentation', () => {
    const text = Array.from({ length: 700 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')
    expect(Array.isArray(soon(text))).toBe(true)
  })

  it('ten thousand keys, ten thousand times the same key', () => {
    const keys = Array.from({ length: 10_000 }, (_, index) => `k${index}: 1`).join('\n')
    expect(soon(keys)).toEqual([])
    expect(soon('a: 1\n'.repeat(10_000))).toHaveLength(9_999)
  })
})

describe('whatever a file holds', () => {
  it('reading ends and does not throw', () => {
    const lines = fc.array(
      fc.constantFrom(
        'title: x',
        '- a',
        '  - b: [1',
        'a: &x',
        '*x',
        '"',
        "'",
        '\t',
        '---',
        '? ',
        ': ',
        '{}',
        '|',
        '>-',
        '#',
        '__proto__: 1',
      ),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 60 }),
          lines.map((list) => list.join('\n')),
        ),
        (text) => {
          const { problems } = readPlans(new Map([['gemensamt/routines/a.yaml', text]]))
          for (const { line, column } of problems) expect(Math.min(line, column)).toBeGreaterThan(0)
        },
      ),
      { numRuns: 500 },
    )
  })
})
