import { describe, expect, it } from 'vitest'
import { pretendEntry } from '../../tests/support/journal.ts'
import { keepDaysOf } from './kinds.ts'
import { reportsOf } from './reports.ts'

const [reader, publisher, stranger] = ['r'.repeat(43), 'p'.repeat(43), 's'.repeat(43)]
const document = 'hemtjanst/routine/tes-korlista'

function report(n: number, more: Record<string, unknown> = {}, says: object = {}) {
  const body = {
    id: `id-${n}`,
    document,
    title: 'När TES inte fungerar',
    text: 'Fel nummer',
    ...more,
  }
  return pretendEntry({ device: reader, n, kind: 'report', body, ...says })
}
const handled = (device: string, hash: string, n = 1) =>
  pretendEntry({ device, n, kind: 'handled', body: { report: hash } })

describe('[J50] reports', () => {
  it('are told newest first, with who, what and when', () => {
    const early = report(1, {}, { time: '2026-03-12T08:00:00.000Z' })
    const late = report(2, { title: undefined }, { time: '2026-03-13T08:00:00.000Z' })
    expect(reportsOf([early, late], { handlers: [] })).toEqual([
      {
        hash: late.hash,
        department: 'hemtjanst',
        device: reader,
        document,
        text: 'Fel nummer',
        time: '2026-03-13T08:00:00.000Z',
        isHandled: false,
      },
      {
        hash: early.hash,
        department: 'hemtjanst',
        device: reader,
        document,
        title: 'När TES inte fungerar',
        text: 'Fel nummer',
        time: '2026-03-12T08:00:00.000Z',
        isHandled: false,
      },
    ])
    expect(keepDaysOf('report')).toBe(90)
  })

  it('are one plain line of at most 500 characters, by a clock that runs no faster than ours', () => {
    const text = `Rad ett\nrad\u0000 två \u202Ebaklänges${'å'.repeat(600)}`
    const one = report(1, { text, title: 'A\u2028B' }, { time: '2027-01-01T00:00:00.000Z' })
    const receivedAt = () => '2026-03-12T09:00:00.000Z'
    const [told] = reportsOf([one], { handlers: [], receivedAt })
    expect(told?.text).toMatch(/^Rad ett rad två baklängeså+$/)
    expect(told?.text).toHaveLength(500)
    expect(told).toMatchObject({ title: 'A B', time: '2026-03-12T09:00:00.000Z' })
  })

  it('[J20] that are none count for nothing', () => {
    for (const more of [
      { text: ' \n ' },
      { text: 5 },
      { document: '../x' },
      { document: 'hemtjanst/routine/x/y' },
      { id: '' },
    ])
      expect(reportsOf([report(1, more)], { handlers: [] }), JSON.stringify(more)).toEqual([])
  })

  it('told twice by the same phone count once, in whatever order they come', () => {
    const twice = [report(1), report(2, { id: 'id-1' }), report(3)]
    const hashes = [twice[0]!.hash, twice[2]!.hash].toSorted()
    for (const entries of [twice, twice.toReversed()]) {
      const told = reportsOf(entries, { handlers: [] }).map(({ hash }) => hash)
      expect(told.toSorted()).toEqual(hashes)
    }
    // Another phone's report is another one, whatever it calls it.
    const other = report(1, {}, { device: stranger })
    expect(reportsOf([report(1), other], { handlers: [] })).toHaveLength(2)
  })
})

describe('[J51] a report that was seen to', () => {
  it('is handled by a publisher, and by nobody else', () => {
    const one = report(1)
    const isHandled = (device: string) =>
      reportsOf([one, handled(device, one.hash)], { handlers: [publisher] })[0]?.isHandled
    expect(isHandled(publisher)).toBe(true)
    expect(isHandled(stranger)).toBe(false)
    expect(isHandled(reader)).toBe(false)
    const another = handled(publisher, 'f'.repeat(64))
    expect(reportsOf([one, another], { handlers: [publisher] })[0]?.isHandled).toBe(false)
  })
})
