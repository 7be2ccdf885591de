/** A line with the wrong character of it set apart, in groups of four as on the paper. */
export interface WrongCharacter {
  before: string
  found: string
  after: string
  /** The line as it would be with the suggested character(s). */
  corrected?: string
}

/**
 * Finds the character that `checkTypedLine` speaks of in what was typed.
 *
 * @param verdict.column from 1, without spaces and without the line's number
 * @returns undefined when no single place was named
 */
export function wrongCharacter(
  text: string,
  line: number,
  verdict: { column: number; found: string; suggested?: string },
): WrongCharacter | undefined {
  const { column, suggested } = verdict
  if (column < 1) return undefined
  const typed = text.replaceAll(/[^\p{L}\p{N}]/gu, '')
  const found = verdict.found.replaceAll(/\s/g, '')
  const isAt = (start: number) =>
    typed.slice(start, start + found.length).toUpperCase() === found.toUpperCase()
  const number = String(line).padStart(2, '0')
  const skips = typed.replace(/^[oO]/, '0').startsWith(number) && isAt(column + 1) ? 2 : 0
  const start = column - 1 + skips
  if (found === '' || !isAt(start)) return undefined
  const characters = typed.slice(skips).toUpperCase()
  const end = column - 1 + found.length
  return {
    before: groups(characters.slice(0, column - 1)),
    found: characters.slice(column - 1, end),
    after: afterGroup(characters.slice(end), end),
    ...(suggested === undefined
      ? {}
      : {
          corrected: groups(
            characters.slice(0, column - 1) + suggested + characters.slice(end),
          ).trimEnd(),
        }),
  }
}

function groups(characters: string): string {
  return characters.replaceAll(/(.{4})/g, '$1 ')
}

/** What follows, its groups counted from the start of the line. */
function afterGroup(characters: string, start: number): string {
  const rest = (4 - (start % 4)) % 4
  const first = characters.slice(0, rest)
  return `${first}${first.length === rest ? ' ' : ''}${groups(characters.slice(rest))}`.trimEnd()
}
