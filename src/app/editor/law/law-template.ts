/**
 * A template for law and agreement, as data. Its words are Swedish only, since the law is. `[kommunen]` is filled in
 * with the organisation's title; every other name in brackets is explained in `fill`.
 */
export interface LawTemplate {
  /** In the address: `#/edit/law/<id>`. */
  id: string
  title: string
  /** When it is needed, in one sentence. */
  lead: string
  box: LawBox
  /** What a person fills in, by the name in brackets. */
  fill: Readonly<Record<string, string>>
  sections: readonly LawSection[]
}

/** What stands first on every template: how far it can be relied on. */
export interface LawBox {
  verified: readonly { what: string; against: string }[]
  unverified: readonly string[]
  /** Named points that a lawyer is to check before the template is used. */
  lawyer: readonly string[]
}

export interface LawSection {
  title: string
  /** To be handed out or filled in by itself: begins on a page of its own. */
  ownPage?: boolean
  blocks: readonly LawBlock[]
}

export type LawBlock =
  | { kind: 'text'; text: string }
  | { kind: 'list' | 'steps' | 'boxes'; items: readonly string[] }
  | { kind: 'table'; head: readonly string[]; rows: readonly (readonly string[])[] }
  /** To be written by hand: a label, and so many lines. */
  | { kind: 'fields'; fields: readonly { label: string; lines?: number }[] }

/** Headings of the box, and of what follows it. Swedish, as all that goes on the paper. */
export const boxTitles = {
  box: 'Läs det här först',
  verified: 'Det här är kontrollerat',
  unverified: 'Det här är inte kontrollerat',
  lawyer: 'Det här ska en jurist kontrollera',
  fill: 'Det här fyller du i',
} as const

/** Every text of a template, in the order it is read. */
export function textsOf(template: LawTemplate): string[] {
  const { box } = template
  return [
    template.title,
    template.lead,
    ...box.verified.flatMap(({ what, against }) => [what, against]),
    ...box.unverified,
    ...box.lawyer,
    ...template.sections.flatMap(({ title, blocks }) => [title, ...blocks.flatMap(textsOfBlock)]),
  ]
}

function textsOfBlock(block: LawBlock): readonly string[] {
  if (block.kind === 'text') return [block.text]
  if (block.kind === 'table') return [...block.head, ...block.rows.flat()]
  if (block.kind === 'fields') return block.fields.map(({ label }) => label)
  return block.items
}
