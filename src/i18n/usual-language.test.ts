import { expect, it } from 'vitest'
import { usualLanguage } from './usual-language.ts'

it.each([
  ['en-GB', 'en'],
  ['EN', 'en'],
  ['sv-SE', 'sv'],
  ['sv', 'sv'],
  ['fi-FI', 'sv'],
  ['ar', 'sv'],
  ['enm', 'sv'],
  ['', 'sv'],
])('a browser in "%s" begins in %s', (browser, language) => {
  expect(usualLanguage(browser)).toBe(language)
})
