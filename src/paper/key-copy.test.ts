import { describe, expect, it } from 'vitest'
import { paperEn } from '#i18n/paper-en.ts'
import { paperSv } from '#i18n/paper-sv.ts'
import { drawKeyCopies } from './draw-html.ts'
import { keyCopyPages, type KeyCopy, type KeyCopyInput } from './key-copy.ts'

const copy = (change: Partial<KeyCopy> = {}): KeyCopy => ({
  kind: 'root-key',
  number: 2,
  of: 3,
  name: 'k7f29qxmZr81',
  code: 'https://planb.lovasa.se/#/restore/RAEAfirst',
  typed: ['01 8G1Q 04K7', '02 F29Q XM'],
  ...change,
})
const input: KeyCopyInput = {
  organisation: 'Lövåsa kommun',
  words: ['ett', 'två', 'tre', 'fyra', 'fem', 'sex', 'sju', 'åtta'],
  made: '23 nov. 2026',
  copies: [
    copy(),
    copy({ number: 3, code: 'RAEAsecond', typed: ['01 AAAA'] }),
    copy({ kind: 'recovery-key', number: undefined, of: undefined, code: 'RAEAthird' }),
  ],
  texts: paperSv.keyCopy,
}

describe('paper copies of keys', () => {
  it('put each key on a sheet of its own, the recovery key too', () => {
    const pages = keyCopyPages(input)
    expect(pages.map(({ title }) => title)).toEqual([
      'Rotnyckel 2 av 3 · k7f29qxm',
      'Rotnyckel 3 av 3 · k7f29qxm',
      'Återställningsnyckel · k7f29qxm',
    ])
    for (const [index, page] of pages.entries()) {
      const others = input.copies.filter((_, at) => at !== index).map(({ code }) => code)
      const all = JSON.stringify(page)
      expect(all).toContain(input.copies[index]!.code)
      for (const code of others) expect(all).not.toContain(code)
    }
  })

  it('say what it is for, how it is kept, what to do when it is lost, and have room for who signs', () => {
    for (const texts of [paperSv.keyCopy, paperEn.keyCopy])
      for (const page of keyCopyPages({ ...input, texts })) {
        expect(page.sections).toHaveLength(4)
        for (const { title, lines } of page.sections) {
          expect(title).not.toBe('')
          expect(lines.length).toBeGreaterThan(1)
        }
        expect(page.sign).toHaveLength(4)
        expect(page.facts.map(({ value }) => value)).toEqual(['23 nov. 2026', 'k7f29qxmZr81'])
        expect(page.words).toEqual(input.words)
        expect(page.foot).toContain('Lövåsa kommun')
      }
  })

  it('that have the same number are told apart, and the newer one says which it replaces', () => {
    const before = copy({ name: 'Ab3dEf9h-first' })
    const after = copy({ name: 'Zx8wVu7t-second', replaces: before.name })
    const [old, made] = keyCopyPages({ ...input, copies: [before, after] })
    expect(old!.title).toBe('Rotnyckel 2 av 3 · Ab3dEf9h')
    expect(made!.title).toBe('Rotnyckel 2 av 3 · Zx8wVu7t')
    expect(made!.foot).toContain('Zx8wVu7t')
    expect(made!.facts.at(-1)!.name).toBe('Ersätter')
    expect(made!.facts.at(-1)!.value).toContain('Ab3dEf9h')
    expect(old!.facts.map(({ name }) => name)).not.toContain('Ersätter')
  })

  it('do not call the recovery key something that can change plans', () => {
    const [, , recovery] = keyCopyPages(input)
    expect(recovery!.sections[0]!.lines.join(' ')).toContain('kan inte ändra')
  })

  it('are refused without lines to type: a code alone may not be read in ten years', () => {
    expect(() => keyCopyPages({ ...input, copies: [copy({ typed: [] })] })).toThrow(RangeError)
  })
})

describe('the file that prints them', () => {
  const html = drawKeyCopies(keyCopyPages(input), 'sv')

  it('needs nothing else: no script, no address that is fetched', () => {
    expect(html).not.toMatch(/<script|<link|<img|@import|url\(|src=/i)
    expect(html.match(/<article/g)).toHaveLength(3)
    expect(html.match(/<svg/g)).toHaveLength(3)
    expect(html).toContain('01 8G1Q 04K7\n02 F29Q XM')
  })

  it('begins a new sheet of paper for each key', () => {
    expect(html).toMatch(/\.key-copy \{[^}]*break-after: page/)
  })

  it('draws names as text, whatever stands in them', () => {
    const named = drawKeyCopies(
      keyCopyPages({ ...input, organisation: '<b onclick="x">&amp;</b>' }),
      'sv',
    )
    expect(named).not.toContain('<b onclick')
    expect(named).toContain('&lt;b onclick=&quot;x&quot;&gt;&amp;amp;&lt;/b&gt;')
  })
})
