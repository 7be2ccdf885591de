/** Whether the news promised for `at` (RFC 3339) is overdue. A time that is none is never late. */
export function isNewsLate(at: string, now: Date): boolean {
  return Date.parse(at) < now.getTime()
}
