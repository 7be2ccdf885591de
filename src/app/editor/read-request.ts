import { decodeEnrolment, enrolmentWords, type EnrolmentRequest } from '#trust/enrolment.ts'
import { readGiven } from './read-given.ts'
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
    const link = readGiven(text)
    if (link === undefined) return { code: 'not-a-request' }
    if ('code' in link) return link
    if (link.kind === 'join') return { code: 'is-invitation' }
    if (link.kind === 'restore') return { code: 'is-key' }
    const request = decodeEnrolment(link.payload)
    return { request, words: await enrolmentWords(request), payload: link.payload }
  } catch (error) {
    return { code: codeOf(error) }
  }
}
