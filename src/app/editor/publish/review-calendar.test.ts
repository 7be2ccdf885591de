import { expect, it } from 'vitest'
import { reviewCalendar } from './review-calendar.ts'

const now = new Date('2026-11-23T12:34:56.789Z')

it('writes a day as RFC 5545 wants it', () => {
  const text = reviewCalendar(
    [
      {
        uid: 'hemtjanst/plan/mat#review@planb',
        day: '2026-12-31',
        title: 'Läs igenom: Mat; dryck, kyl\\frys',
        text: 'Rad ett\nRad två',
        url: 'https://planb.example/#/d/hemtjanst/plan/mat',
      },
    ],
    now,
  )
  expect(text.split('\r\n')).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Plan B//Plan B//SV',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    'UID:hemtjanst/plan/mat#review@planb',
    'DTSTAMP:20261123T123456Z',
    'DTSTART;VALUE=DATE:20261231',
    'DTEND;VALUE=DATE:20270101',
    'SUMMARY:Läs igenom: Mat\\; dryck\\, kyl\\\\frys',
    'DESCRIPTION:Rad ett\\nRad två',
    'URL:https://planb.example/#/d/hemtjanst/plan/mat',
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'DESCRIPTION:Läs igenom: Mat\\; dryck\\, kyl\\\\frys',
    'TRIGGER:-P7D',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ])
})

it('folds lines at 75 octets without cutting a letter, and unfolds to the same', () => {
  const title = 'Åäö 🚑 '.repeat(40).trim()
  const text = reviewCalendar([{ uid: 'u', day: '2026-12-31', title, text: 't' }], now)
  for (const line of text.split('\r\n'))
    expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
  expect(text.replaceAll('\r\n ', '')).toContain(`SUMMARY:${title}\r\n`)
  expect(text).not.toContain('�')
})

it('lets no text begin a line of its own', () => {
  const text = reviewCalendar(
    [{ uid: 'u', day: '2026-12-31', title: 'A\r\nEND:VEVENT\u0000', text: '' }],
    now,
  )
  expect(text.match(/^END:VEVENT/gm)).toHaveLength(1)
})
