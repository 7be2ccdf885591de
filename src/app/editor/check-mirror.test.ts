import { describe, expect, it } from 'vitest'
import { mirrorUrl } from './check-mirror.ts'

describe('the address of a copy', () => {
  it.each([
    ['https://a.example/store', 'https://a.example/store/'],
    [' a.example/plan-b ', 'https://a.example/plan-b/'],
    ['https://a.example/store/?x=1#y', 'https://a.example/store/'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/'],
  ])('is understood: %s', (typed, kept) => {
    expect(mirrorUrl(typed)?.href).toBe(kept)
  })

  it.each(['', 'två ord', 'ftp://a.example/', 'javascript://a', 'https://user:pass@a.example/'])(
    'is none: %s',
    (typed) => {
      expect(mirrorUrl(typed)).toBeUndefined()
    },
  )
})
