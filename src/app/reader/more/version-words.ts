/** The Swedish spelling alphabet, for the letters of a version code (no I, L, O, U). */
const words: Readonly<Record<string, string>> = {
  A: 'Adam',
  B: 'Bertil',
  C: 'Caesar',
  D: 'David',
  E: 'Erik',
  F: 'Filip',
  G: 'Gustav',
  H: 'Helge',
  J: 'Johan',
  K: 'Kalle',
  M: 'Martin',
  N: 'Niklas',
  P: 'Petter',
  Q: 'Quintus',
  R: 'Rudolf',
  S: 'Sigurd',
  T: 'Tore',
  V: 'Viktor',
  W: 'Wilhelm',
  X: 'Xerxes',
  Y: 'Yngve',
  Z: 'Zäta',
}

/** Each character of a code, with the word it is said by; digits are said as they are. */
export function spellCode(code: string): { letter: string; word: string | undefined }[] {
  return Array.from(code.replaceAll('-', ''), (letter) => ({ letter, word: words[letter] }))
}

/**
 * A code as somebody wrote or heard it: any case and spacing, O for 0, I or L for 1 (Crockford). Undefined
 * when it has not the eight characters of one.
 */
export function readCode(text: string): string | undefined {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(plain)
    ? `${plain.slice(0, 4)}-${plain.slice(4)}`
    : undefined
}
