import { describe, expect, it } from 'vitest'
import { mayBeOld, showOldNotes } from './old-notes.ts'

const day = 24 * 3600 * 1000
const drawnAt = '2026-03-01T12:00:00.000Z'
const at = (days: number) => Date.parse(drawnAt) + days * day
const page = `<main><div hidden="" data-old="abc/hemtjanst ${drawnAt}"><p>Ring</p></div><div hidden="">x</div></main>`
const shown = page.replace(' hidden="" data-old', ' data-old')

describe('[U6] a page of the reading copy, read without script', () => {
  it('says nothing of age before 30 days', () => {
    expect(mayBeOld(page, at(29.9))).toBe(false)
    expect(showOldNotes(page, at(29.9), {})).toBe(page)
  })
  it('says from the thirtieth day on that nothing was confirmed, and shows nothing else that is hidden', () => {
    expect(mayBeOld(page, at(30))).toBe(true)
    expect(showOldNotes(page, at(30), {})).toBe(shown)
  })
  it('goes by what was confirmed after the page was drawn, of this department only', () => {
    const later = new Date(at(20)).toISOString()
    expect(showOldNotes(page, at(40), { 'abc/hemtjanst': later })).toBe(page)
    expect(showOldNotes(page, at(51), { 'abc/hemtjanst': later })).toBe(shown)
    expect(showOldNotes(page, at(40), { 'abc/gemensamt': later })).toBe(shown)
  })
  it('is not misled by a time that is none, or by names of the language itself', () => {
    expect(showOldNotes(page, at(40), { 'abc/hemtjanst': 'soon' })).toBe(shown)
    expect(showOldNotes(page, at(40), JSON.parse('{"__proto__":{"abc/hemtjanst":"x"}}'))).toBe(
      shown,
    )
  })
})
