/**
 * Checks whose breaking changes nothing anybody could see, each with why: another check stands behind them, or
 * they only tell the compiler what is known.
 */
export type Accepted = [file: string, text: string, put: string, why: string]

export const accepted: readonly Accepted[] = [
  ['trust/framing.ts', '!bytes', 'false', 'a text of the stated length always has a possible one'],
  ['trust/jws.ts', 'parts.length === 0', 'false', 'spelled again it would not be the same bytes'],
  ['trust/jws.ts', "typeof header !== 'object'", 'false', 'its names would not be the three'],
  [
    'trust/jws.ts',
    'signature.length !== 64',
    'false',
    'the engines we know refuse another length too; none is relied on',
  ],
  [
    'trust/typed-line.ts',
    "verdict?.kind !== 'holds'",
    'false',
    'a guess at how many lines there are counts only where it is as many as were typed',
  ],
  ['release/verify-store.ts', '!bytes', 'false', 'only where somebody removes it meanwhile'],
]
