import { frameLength, hasLostCase } from './framing.ts'

/** What somebody pasted, scanned or typed turned out to hold. */
export interface UnderstoodLink {
  kind: 'join' | 'restore' | 'enrolment' | 'typed'
  /**
   * For decodeInvitation, decodeRestorePayload or decodeEnrolment, which say whether it is whole. Of `typed`
   * (lines from a paper) the text as given, for readTypedText, which is loaded only then.
   */
  payload: string
}

const kinds = { J: 'join', R: 'restore', E: 'enrolment' } as const

/** Lines from a paper: numbered groups of four, or the first characters that every such paper has. */
export const typedLines =
  /^\W*(([0o]?[1il]\W+|[0o][1il])?([48]g|2[0o])[0o]g|[0o][1il]\W+(\w{4}\W+){3})/i

/**
 * [T32] Finds an invitation, a restore payload or an enrolment in a text: a link, a link that a mail gateway has wrapped
 * (`?url=https%3A%2F%2F…%2523%2Fjoin%2F…`), one broken over lines, quoted in a reply, split by spaces, or
 * the payload alone. Undefined when there is none.
 */
export function understandLink(text: string): UnderstoodLink | undefined {
  // A photo of a poster or a long mail is short; more is not worth unwrapping.
  if (text.length > 20_000) return undefined
  const plain = joinLines(unescapeRepeatedly(text))
  const link = /#\/?(join|restore|edit\/approve)\/\s*([\s\S]*)$/i.exec(plain)
  if (link) {
    const payload = payloadAtStart(link[2]!)
    return payload ? { kind: kindOf(link[1]!)!, payload } : undefined
  }
  const alone = plain.trim()
  // Type and version begin JAE, RAE or EAE, which is still seen where letters have all become small.
  if (/^[JRE]AE[\w-]*$/i.test(alone) && hasLostCase(alone)) {
    return { kind: kindOf(alone)!, payload: alone }
  }
  if (typedLines.test(alone)) return { kind: 'typed', payload: text }
  const kind = /^[A-Z]/.test(alone) ? kindOf(alone) : undefined
  if (!kind || frameLength(alone.replaceAll(/\s/g, '')) === undefined) return undefined
  const payload = payloadAtStart(alone)
  // A sentence that happens to begin with J, R or E is no payload: hardly anything is missing from one.
  return payload.length >= 40 ? { kind, payload } : undefined
}

function kindOf(text: string): 'join' | 'restore' | 'enrolment' | undefined {
  return kinds[text.charAt(0).toUpperCase() as keyof typeof kinds]
}

/** Mail gateways escape a link once for each wrapping: `#` becomes `%23`, then `%2523`. */
function unescapeRepeatedly(text: string): string {
  let plain = text
  for (let i = 0; i < 5; i++) {
    const next = plain.replaceAll(/%([0-9a-f]{2})/gi, (whole, hex: string) => {
      const code = Number.parseInt(hex, 16)
      return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : whole
    })
    if (next === plain) break
    plain = next
  }
  return plain
    .replaceAll('&amp;', '&')
    .replaceAll(/&#x2f;/gi, '/')
    .replaceAll(/&#(x23|35);/gi, '#')
}

/** Quoted-printable line ends, "> " of replies, and characters that cannot be seen. */
function joinLines(text: string): string {
  return text
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/\r?\n(\s*>)+\s?/g, '\n')
    .replaceAll(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
}

/** The payload a text begins with, without the spaces in it and without what follows it. */
function payloadAtStart(text: string): string {
  const run = /^[A-Za-z0-9_\-\s]*/.exec(text)![0]
  const characters = run.replaceAll(/\s/g, '')
  const stated = frameLength(characters)
  // Where its length can be told, what was written after it ("Hälsningar Anna") is left out.
  if (stated !== undefined && characters.length >= stated) return characters.slice(0, stated)
  return characters
}
