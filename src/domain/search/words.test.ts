import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCompoundSplitter } from './split-compound.ts'
import { foldText, stemWord, stopWords, wordsOf } from './words.ts'

describe('words', () => {
  it('are folded and parted', () => {
    expect(foldText('Läkemedel ÅÄÖ é')).toBe('lakemedel aao e')
    expect(wordsOf('När mejlen (e-posten) är nere: wi-fi, it-jour?')).toEqual([
      'nar', 'mejlen', 'eposten', 'ar', 'nere', 'wifi', 'wi', 'fi', 'itjour', 'it', 'jour',
    ]) // prettier-ignore
    expect(wordsOf('الهاتف لا يعمل').length).toBe(3)
    expect(wordsOf(' … ')).toEqual([])
  })

  it.each([
    ['skrivare', 'skrivaren', 'skrivarens'],
    ['nyckel', 'nycklar', 'nycklarna', 'nyckeln'],
    ['dator', 'datorn', 'datorer', 'datorerna', 'datorns'],
    ['mejl', 'mejlen', 'mejlet', 'mejla'],
    ['lista', 'listan', 'listor', 'listorna', 'listans'],
    ['läkemedel', 'läkemedlet', 'läkemedlen', 'läkemedels'],
    ['inloggning', 'inloggningen', 'inloggningar', 'inloggningarna'],
    ['telefon', 'telefonen', 'telefoner', 'telefonerna'],
    ['blankett', 'blanketten', 'blanketter', 'blanketterna'],
    ['schema', 'schemat', 'scheman', 'schemana'],
    ['larm', 'larmet', 'larmen'],
    ['sköterska', 'sköterskan', 'sköterskor', 'sköterskorna'],
    ['journal', 'journalen', 'journaler', 'journalerna'],
    ['papper', 'papperet'],
    ['leverantör', 'leverantören', 'leverantörer', 'leverantörerna'],
    ['doktor', 'doktorn'],
    ['signera', 'signerar', 'signerat', 'signerade'],
  ])('%s meets its other forms', (...forms) => {
    expect(new Set(forms.map((form) => stemWord(foldText(form)))).size).toBe(1)
  })

  it('a stem is never empty and never longer', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,20}$/), (word) => {
        const stem = stemWord(word)
        expect(stem.length).toBeGreaterThan(0)
        expect(stem.length).toBeLessThanOrEqual(word.length)
      }),
    )
  })

  it('names of systems and things are no stop words', () => {
    for (const word of 'el it tes mat larm natet mejl ringa lista nyckel'.split(' ')) {
      expect([word, stopWords.has(word) && word !== 'it']).toEqual([word, false])
    }
  })
})

describe('compounds', () => {
  const split = createCompoundSplitter(['signering', 'serv', 'trygghet'].map(stemWord))
  it.each([
    ['lakemedelslista', 'lakemedl list'],
    ['lakemedelslistorna', 'lakemedl list'],
    ['korlistan', 'kor list'],
    ['trygghetslarm', 'tryggh larm'],
    ['telefonnummer', 'telefon nummer'],
    ['signeringslistor', 'signering list'],
    ['nyckelskap', ''],
    ['lista', ''],
    ['inloggning', ''],
  ])('%s is %s', (word, parts) => expect(split(word).join(' ')).toBe(parts))

  it('ends for any word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('lista', 'kort', 's', 'kor', 'larm', 'x'), { maxLength: 12 }),
        (parts) => {
          for (const part of split(parts.join(''))) expect(part.length).toBeGreaterThan(1)
        },
      ),
    )
  })
})
