/**
 * A line of text as a plan may hold it: composed letters, single spaces, no control characters, no marks of
 * writing direction or no width (a joiner within an emoji or a word stays), no halves of a character.
 */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Surrogate}/gu, '')
    .replace(
      /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g,
      '',
    )
    .replace(/[\s\u0085\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/[\u200c\u200d]+/g, joinerBetween)
    .trim()
}

/** One joiner between two characters; none at an end or beside a space. */
function joinerBetween(joiners: string, at: number, text: string): string {
  const [before, after] = [text[at - 1] ?? ' ', text[at + joiners.length] ?? ' ']
  return before === ' ' || after === ' ' ? '' : joiners.charAt(0)
}
