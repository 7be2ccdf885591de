import type { InterfaceLanguage } from './create-i18n.ts'

/** British English: day before month and a 24-hour clock, as the people around write them. */
const locales: Record<InterfaceLanguage, string> = { sv: 'sv-SE', en: 'en-GB' }
/** Making one costs more than using it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>()

/** `22 nov. 2026`, for a calendar day (`2026-11-22`) or an instant. */
export function formatDay(value: string, language: InterfaceLanguage): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value)
  return format(
    value,
    language,
    isDay
      ? { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }
      : { day: 'numeric', month: 'short', year: 'numeric' },
  )
}

/** `22 nov. 07:40`, with the year when it is not the year of `now`. */
export function formatInstant(value: string, language: InterfaceLanguage, now?: Date): string {
  const sameYear = now !== undefined && new Date(value).getFullYear() === now.getFullYear()
  return format(value, language, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  })
}

/** `07:40`. */
export function formatClock(value: string, language: InterfaceLanguage): string {
  return format(value, language, { hour: '2-digit', minute: '2-digit' })
}

/** How many calendar days `value` lies before `now`: 0 today, 1 yesterday; negative in the future. */
export function daysBefore(value: string, now: Date): number {
  const then = new Date(value)
  const day = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
  return Math.round((day(now) - day(then)) / 86_400_000)
}

/** `1,4 MB` of a number of bytes, in steps of 1,000 as phones count. */
export function formatBytes(bytes: number, language: InterfaceLanguage): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const step = Math.min(3, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)))
  const options = {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: step > 1 ? 1 : 0,
  } as const
  return made(Intl.NumberFormat, language, options).format(bytes / 1000 ** step)
}

/** `1 234` with the language's own grouping. */
export function formatCount(count: number, language: InterfaceLanguage): string {
  return made(Intl.NumberFormat, language, {}).format(count)
}

function format(
  value: string,
  language: InterfaceLanguage,
  options: Intl.DateTimeFormatOptions,
): string {
  const date = new Date(value)
  // A time that is none is shown as it stands rather than ending the page.
  if (Number.isNaN(date.getTime())) return value
  return made(Intl.DateTimeFormat, language, options).format(date)
}

function made<Options, Format extends Intl.DateTimeFormat | Intl.NumberFormat>(
  kind: new (locale: string, options: Options) => Format,
  language: InterfaceLanguage,
  options: Options,
): Format {
  const key = kind.name + language + JSON.stringify(options)
  const held = formats.get(key) ?? new kind(locales[language], options)
  formats.set(key, held)
  return held as Format
}
