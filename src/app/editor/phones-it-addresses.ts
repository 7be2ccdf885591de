/**
 * What a firewall has to let through: the app's origin and those of its stores, each once, with what it is for.
 *
 * @param base the app's address
 * @param stores addresses as the root names them: absolute, or relative to the app's
 */
export function phonesItAddresses(
  base: string,
  stores: readonly string[],
): { address: string; uses: ('app' | 'store')[] }[] {
  const found = new Map<string, Set<'app' | 'store'>>()
  const add = (url: string, use: 'app' | 'store') => {
    if (!URL.canParse(url, base)) return
    const { origin, protocol } = new URL(url, base)
    if (!/^https?:$/.test(protocol)) return
    found.set(origin, (found.get(origin) ?? new Set()).add(use))
  }
  add(base, 'app')
  for (const store of stores) add(store, 'store')
  return [...found].map(([address, uses]) => ({ address, uses: [...uses] }))
}
