import { expect, it } from 'vitest'
import { languageOfText } from './language-of-text.ts'

const contacts = {
  title: 'Nummer',
  contacts: [
    { title: 'Sjuksköterska', translations: { en: { title: 'Nurse', for: 'Medicines' } } },
    { title: 'TES', note: 'Bara dagtid' },
  ],
}

it('a line of a translation is marked as its language, what stands in Swedish only as Swedish', () => {
  expect(languageOfText(contacts, 'Nurse', 'en')).toBe('en')
  expect(languageOfText(contacts, '070-174 06 63 · Medicines', 'en')).toBe('en')
  expect(languageOfText(contacts, 'Bara dagtid', 'en')).toBe('sv')
  expect(languageOfText(contacts, 'Sjuksköterska', 'en')).toBe('sv')
  expect(languageOfText(contacts, 'Sjuksköterska', 'sv')).toBe('sv')
})
