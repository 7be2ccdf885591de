import type { LawBlock, LawTemplate } from './law-template.ts'

/** The template with the organisation's title where it says `[kommunen]`. Other brackets stay, to be filled in by hand. */
export function fillTemplate(template: LawTemplate, organisation: string): LawTemplate {
  const fill = (text: string) => text.replaceAll('[kommunen]', () => organisation)
  const { box } = template
  return {
    ...template,
    lead: fill(template.lead),
    box: {
      verified: box.verified.map(({ what, against }) => ({ what: fill(what), against })),
      unverified: box.unverified.map(fill),
      lawyer: box.lawyer.map(fill),
    },
    sections: template.sections.map((section) => ({
      ...section,
      title: fill(section.title),
      blocks: section.blocks.map((block) => fillBlock(block, fill)),
    })),
  }
}

function fillBlock(block: LawBlock, fill: (text: string) => string): LawBlock {
  if (block.kind === 'text') return { ...block, text: fill(block.text) }
  if (block.kind === 'table')
    return { ...block, head: block.head.map(fill), rows: block.rows.map((row) => row.map(fill)) }
  if (block.kind === 'fields')
    return {
      ...block,
      fields: block.fields.map((field) => ({ ...field, label: fill(field.label) })),
    }
  return { ...block, items: block.items.map(fill) }
}
