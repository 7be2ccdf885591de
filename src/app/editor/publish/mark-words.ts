import { commonPlaces } from './align-lists.ts'

/** A piece of a text, and whether the other text lacks it. */
export interface MarkedPart {
  text: string
  isChanged: boolean
}

/** Unchanged words kept on either side of a change; what is longer is left out. */
const wordsAround = 10

/**
 * Two texts with what differs marked, word by word; of a long text only what surrounds the changes, an
 * ellipsis for the rest.
 */
export function markWords(
  before: string,
  after: string,
): { before: MarkedPart[]; after: MarkedPart[] } {
  const [left, right] = [pieces(before), pieces(after)]
  const common = commonPlaces(left, right)
  const inLeft = new Set(common.map(([place]) => place))
  const inRight = new Set(common.map(([, place]) => place))
  return { before: joined(left, inLeft), after: joined(right, inRight) }
}

/** Words and what stands between them; groups of a phone number are words too. */
function pieces(text: string): string[] {
  return text.split(/(\s+|(?<=\d)-(?=\d))/).filter((piece) => piece !== '')
}

function joined(texts: readonly string[], common: ReadonlySet<number>): MarkedPart[] {
  const parts: MarkedPart[] = []
  for (const [place, text] of texts.entries()) {
    // A space between two changed words is part of the change.
    const isBetween =
      /^\s+$/.test(text) && !(common.has(place - 1) || common.has(place + 1)) && place > 0
    const isChanged = !common.has(place) || isBetween
    const last = parts.at(-1)
    if (last?.isChanged === isChanged) last.text += text
    else parts.push({ text, isChanged })
  }
  if (!parts.some(({ isChanged }) => isChanged)) return parts
  return parts.map((part, place) =>
    part.isChanged ? part : { ...part, text: shortened(part.text, place, parts.length) },
  )
}

function shortened(text: string, place: number, count: number): string {
  const words = text.split(/(?<=\s)/)
  const [isFirst, isLast] = [place === 0, place === count - 1]
  if (words.length <= wordsAround * 2 + 4) return text
  const head = isFirst ? '' : words.slice(0, wordsAround).join('')
  const tail = isLast ? '' : words.slice(-wordsAround).join('')
  return `${head}… ${tail}`
}
