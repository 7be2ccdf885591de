import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const tokens = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')

/** Colours by name, of each block of tokens: light, dark by the phone, dark by choice. */
const schemes = tokens
  .split(/(?=:root)/)
  .map(
    (block) =>
      new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((m) => [m[1]!, m[2]!])),
  )
  .filter((colours) => colours.size > 0)

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

/** Text colours by the grounds they stand on. */
const pairs: [text: string, ground: string][] = [
  ...['paper', 'card', 'routine-tint', 'phone-tint', 'form-tint', 'stop-tint'].flatMap(
    (ground): [string, string][] => [
      ['ink', ground],
      ['soft', ground],
    ],
  ),
  ...['routine', 'phone', 'form', 'stop'].flatMap((accent): [string, string][] => [
    [accent, 'paper'],
    [accent, 'card'],
    [accent, `${accent}-tint`],
    ['on-accent', accent],
  ]),
  ['paper', 'ink'],
]

describe('colours', () => {
  it('are the same in the dark the phone chose and the dark a person chose', () => {
    expect(schemes).toHaveLength(3)
    expect(schemes[1]).toEqual(schemes[2])
  })

  it('give text 7:1 on every ground it stands on (WCAG 2.2, 1.4.6)', () => {
    for (const colours of schemes.slice(0, 2)) {
      for (const [text, ground] of pairs) {
        const ratio = contrast(colours.get(text) ?? '#000000', colours.get(ground) ?? '#000000')
        expect(ratio, `${text} on ${ground}`).toBeGreaterThanOrEqual(7)
      }
    }
  })

  it('give edges of fields and buttons 3:1 (1.4.11)', () => {
    for (const colours of schemes.slice(0, 2)) {
      for (const ground of ['paper', 'card'])
        expect(contrast(colours.get('edge')!, colours.get(ground)!)).toBeGreaterThanOrEqual(3)
    }
  })
})
