import type { Phone } from '#journal/phones.ts'
import { phoneNames } from './phone-names.ts'

/** A phone as a list shows it. */
export interface Listed {
  /** Unlike every other in the department's list. */
  name: string
  /** Where its invitation is used, where it was made on this phone and has a place. */
  place: string | undefined
}
export type ListedPhone = Phone & Listed

/**
 * Phones of one department with what a list calls them.
 *
 * @param noted the invitations that were made on this phone
 * @param unnamed what a phone without a label is called
 */
export function listedPhones(
  phones: readonly Phone[],
  noted: readonly { id: string; place?: string }[],
  unnamed: string,
): ListedPhone[] {
  const nameByDevice = phoneNames(phones, unnamed)
  const placeById = new Map(noted.map(({ id, place }) => [id, place]))
  return phones.map((phone) => ({
    ...phone,
    name: nameByDevice.get(phone.device) ?? phone.label,
    place: placeById.get(phone.invitation ?? ''),
  }))
}
