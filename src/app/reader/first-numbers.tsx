import { useTranslation } from '#app/ui/translation.tsx'
import { firstNumbers, type FirstNumber } from '#domain/first-numbers.ts'
import { formatPhoneNumber } from '#domain/phone-number.ts'
import { dial } from '#app/documents/contact-call.tsx'
import { useDocuments, Words } from '#app/documents/words.tsx'
import type { Place } from './place.ts'

/** Whom to call first, always on top. Several departments share what is the same number. */
export function FirstNumbers({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { index } = useDocuments()
  const all = place.shown.flatMap((each) => firstNumbers(index, each.department))
  const contacts = new Map<string, FirstNumber & { kind: 'contact' }>()
  for (const each of all)
    if (each.kind === 'contact' && !contacts.has(each.contact.contact.number))
      contacts.set(each.contact.contact.number, each)
  return (
    <section className="calls" aria-label={t('start.first')}>
      {[...contacts.values()].map(({ contact: { name, contact } }) => (
        <a className="call" href={dial(contact.number)} key={name}>
          <span className="call-name">
            <Words of={contact} field={contact.short === undefined ? 'title' : 'short'} />
          </span>
          <span className="number">{formatPhoneNumber(contact.number)}</span>
        </a>
      ))}
      <a className="call is-sos" href="tel:112">
        <span className="visually-hidden">{t('start.sos')} </span>
        112
      </a>
    </section>
  )
}
