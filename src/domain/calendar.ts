/**
 * Calendar days as text (`2026-03-12`), as plans write them. A plan has no clock of its own: a day is a
 * day in Sweden, whatever the phone is set to.
 */
const dayInSweden = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** The day it is in Sweden at a point in time. */
export function dayOf(moment: Date): string {
  return dayInSweden.format(moment)
}

/** The same day so many months later; the last of the month where that month has no such day. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + Math.round(months), 1))
  const lastDate = new Date(
    Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0),
  ).getUTCDate()
  first.setUTCDate(Math.min(date, lastDate))
  return first.toISOString().slice(0, 10)
}

/** Days from one to another; negative when the second lies before the first. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}
