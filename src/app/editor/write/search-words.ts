/** The words of a text as they are compared in a search: small letters, without accents but with å, ä and ö. */
export function wordsOf(text: string): string[] {
  return text
    .toLocaleLowerCase('sv')
    .normalize('NFC')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}
