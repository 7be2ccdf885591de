/**
 * Text as plans may hold it, from a keyboard or the clipboard: without control characters, marks that turn the
 * order of letters round, and halves of characters. Line breaks stay where several sentences are asked for,
 * and are spaces elsewhere.
 */
export function cleanTyped(text: string, several: boolean): string {
  const whole = text.replace(/\p{Surrogate}/gu, '').replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
  return (several ? whole : whole.replace(/\n/g, ' ')).replace(/\t/g, ' ').replace(removed, '')
}

// oxlint-disable-next-line no-control-regex -- these are what is taken out
const removed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]/g

/** More than this at once is no text for one field: whoever pasted it took the wrong thing. */
export const mostPasted = 20_000
