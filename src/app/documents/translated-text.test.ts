import { describe, expect, it } from 'vitest'
import { translatedLines, translatedText } from './translated-text.ts'

const routine = {
  title: 'När TES inte fungerar',
  summary: 'Körlistan',
  dont: ['Gissa inte', 'Ge inte'],
  do: ['Ring', 'Skriv'],
  translations: {
    en: { title: 'When TES is down', summary: ' ', dont: ['Do not guess'], do: ['Call', ''] },
  },
}

describe('a text in the reader’s language', () => {
  it('is the translation where there is one', () => {
    expect(translatedText(routine, 'title', 'en')).toEqual({
      text: 'When TES is down',
      language: 'en',
    })
    expect(translatedText(routine, 'title', 'sv')).toEqual({
      text: 'När TES inte fungerar',
      language: 'sv',
    })
  })

  it('is Swedish, and says so, where the translation is blank or missing', () => {
    expect(translatedText(routine, 'summary', 'en')).toEqual({ text: 'Körlistan', language: 'sv' })
    expect(translatedText({ text: 'Ring' }, 'text', 'en')).toEqual({ text: 'Ring', language: 'sv' })
    expect(
      translatedText({ toString: 'x', translations: { en: {} } }, 'constructor', 'en').text,
    ).toBe('')
  })

  it('never mixes lines of lists that do not match', () => {
    expect(translatedLines(routine, 'dont', 'en')).toEqual([
      { text: 'Gissa inte', language: 'sv' },
      { text: 'Ge inte', language: 'sv' },
    ])
  })

  it('marks each line of a list that does', () => {
    expect(translatedLines(routine, 'do', 'en')).toEqual([
      { text: 'Call', language: 'en' },
      { text: 'Skriv', language: 'sv' },
    ])
  })
})
