import { describe, expect, it } from 'vitest'
import { fillTemplate } from './fill-template.ts'
import { lawTemplates } from './law-templates.ts'
import { textsOf, type LawTemplate } from './law-template.ts'
import { templateHtml } from './template-html.ts'
import { templateText } from './template-text.ts'

/** Names in brackets, wherever they stand. */
const bracketed = (template: LawTemplate) =>
  new Set(
    textsOf(template).flatMap((text) =>
      [...text.matchAll(/\[([^\]]+)\]/g)].map(([, name]) => name!),
    ),
  )

describe('the templates', () => {
  it('are the eight that a coordinator needs, each with an address of its own', () => {
    expect(lawTemplates.map(({ id }) => id)).toEqual([
      'private-numbers',
      'union-negotiation',
      'public-records',
      'processor-agreement',
      'impact-assessment',
      'information-classification',
      'accessibility-statement',
      'incident-report',
    ])
  })

  it.each(lawTemplates.map((template) => [template.id, template] as const))(
    '%s says what was verified and against what, what was not, and what a lawyer checks',
    (_id, { box }) => {
      expect(box.verified.length).toBeGreaterThan(0)
      for (const { what, against } of box.verified)
        expect([what, against.length > 10]).toEqual([what, true])
      expect(box.unverified.length).toBeGreaterThan(0)
      expect(box.lawyer.length).toBeGreaterThan(1)
    },
  )

  it.each(lawTemplates.map((template) => [template.id, template] as const))(
    '%s explains every place to fill in, and no other',
    (_id, template) => {
      const named = bracketed(template)
      expect(named.delete('kommunen')).toBe(true)
      expect([...named].sort()).toEqual(Object.keys(template.fill).sort())
    },
  )

  it('names each paragraph of a law that a box or the underlying facts name', () => {
    // Known paragraphs: those the sources named in the boxes speak of. Any other was made up, or is to be added here.
    const known = [
      'OSL 18 kap. 13 §', '15 kap. 2 §', 'OSL 18 kap. 8 och 9 §§', 'OSL 39 kap. 3 §', 'MBL 11 §', 'MBL 19 §',
      'om 11 och 19 §§', '2 kap. 5–8 §§', '31 §', '6 §', '12 §',
    ] // prettier-ignore
    for (const template of lawTemplates)
      for (const text of textsOf(template)) {
        const left = known.reduce((rest, paragraph) => rest.replaceAll(paragraph, ''), text)
        expect([template.id, text, left.includes('§')]).toEqual([template.id, text, false])
      }
  })

  it('have rows as wide as their heads', () => {
    for (const { id, sections } of lawTemplates)
      for (const block of sections.flatMap(({ blocks }) => blocks))
        if (block.kind === 'table')
          for (const row of block.rows) expect([id, row.length]).toEqual([id, block.head.length])
  })

  it('have headings and lines that can be told apart', () => {
    for (const { id, sections } of lawTemplates) {
      const titles = sections.map(({ title }) => title)
      expect([id, new Set(titles).size]).toEqual([id, titles.length])
    }
  })
})

describe('a template taken along', () => {
  const hostile = `Ås & <script>alert("1")</script>'s $& kommun`

  it('has the organisation’s name everywhere, letter by letter', () => {
    for (const template of lawTemplates) {
      const filled = fillTemplate(template, hostile)
      expect(bracketed(filled).has('kommunen')).toBe(false)
      expect(textsOf(filled).join('\n')).toContain(hostile)
      expect(templateText(filled)).toContain(hostile)
    }
  })

  it('has it in every kind of part', () => {
    const text = '[kommunen]'
    const items = [text]
    const everywhere: LawTemplate = {
      id: 'x',
      title: 'x',
      lead: text,
      box: { verified: [{ what: text, against: 'x' }], unverified: items, lawyer: items },
      fill: {},
      sections: [
        {
          title: text,
          blocks: [
            { kind: 'text', text },
            { kind: 'list', items },
            { kind: 'steps', items },
            { kind: 'boxes', items },
            { kind: 'table', head: items, rows: [items] },
            { kind: 'fields', fields: [{ label: text, lines: 2 }] },
          ],
        },
      ],
    }
    const filled = textsOf(fillTemplate(everywhere, 'Ås'))
    expect(filled).toHaveLength(textsOf(everywhere).length)
    expect(filled.filter((each) => each === 'Ås')).toHaveLength(12)
    expect(filled).not.toContain(text)
  })

  it('is a page in which nothing of a name becomes a tag', () => {
    for (const template of lawTemplates) {
      const html = templateHtml(fillTemplate(template, hostile))
      expect(html).not.toMatch(/<script/)
      expect(html).toContain(
        'Ås &amp; &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;s $&amp; kommun',
      )
      expect(html.startsWith('<!doctype html>')).toBe(true)
      expect(html).not.toMatch(/ (?:src|href)=/)
    }
  })

  it.each([
    ['text', templateText],
    ['page', templateHtml],
  ] as const)('says all of it as %s', (_form, write) => {
    for (const template of lawTemplates) {
      const written = write(template)
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&amp;', '&')
      for (const text of [...textsOf(template), ...Object.values(template.fill)])
        expect([template.id, text, written.includes(text)]).toEqual([template.id, text, true])
    }
  })

  it('begins with its box, before anything to be handed out', () => {
    for (const template of lawTemplates)
      for (const written of [templateText(template), templateHtml(template)]) {
        const lawyer = written.indexOf('Det här ska en jurist kontrollera')
        expect(lawyer).toBeGreaterThan(0)
        expect(lawyer).toBeLessThan(written.indexOf(template.sections[0]!.title))
      }
  })
})
