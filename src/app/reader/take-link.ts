/** A link out of the address bar, whole, for the screen that uses it. */
export interface OpenedLink {
  kind: 'join' | 'restore'
  text: string
}

/**
 * Takes a key out of the address bar at once: it must not stay where it is seen, copied along or kept
 * in the browser's history. Gives the link, or undefined when the address holds none.
 */
export function takeLink(window: Pick<Window, 'location' | 'history'>): OpenedLink | undefined {
  const { hash, href } = window.location
  // Mail gateways escape or drop the slash, or escape the hash; what is left is still a join link.
  const kind = /^#?(?:%23|#)?(?:\/|%2f)?(join|restore)(?:\/|%2f)./i.exec(hash)?.[1]?.toLowerCase()
  if (kind !== 'join' && kind !== 'restore') return undefined
  window.history.replaceState(window.history.state, '', `#/${kind}`)
  return { kind, text: href }
}
