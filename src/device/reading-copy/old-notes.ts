/**
 * The notes of the reading copy that hold only when nothing has been confirmed for long. They are drawn
 * hidden, with the department and the time of its last confirmation; whoever hands a page out (the worker,
 * the first script, the emergency page) shows them when that is too long ago. What was confirmed after the
 * pages were drawn is noted beside them, so that they need not all be drawn anew each day.
 *
 * This room imports nothing.
 */

const oldAfterMs = 30 * 24 * 3600 * 1000

/** As the app draws it; see app/reader/trust-notices.tsx. */
const drawn = /<div hidden="" data-old="(\S+) (\S+)"/g

/** Whether a page may have to say that nothing was confirmed for long: only then is the rest worth reading. */
export function mayBeOld(html: string, now: number): boolean {
  return [...html.matchAll(drawn)].some(([, , at]) => isOld(at, now))
}

/** The page with the notes that hold now. @param later times of confirmation since, by department */
export function showOldNotes(
  html: string,
  now: number,
  later: Readonly<Record<string, string>>,
): string {
  return html.replace(drawn, (whole, name: string, at: string) =>
    isOld(at, now) && isOld(Object.hasOwn(later, name) ? later[name] : at, now)
      ? whole.replace(' hidden=""', '')
      : whole,
  )
}

function isOld(at: string | undefined, now: number): boolean {
  // A time that is none tells of no confirmation.
  return at === undefined || !(now - Date.parse(at) < oldAfterMs)
}
