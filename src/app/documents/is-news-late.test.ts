import { expect, it } from 'vitest'
import { isNewsLate } from './is-news-late.ts'

it('news is late from the minute after it was promised', () => {
  const promised = '2026-10-15T09:00:00+02:00'
  expect(isNewsLate(promised, new Date('2026-10-15T08:59:00+02:00'))).toBe(false)
  expect(isNewsLate(promised, new Date('2026-10-15T09:01:00+02:00'))).toBe(true)
  expect(isNewsLate('later', new Date())).toBe(false)
})
