import { decodeEnrolment, enrolmentWords, type EnrolmentRequest } from '#trust/enrolment.ts'
import { readTypedText } from '#trust/typed-text.ts'
import { understandLink } from '#trust/understand-link.ts'
import { codeOf } from './use-work.ts'

export interface ReadRequest {
  request: EnrolmentRequest
  words: string[]
  /** For the address, so that a reload shows the same. */
  payload: string
}

/** Reads what a manager's phone shows, however it came here. Gives a code when it is something else. */
export async function readRequest(text: string): Promise<ReadRequest | { code: string }> {
  try {
    let link = understandLink(text)
    if (link?.kind === 'typed') {
      const typed = readTypedText(link.payload)
      if (typed !== undefined && 'problems' in typed) return { code: 'enrolment-checksum' }
      link = typed
    }
    if (link === undefined) return { code: 'not-a-request' }
    if (link.kind === 'join') return { code: 'is-invitation' }
    if (link.kind === 'restore') return { code: 'is-key' }
    const request = decodeEnrolment(link.payload)
    return { request, words: await enrolmentWords(request), payload: link.payload }
  } catch (error) {
    return { code: codeOf(error) }
  }
}
