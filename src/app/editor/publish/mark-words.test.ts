import { expect, it } from 'vitest'
import { markWords } from './mark-words.ts'

const changed = (parts: { text: string; isChanged: boolean }[]) =>
  parts.filter(({ isChanged }) => isChanged).map(({ text }) => text)

it('marks the words that differ, and the groups of a number', () => {
  const { before, after } = markWords('Ring chefen i kväll', 'Ring sjuksköterskan i natt')
  expect(changed(before)).toEqual(['chefen', 'kväll'])
  expect(changed(after)).toEqual(['sjuksköterskan', 'natt'])
  expect(after.map(({ text }) => text).join('')).toBe('Ring sjuksköterskan i natt')
  expect(changed(markWords('070-174 06 05', '070-174 06 95').after)).toEqual(['95'])
})

it('shows of a long text only what surrounds the change', () => {
  const words = Array.from({ length: 400 }, (_, number) => `ord${number}`)
  const now = words.with(200, 'ändrat')
  const { before, after } = markWords(words.join(' '), now.join(' '))
  expect(changed(before)).toEqual(['ord200'])
  const text = after.map((part) => part.text).join('')
  expect(text).toContain('ord199 ändrat ord201')
  expect(text).toContain('…')
  expect(text.length).toBeLessThan(200)
})

it('shows a text that only stands on one side whole', () => {
  expect(markWords('', 'Ny rad')).toEqual({
    before: [],
    after: [{ text: 'Ny rad', isChanged: true }],
  })
})
