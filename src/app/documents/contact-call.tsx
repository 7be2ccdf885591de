import { useTranslation } from '#app/ui/translation.tsx'
import { formatPhoneNumber, isStoredNumber, telAddress } from '#domain/phone-number.ts'
import { CallButton } from '#app/ui/call-button.tsx'
import { translatedText } from './translated-text.ts'
import { useDocuments } from './words.tsx'

/**
 * The address that dials, only for what a plan may hold as a number, to the letter: what would have to be
 * understood first (a mark, a pause, a code for the network) is shown and never dialled.
 */
export function dial(number: string): string | undefined {
  return isStoredNumber(number) ? telAddress(number) : undefined
}

/** Buttons for the contacts a step or an escalation points at. */
export function ContactCalls({ references }: { references: readonly string[] | undefined }) {
  const { index, language } = useDocuments()
  const { t } = useTranslation()
  if (references === undefined) return null
  return references.map((reference) => {
    const contact = index.contact(reference)?.contact
    if (contact === undefined)
      return (
        <span className="label kind-phone" key={reference}>
          {t('tree.noNumber')}
        </span>
      )
    const title = translatedText(contact, contact.short === undefined ? 'title' : 'short', language)
    return (
      <CallButton
        key={reference}
        href={dial(contact.number)}
        number={formatPhoneNumber(contact.number)}
        title={title.text}
        lang={title.language === language ? undefined : title.language}
      />
    )
  })
}

/** A number with no contact: the second one of a person, a position's own. */
export function NumberCall(props: { number: string; note?: string; look?: 'filled' | 'plain' }) {
  return (
    <CallButton
      href={dial(props.number)}
      number={formatPhoneNumber(props.number)}
      note={props.note}
      look={props.look}
    />
  )
}
