/**
 * The Markdown subset allowed in plan texts, as data: React elements are made of it, never HTML.
 * Inline: `**strong**`, `*emphasis*`, `[text](address)`. Blocks: blank line = paragraph, `- ` = bullet.
 * Addresses: pages of plans (`#/d/…`, `#/search…`) and `https:` only; anything else stays plain text. A link
 * of a plan never leads to where something is taken in or given away (`#/join/…`, `#/edit/…`).
 */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'strong' | 'emphasis'; inside: Inline[] }
  | { kind: 'link'; address: string; inside: Inline[] }

export type Block =
  { kind: 'paragraph'; lines: Inline[][] } | { kind: 'bullets'; items: Inline[][] }

const token = /\*\*(?=\S)(.+?\S?)\*\*|\*(?=[^\s*])([^*]*[^\s*])\*|\[([^[\]]+)\]\(([^()\s]+)\)/

/** Parses one line of text. Never throws: what is not understood is text. */
export function parseInline(text: string): Inline[] {
  const parts: Inline[] = []
  let rest = text
  while (rest !== '') {
    const found = token.exec(rest)
    if (found === null) {
      addText(parts, rest)
      break
    }
    const [whole, strong, emphasis, label, address] = found
    addText(parts, rest.slice(0, found.index))
    if (strong !== undefined) parts.push({ kind: 'strong', inside: parseInline(strong) })
    else if (emphasis !== undefined) parts.push({ kind: 'emphasis', inside: parseInline(emphasis) })
    else if (label !== undefined && address !== undefined && isAllowedAddress(address))
      parts.push({ kind: 'link', address, inside: parseInline(label) })
    else addText(parts, whole)
    rest = rest.slice(found.index + whole.length)
  }
  return parts
}

/** Parses several sentences into paragraphs and bullet lists. */
export function parseBlocks(text: string): Block[] {
  const blocks: Block[] = []
  for (const chunk of text.split(/\n\s*\n/)) {
    let previous: Block | undefined
    for (const line of chunk.split('\n').map((each) => each.trim())) {
      if (line === '') continue
      const bullet = /^[-•]\s+(.+)$/.exec(line)?.[1]
      if (bullet !== undefined) {
        if (previous?.kind !== 'bullets') blocks.push((previous = { kind: 'bullets', items: [] }))
        previous.items.push(parseInline(bullet))
      } else {
        if (previous?.kind !== 'paragraph')
          blocks.push((previous = { kind: 'paragraph', lines: [] }))
        previous.lines.push(parseInline(line))
      }
    }
  }
  return blocks
}

/** The text without marks, for page titles, reading aloud and labels. */
export function plainText(text: string): string {
  const flatten = (parts: Inline[]): string =>
    parts.map((part) => (part.kind === 'text' ? part.text : flatten(part.inside))).join('')
  return flatten(parseInline(text))
}

function isAllowedAddress(address: string): boolean {
  return /^(#\/(d\/|search\b)|https:\/\/)/.test(address)
}

function addText(parts: Inline[], text: string): void {
  if (text === '') return
  const last = parts.at(-1)
  if (last?.kind === 'text') last.text += text
  else parts.push({ kind: 'text', text })
}
