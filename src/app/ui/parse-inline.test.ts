import { describe, expect, it } from 'vitest'
import { parseBlocks, parseInline, plainText } from './parse-inline.ts'

describe('inline text', () => {
  it('is text when nothing is marked', () => {
    expect(parseInline('Ring 5 * 3 gånger')).toEqual([{ kind: 'text', text: 'Ring 5 * 3 gånger' }])
  })

  it('knows strong, emphasis and links, also inside each other', () => {
    expect(parseInline('Ge **inte *alls* något**. Se [kortet](#/d/a/routine/b)')).toEqual([
      { kind: 'text', text: 'Ge ' },
      {
        kind: 'strong',
        inside: [
          { kind: 'text', text: 'inte ' },
          { kind: 'emphasis', inside: [{ kind: 'text', text: 'alls' }] },
          { kind: 'text', text: ' något' },
        ],
      },
      { kind: 'text', text: '. Se ' },
      { kind: 'link', address: '#/d/a/routine/b', inside: [{ kind: 'text', text: 'kortet' }] },
    ])
  })

  it('leaves every other address as text', () => {
    for (const address of [
      'javascript:alert(1)',
      'data:text/html,x',
      '//host/x',
      'http://x',
      'tel:112',
    ]) {
      const text = `[ring](${address})`
      expect(parseInline(text)).toEqual([{ kind: 'text', text }])
    }
  })

  it('never makes markup of markup', () => {
    expect(parseInline('<b onclick=x>hej</b>')).toEqual([
      { kind: 'text', text: '<b onclick=x>hej</b>' },
    ])
  })

  it('ends on text full of stars within a moment', () => {
    const start = performance.now()
    parseInline('*'.repeat(4000))
    parseInline('**a'.repeat(1300))
    expect(performance.now() - start).toBeLessThan(500)
  })

  it('gives the words alone', () => {
    expect(plainText('**Räkna**: har *alla* fått [besök](https://x.se)?')).toBe(
      'Räkna: har alla fått besök?',
    )
  })
})

describe('several sentences', () => {
  it('keeps paragraphs, lines and bullets apart', () => {
    expect(parseBlocks('Ett\ntvå\n\n- a\n- b\nslut')).toEqual([
      {
        kind: 'paragraph',
        lines: [[{ kind: 'text', text: 'Ett' }], [{ kind: 'text', text: 'två' }]],
      },
      { kind: 'bullets', items: [[{ kind: 'text', text: 'a' }], [{ kind: 'text', text: 'b' }]] },
      { kind: 'paragraph', lines: [[{ kind: 'text', text: 'slut' }]] },
    ])
  })
})
