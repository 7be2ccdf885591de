import { boxTitles, type LawBlock, type LawTemplate } from './law-template.ts'

/** A template as plain text, for a letter or a document of one's own. Lines end as Windows ends them. */
export function templateText(template: LawTemplate): string {
  const { box } = template
  const fill = Object.entries(template.fill)
  const parts = [
    underlined(template.title, '='),
    template.lead,
    underlined(boxTitles.box.toUpperCase(), '-'),
    `${boxTitles.verified}:\n${bullets(box.verified.map(({ what, against }) => `${what}\n  Källa: ${against}`))}`,
    `${boxTitles.unverified}:\n${bullets(box.unverified)}`,
    `${boxTitles.lawyer}:\n${bullets(box.lawyer, '[ ]')}`,
    ...(fill.length === 0
      ? []
      : [`${boxTitles.fill}:\n${bullets(fill.map(([name, what]) => `[${name}]: ${what}`))}`]),
    ...template.sections.flatMap(({ title, blocks }) => [
      underlined(title, '-'),
      ...blocks.map(textOf),
    ]),
  ]
  return `${parts.join('\n\n')}\n`.replaceAll('\n', '\r\n')
}

const underlined = (text: string, line: string) => `${text}\n${line.repeat(text.length)}`

const bullets = (items: readonly string[], mark = '-') =>
  items.map((item) => `${mark} ${item}`).join('\n')

function textOf(block: LawBlock): string {
  switch (block.kind) {
    case 'text':
      return block.text
    case 'list':
      return bullets(block.items)
    case 'boxes':
      return bullets(block.items, '[ ]')
    case 'steps':
      return block.items.map((item, index) => `${index + 1}. ${item}`).join('\n')
    case 'fields':
      return block.fields
        .map(({ label, lines = 1 }) => `${label}:${`\n${'_'.repeat(60)}`.repeat(lines)}`)
        .join('\n')
    case 'table':
      return block.rows
        .map((row) => row.map((cell, column) => `${block.head[column] ?? ''}: ${cell}`).join('\n'))
        .join('\n\n')
  }
}
