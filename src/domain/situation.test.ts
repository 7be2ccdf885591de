import { describe, expect, it } from 'vitest'
import { aDocument } from '../../tests/support/example-documents.ts'
import { situations } from './situation.ts'

const now = new Date('2026-03-12T15:00:00+01:00')
const at = (id: string, since: string, ended?: string) =>
  aDocument('situation', { since, ended }, { department: 'gemensamt', id })

describe('läge nu', () => {
  it('is the latest that has not ended', () => {
    const found = situations(
      [
        at('a', '2026-03-12T10:00:00+01:00'),
        at('b', '2026-03-12T13:30:00Z'),
        at('c', '2026-03-12T14:00:00+01:00'),
        at('d', '2026-03-12T14:50:00+01:00', '2026-03-12T14:55:00+01:00'),
        aDocument('routine'),
      ],
      now,
    )
    expect(found.inForce?.id).toBe('b')
    expect(found.earlier.map(({ id }) => id)).toEqual(['d', 'c', 'a'])
    expect(found.announced).toBe(false)
  })

  it('is none when all have ended', () => {
    const ended = at('a', '2026-03-12T10:00:00+01:00', '2026-03-12T15:00:00+01:00')
    expect(situations([ended], now)).toEqual({
      inForce: undefined,
      announced: false,
      earlier: [ended],
    })
  })

  it('has ended on a phone whose clock is years back as well', () => {
    const ended = at('a', '2026-03-12T10:00:00+01:00', '2026-03-12T15:00:00+01:00')
    const then = new Date('2016-03-12T12:00:00+01:00')
    expect(situations([ended], then)).toEqual({
      inForce: undefined,
      announced: false,
      earlier: [ended],
    })
  })

  it('shows what is announced', () => {
    expect(situations([at('a', '2026-03-12T22:00:00+01:00')], now)).toMatchObject({
      inForce: { id: 'a' },
      announced: true,
    })
  })
})
