import { useTranslation } from '#app/ui/translation.tsx'
import type { Contact } from '#domain/schema/contacts.ts'
import { formatPhoneNumber } from '#domain/phone-number.ts'
import { CallButton } from '#app/ui/call-button.tsx'
import { dial } from './contact-call.tsx'
import { Words } from './words.tsx'

/** Functions one can call: whom, for what, when, and the number as a button that is also text. */
export function ContactList({ contacts }: { contacts: readonly Contact[] }) {
  return (
    <ul className="card rows">
      {contacts.map((contact) => (
        <ContactItem key={contact.id} contact={contact} />
      ))}
    </ul>
  )
}

function ContactItem({ contact }: { contact: Contact }) {
  const { t } = useTranslation()
  return (
    <li className="person" id={`contact-${contact.id}`}>
      <h3>
        <Words of={contact} field="title" />
      </h3>
      {contact.for !== undefined && (
        <p className="person-for">
          <Words of={contact} field="for" />
        </p>
      )}
      {contact.organisation !== undefined && (
        <p className="meta">
          <Words of={contact} field="organisation" />
        </p>
      )}
      {contact.hours !== undefined && (
        <p className="meta">
          {t('tree.hours')}: <Words of={contact} field="hours" />
        </p>
      )}
      {contact.address !== undefined && (
        <p className="meta">
          {t('contacts.address')}: <Words of={contact} field="address" />
        </p>
      )}
      <div className="person-calls">
        <CallButton href={dial(contact.number)} number={formatPhoneNumber(contact.number)} />
        {contact.second !== undefined && (
          <CallButton
            href={dial(contact.second)}
            number={formatPhoneNumber(contact.second)}
            note={t('contacts.second')}
            look="plain"
          />
        )}
      </div>
      {contact.sms === true && <p className="meta">{t('contacts.sms')}</p>}
      {contact.direct === true && (
        <p className="meta">
          {t(contact.second === undefined ? 'contacts.direct' : 'contacts.firstDirect')}
        </p>
      )}
      {contact.private === true && <p className="meta">{t('contacts.private')}</p>}
    </li>
  )
}
