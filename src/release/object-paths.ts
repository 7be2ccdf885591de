/**
 * Paths of objects in a store (DESIGN "Store layout"). `store` knows the whole layout, but stands beside
 * this room, not below it; a test holds the two together.
 */
export function headPathOf(department: string, gen: number, v: number): string {
  return `d/${department}/head/${placeText(gen, v)}.jws`
}

export function latestPathOf(department: string): string {
  return `d/${department}/latest`
}

export function rootPathOf(v: number): string {
  return `root/${v}.jws`
}

export function blobPathOf(hash: string): string {
  return `b/${hash}`
}

/** `<gen>-<v>` with 4 and 10 digits: sorts as text the way it counts. */
export function placeText(gen: number, v: number): string {
  return `${String(gen).padStart(4, '0')}-${String(v).padStart(10, '0')}`
}

/** What placeText wrote; undefined for anything else. */
export function parsePlace(text: string): { gen: number; v: number } | undefined {
  const match = /^(\d{4})-(\d{10})$/.exec(text)
  return match ? { gen: Number(match[1]), v: Number(match[2]) } : undefined
}
