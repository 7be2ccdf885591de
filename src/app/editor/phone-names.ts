import type { Phone } from '#journal/phones.ts'
import type { Kid } from '#trust/keys.ts'

/**
 * What each phone is called in a list: its label, those alike with a number by when they joined ("Dator",
 * "Dator 2"). A number that is somebody's label already is passed over. The short id stands beside it: a name
 * may change when another phone is named, and anybody may take another's ([J27]).
 *
 * @param unnamed for a phone without a label
 */
export function phoneNames(
  phones: readonly Pick<Phone, 'device' | 'label' | 'joinedAt'>[],
  unnamed: string,
): Map<Kid, string> {
  const labelOf = ({ label }: { label: string }) => (label === '' ? unnamed : label)
  const taken = new Set(phones.map((phone) => alike(labelOf(phone))))
  const held = new Set<string>()
  const nameByDevice = new Map<Kid, string>()
  for (const phone of phones.toSorted(byJoining)) {
    const label = labelOf(phone)
    let name = label
    if (held.has(alike(label)))
      for (let number = 2; taken.has(alike(name)); number += 1) name = `${label} ${number}`
    held.add(alike(label))
    taken.add(alike(name))
    nameByDevice.set(phone.device, name)
  }
  return nameByDevice
}

const alike = (label: string) => label.normalize('NFKC').toLocaleLowerCase('sv')

function byJoining(
  a: Pick<Phone, 'device' | 'joinedAt'>,
  b: Pick<Phone, 'device' | 'joinedAt'>,
): number {
  return Date.parse(a.joinedAt) - Date.parse(b.joinedAt) || (a.device < b.device ? -1 : 1)
}
