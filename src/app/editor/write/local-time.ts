/** An instant (RFC 3339) as the browser's picker wants it, by this device's clock; empty for what is none. */
export function localOf(instant: string): string {
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return ''
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** What the picker gives, as an instant with this device's offset on that day: `2026-03-12T14:20:00+01:00`. */
export function instantOf(local: string): string {
  const date = new Date(local)
  if (Number.isNaN(date.getTime())) return local
  const minutes = -date.getTimezoneOffset()
  const two = (number: number) => String(Math.floor(number)).padStart(2, '0')
  const sign = minutes < 0 ? '-' : '+'
  return `${local.slice(0, 16)}:00${sign}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`
}
