/** Counts what each key used within a window of time, in memory. */
export interface Quota {
  /**
   * Uses some of it. Gives 0 when that was allowed, else the seconds until the window is over;
   * what is refused is not counted.
   */
  use(key: string, amount?: number): number
  /** Uses some of it although it was too much: for what is known only afterwards. */
  charge(key: string, amount?: number): void
  /** Seconds until the window is over where all of it is used; 0 else. Uses nothing. */
  wait(key: string): number
}

/** More keys than this are not remembered: the oldest windows are forgotten, so a flood of keys fills no memory. */
const mostKeys = 10_000

/** A quota of `most` per key in windows of `windowMs`; `now` in milliseconds. */
export function createQuota(options: { most: number; windowMs: number; now: () => number }): Quota {
  const windowByKey = new Map<string, { endsAt: number; used: number }>()

  function windowOf(key: string): { endsAt: number; used: number } {
    const now = options.now()
    let window = windowByKey.get(key)
    if (!window || window.endsAt <= now) {
      window = { endsAt: now + options.windowMs, used: 0 }
      windowByKey.delete(key)
      windowByKey.set(key, window)
      if (windowByKey.size > mostKeys) {
        const oldest = windowByKey.keys().next()
        if (!oldest.done) windowByKey.delete(oldest.value)
      }
    }
    return window
  }
  const secondsLeft = ({ endsAt }: { endsAt: number }) => Math.ceil((endsAt - options.now()) / 1000)

  return {
    use(key, amount = 1) {
      const window = windowOf(key)
      if (window.used + amount > options.most) return secondsLeft(window)
      window.used += amount
      return 0
    },

    charge(key, amount = 1) {
      windowOf(key).used += amount
    },

    wait(key) {
      const window = windowByKey.get(key)
      if (!window || window.endsAt <= options.now() || window.used < options.most) return 0
      return secondsLeft(window)
    },
  }
}

/**
 * Whom an address counts as: an IPv4 address, or the /64 network of an IPv6 one, since one household or
 * one attacker holds 2^64 of those.
 */
export function quotaKeyOfAddress(address: string | undefined): string {
  if (address === undefined) return 'unknown'
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped) return mapped[1]!
  if (!address.includes(':')) return address
  const [head = '', tail] = address.toLowerCase().split('%')[0]!.split('::')
  const first = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups =
    tail === undefined
      ? first
      : [...first, ...Array(8 - first.length - last.length).fill('0'), ...last]
  return groups.slice(0, 4).join(':')
}
