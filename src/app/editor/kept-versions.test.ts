import { describe, expect, it } from 'vitest'
import { isAsked, isOnlyByGone, keptOf } from './kept-versions.ts'

const version = (v: number, isByGone: boolean) => ({
  gen: 1,
  v,
  edition: v,
  issued: '2026-03-12T08:00:00Z',
  hash: `hash-${v}`,
  by: 'Enhetschef',
  isByGone,
})
const home = {
  department: 'hemtjanst',
  versions: [version(4, true), version(3, true), version(2, false)],
}
const other = { department: 'krisledning', versions: [version(7, false)] }
const alone = { department: 'skola', versions: [version(1, true)] }

describe('which version stays when a key goes', () => {
  it('[M11] is asked where one of the newest was signed by it', () => {
    expect([home, other, alone].map(isAsked)).toEqual([true, false, false])
    expect([home, other, alone].map(isOnlyByGone)).toEqual([false, false, true])
  })

  it('[M11] the newest when somebody has left', () => {
    expect(keptOf([home, other, alone], 'left')).toEqual({
      hemtjanst: { v: 4, hash: 'hash-4' },
      krisledning: { v: 7, hash: 'hash-7' },
      skola: { v: 1, hash: 'hash-1' },
    })
  })

  it('[M11] the newest it has not signed when somebody else may have used it', () => {
    expect(keptOf([home, other], 'lost')).toEqual({
      hemtjanst: { v: 2, hash: 'hash-2' },
      krisledning: { v: 7, hash: 'hash-7' },
    })
  })

  it('[M11] the one that was chosen', () => {
    expect(keptOf([home], 'lost', { hemtjanst: 'hash-3' })['hemtjanst']?.v).toBe(3)
  })
})
