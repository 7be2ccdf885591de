import { checkWordList } from './check-word-list.ts'

/**
 * [T50] Eight Swedish words for the first 80 bits of a hash, to read aloud or to compare with a poster:
 * of an organisation (hash of root 1), or of a key (hashOfKey).
 *
 * @param hash SHA-256 as lower-case hex
 */
export function checkWords(hash: string): string[] {
  const words: string[] = []
  for (let bit = 0; bit < 80; bit += 10) {
    // Ten bits lie within four hex digits, wherever they begin.
    const digits = Number.parseInt(hash.slice(bit >> 2, (bit >> 2) + 4), 16)
    words.push(checkWordList[(digits >> (6 - (bit & 3))) & 0x3ff]!)
  }
  return words
}
