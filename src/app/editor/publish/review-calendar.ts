import { utf8 } from '#trust/bytes.ts'

/** One thing to be done by a day, `2026-11-22`. */
export interface CalendarDay {
  /** The same for the same thing, so that a calendar replaces what it has. */
  uid: string
  day: string
  title: string
  text: string
  url?: string
}

/** Octets of a line without its end (RFC 5545, 3.1). */
const longestLine = 75

/**
 * Reviews as a calendar file (RFC 5545): a whole day each, with a reminder a week before. Calendars are told
 * nothing secret: titles of documents, no numbers and no names.
 */
export function reviewCalendar(days: readonly CalendarDay[], now: Date): string {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '')
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Plan B//Plan B//SV',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...days.flatMap(({ uid, day, title, text, url }) => [
      'BEGIN:VEVENT',
      `UID:${escaped(uid)}`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${compact(day)}`,
      `DTEND;VALUE=DATE:${compact(nextDay(day))}`,
      `SUMMARY:${escaped(title)}`,
      `DESCRIPTION:${escaped(text)}`,
      ...(url === undefined ? [] : [`URL:${url}`]),
      'TRANSP:TRANSPARENT',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `DESCRIPTION:${escaped(title)}`,
      'TRIGGER:-P7D',
      'END:VALARM',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

/** RFC 5545, 3.3.11: backslash, semicolon, comma and line ends in a text. */
function escaped(text: string): string {
  return text
    .replace(/[\\;,]/g, (mark) => `\\${mark}`)
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/\p{Cc}/gu, '')
}

/** Cut where 75 octets are full, never within a letter; what follows begins with a space. */
function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  let size = 0
  for (const letter of line) {
    const more = utf8(letter).length
    // A line that goes on has a space before it.
    if (size + more > longestLine - (parts.length > 0 ? 1 : 0)) {
      parts.push(part)
      part = ''
      size = 0
    }
    part += letter
    size += more
  }
  return [...parts, part].join('\r\n ')
}

function nextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
}

function compact(day: string): string {
  return day.replaceAll('-', '')
}
