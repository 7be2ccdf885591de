/**
 * Two check characters a line, over the field of 32 elements (a Reed–Solomon code of distance 3): one wrong
 * character in a line is always found and its place and right value are known; two are always noticed. The
 * line's number is part of what is checked, so that a line in another's place is noticed too.
 *
 * Characters are numbers 0–31. Of a line `c[0] … c[n-1]` (the last two are the check) and the two halves of its
 * number at places 26 and 27, the sum of all and the sum of each times α to its place are zero.
 */

/** Most characters of a line, the two check characters included. */
export const lineLength = 26
export const checkLength = 2
const numberPlaces = [26, 27] as const

/** Powers of α in GF(2)[x] / (x⁵ + x² + 1), and their logarithms. */
const powers: number[] = []
const logarithms: number[] = []
for (let i = 0, value = 1; i < 31; i++) {
  powers.push(value)
  logarithms[value] = i
  value = value < 16 ? value * 2 : (value * 2) ^ 0b100101
}

/** What is wrong with a line. `at` counts from 0. */
export type LineVerdict =
  | { kind: 'holds' }
  | { kind: 'wrong'; at: number; right: number }
  | { kind: 'swapped'; at: number }
  | { kind: 'number'; right: number }
  | { kind: 'several' }

/** A line's characters with its two check characters. */
export function withCheck(data: readonly number[], number: number): number[] {
  const [first, second] = [data.length, data.length + 1]
  const { sum, weighted } = syndromes([...data, 0, 0], number)
  // first + second = sum; first·α^n + second·α^(n+1) = weighted; in this field plus is minus.
  const last = divide(weighted ^ multiply(sum, powers[first]!), powers[first]! ^ powers[second]!)
  return [...data, sum ^ last, last]
}

/** @param line undefined for a character that is none of the 32 */
export function checkLine(line: readonly (number | undefined)[], number: number): LineVerdict {
  const { sum, weighted } = syndromes(
    line.map((value) => value ?? 0),
    number,
  )
  const unread = line.flatMap((value, at) => (value === undefined ? [at] : []))
  const [gap] = unread
  if (unread.length > 1) return { kind: 'several' }
  if (gap !== undefined) {
    const explains = weighted === multiply(sum, powers[gap]!)
    return explains ? { kind: 'wrong', at: gap, right: sum } : { kind: 'several' }
  }
  if (sum === 0 && weighted === 0) return { kind: 'holds' }
  if (sum === 0) return swapIn(line as readonly number[], weighted)
  if (weighted === 0) return { kind: 'several' }
  const at = logarithms[divide(weighted, sum)]!
  if (at < line.length) return { kind: 'wrong', at, right: line[at]! ^ sum }
  const half = numberPlaces.indexOf(at as 26 | 27)
  if (half === -1) return { kind: 'several' }
  return { kind: 'number', right: number ^ (sum << (5 * half)) }
}

/** Two neighbours that changed places leave the sum as it is. Said only where one pair explains it. */
function swapIn(line: readonly number[], weighted: number): LineVerdict {
  const pairs = line.flatMap((value, at) => {
    const difference = value ^ (line[at + 1] ?? value)
    const moved = multiply(difference, powers[at]! ^ powers[at + 1]!)
    return difference !== 0 && moved === weighted ? [at] : []
  })
  return pairs.length === 1 ? { kind: 'swapped', at: pairs[0]! } : { kind: 'several' }
}

function syndromes(line: readonly number[], number: number): { sum: number; weighted: number } {
  let [sum, weighted] = [0, 0]
  const add = (value: number, place: number) => {
    sum ^= value
    weighted ^= multiply(value, powers[place]!)
  }
  for (const [place, value] of line.entries()) add(value, place)
  for (const [half, place] of numberPlaces.entries()) add((number >> (5 * half)) & 31, place)
  return { sum, weighted }
}

function multiply(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : powers[(logarithms[a]! + logarithms[b]!) % 31]!
}

function divide(a: number, b: number): number {
  return a === 0 ? 0 : powers[(logarithms[a]! - logarithms[b]! + 31) % 31]!
}
