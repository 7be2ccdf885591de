/** What is searched for, out of the part of an address after `?`. */
export function readQuery(search: string): string {
  return new URLSearchParams(search).get('q') ?? ''
}

/** The address of a search. Longer than anybody types is cut. */
export function searchAddress(query: string): string {
  const text = query.slice(0, 200)
  return text === '' ? '/search' : `/search?${new URLSearchParams({ q: text }).toString()}`
}
