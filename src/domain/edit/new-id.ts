/** Letters that do not fall apart into a plain letter and a mark. */
const plainLetters: Readonly<Record<string, string>> = {
  ø: 'o',
  æ: 'ae',
  ß: 'ss',
  đ: 'd',
  ł: 'l',
  þ: 'th',
  ð: 'd',
}
const longest = 64

/** The nearest allowed name: `När TES är nere` becomes `nar-tes-ar-nere`. */
export function asIdentifier(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const name = plain
    .replace(/[øæßđłþð]/g, (letter) => plainLetters[letter] ?? letter)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, longest)
    .replace(/-+$/, '')
  return name === '' ? 'namnlos' : name
}

/**
 * An id for something new by its title, unlike those that are taken: `nar-tes-ar-nere`, then
 * `nar-tes-ar-nere-2`. At most 64 characters.
 */
export function newId(title: string, taken: Iterable<string>): string {
  const used = new Set(taken)
  const name = asIdentifier(title)
  if (!used.has(name)) return name
  for (let number = 2; ; number++) {
    const suffix = `-${number}`
    const id = `${name.slice(0, longest - suffix.length).replace(/-+$/, '')}${suffix}`
    if (!used.has(id)) return id
  }
}
