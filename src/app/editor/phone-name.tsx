import { When } from '#app/documents/when.tsx'
import { shortId } from '#journal/short-id.ts'
import type { Kid } from '#trust/keys.ts'
import type { ListedPhone } from './listed-phones.ts'
import { useText } from './use-text.ts'

/** A phone in a line of text: its name, and the short id that it shows itself. */
export function PhoneName({ phone }: { phone: { name: string; device: Kid } }) {
  return (
    <>
      <span dir="auto">{phone.name}</span> <ShortId device={phone.device} />
    </>
  )
}

/** The id that a phone shows on its own page, and that somebody can read out. */
export function ShortId({ device }: { device: Kid }) {
  const t = useText()
  return (
    <span className="short-id">
      <span className="visually-hidden">{t('phones.id')} </span>
      <span className="number">{shortId(device)}</span>
    </span>
  )
}

/** When it joined, and by which invitation. */
export function PhoneOrigin({ phone }: { phone: ListedPhone }) {
  const t = useText()
  return (
    <>
      {t('phones.joined')} <When at={phone.joinedAt} />
      {phone.invitation !== undefined && (
        <>
          {' · '}
          <Invitation phone={phone} />
        </>
      )}
    </>
  )
}

/** The invitation a phone came by: its place, where it was made on this phone, and its own id. */
export function Invitation({ phone }: { phone: ListedPhone }) {
  const t = useText()
  const { invitation, place } = phone
  if (invitation === undefined) return t('phones.byNone')
  if (place === undefined) return <span className="address">{t('phones.by', { invitation })}</span>
  return <span className="address">{t('phones.byPlace', { place, invitation })}</span>
}
