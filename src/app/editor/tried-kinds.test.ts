import { describe, expect, it } from 'vitest'
import { groupTried, isGrave, isHarmless } from './tried-kinds.ts'

const store = 'https://a.example/store/'

describe('what was tried', () => {
  it('is one where it is the same from the same address, with who saw it and when last', () => {
    const groups = groupTried([
      { code: 'bad-head', at: '2026-11-20T10:00:00Z', store, department: 'hemtjanst' },
      { code: 'bad-head', at: '2026-11-22T10:00:00Z', store, device: '08864298', label: 'Bil 3' },
      {
        code: 'bad-head',
        at: '2026-11-21T10:00:00Z',
        store: 'https://b.example/',
        device: 'AAAAAAAA',
      },
    ])
    expect(groups).toHaveLength(2)
    expect(groups[0]).toMatchObject({
      count: 2,
      at: '2026-11-22T10:00:00Z',
      phones: ['Bil 3 TF7-KNR'],
    })
    expect(groups[1]).toMatchObject({ count: 1, phones: ['000-000'] })
  })

  it('puts a list that is held back first, and what is nobody’s doing last', () => {
    const at = '2026-11-20T10:00:00Z'
    const later = '2026-11-22T10:00:00Z'
    const groups = groupTried([
      { code: 'clock', at: later },
      { code: 'not-the-store', at: later },
      { code: 'bad-blob', at: later },
      { code: 'withheld-root', at },
    ])
    expect(groups.map(({ kind }) => kind)).toEqual([
      'withheld-root',
      'bad-blob',
      'clock',
      'not-the-store',
    ])
    expect(groups.map(({ kind }) => isGrave(kind))).toEqual([true, false, false, false])
    expect(groups.map(({ kind }) => isHarmless(kind))).toEqual([false, false, true, true])
  })

  it('keeps a code that a later version tells, and says that it is not known', () => {
    expect(groupTried([{ code: 'from-the-future', at: '2026-11-20T10:00:00Z' }])).toMatchObject([
      { kind: 'other', code: 'from-the-future' },
    ])
  })
})
