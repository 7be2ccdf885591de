import { When } from '#app/documents/when.tsx'
import { Icon, type IconName } from '#app/ui/icon.tsx'
import { shortId } from '#journal/short-id.ts'
import type { Listed } from './listed-phones.ts'
import { PhoneName, PhoneOrigin } from './phone-name.tsx'
import type { Standing, StandingPhone } from './phone-standing.ts'
import { useText } from './use-text.ts'

/** After this many days one that should have the newest version counts as not heard of. */
export const silentAfterDays = 30

const looks: Record<Standing, { icon: IconName; look: string }> = {
  latest: { icon: 'check', look: 'ok' },
  older: { icon: 'clock', look: 'attention' },
  none: { icon: 'question', look: 'attention' },
  wiped: { icon: 'cross', look: 'failed' },
}

export function PhoneItem(props: {
  phone: StandingPhone & Listed
  /** Of the newest version, as people count. */
  edition: number
  /** Role title, where the phone may publish. */
  role: string | undefined
  isOwn: boolean
  onWipe?: () => void
}) {
  const t = useText()
  const { phone, role, isOwn, onWipe } = props
  const { standing } = phone
  const { icon, look } = looks[standing]
  const isSilent = standing !== 'latest' && phone.silentDays >= silentAfterDays
  const heard = phone.confirmed?.at
  return (
    <li className={`check is-${look} phone-item`}>
      <span className="check-mark">
        <Icon name={icon} />
      </span>
      <div>
        <p className="check-title">
          <PhoneName phone={phone} />
          {isOwn && <span className="meta"> ({t('phones.this')})</span>}
        </p>
        <p className="meta">
          <b>
            {standing === 'older' && isSilent
              ? t('phones.silent', { count: phone.silentDays })
              : standing === 'latest'
                ? t('phones.standing.latest', { edition: props.edition })
                : t(`phones.standing.${standing}`)}
          </b>
          {heard !== undefined && standing !== 'wiped' && (
            <>
              {' · '}
              {t('phones.said')} <When at={heard} />
            </>
          )}
        </p>
        <p className="meta">
          {role !== undefined && (
            <>
              <span lang="sv">{role}</span> ·{' '}
            </>
          )}
          <PhoneOrigin phone={phone} />
        </p>
        {phone.isBehindCode && standing !== 'wiped' && (
          <p className="meta">{t('phones.behindCode')}</p>
        )}
        {onWipe !== undefined && (
          <button
            type="button"
            className="button is-quiet"
            aria-label={`${t('wipe.button')}: ${phone.name} ${shortId(phone.device)}`}
            onClick={onWipe}
          >
            {t('wipe.button')}
          </button>
        )}
      </div>
    </li>
  )
}
