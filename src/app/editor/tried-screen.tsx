import { When } from '#app/documents/when.tsx'
import { Fold } from '#app/ui/fold.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { NeedsRole } from './needs-role.tsx'
import { groupTried, isGrave, type TriedGroup } from './tried-kinds.ts'
import { useLookNow } from './use-look-now.ts'
import { useLoaded } from './use-loaded.ts'
import { useText } from './use-text.ts'

/** What somebody, or something, has offered that was false, what the app did, and what to do. */
export function TriedScreen() {
  const t = useText()
  const read = useLoaded(async ({ device, organisation }) =>
    organisation === undefined ? [] : device.tried(organisation.id),
  )
  useLookNow()
  const groups = groupTried(read.value ?? [])
  return (
    <Page
      name={t('tried.title')}
      title={t('tried.title')}
      lead={t('tried.lead')}
      back={{ href: '#/edit', text: t('home.title') }}
    >
      <NeedsRole who="publisher">
        <div className="narrow stack">
          {read.isRead && groups.length === 0 && (
            <Notice kind="good" title={t('tried.nothing')}>
              <p>{t('tried.nothingText')}</p>
            </Notice>
          )}
          {groups.map((group) => (
            <Group key={`${group.code} ${group.store ?? ''}`} group={group} />
          ))}
        </div>
      </NeedsRole>
    </Page>
  )
}

function Group({ group }: { group: TriedGroup }) {
  const t = useText()
  const { kind, store } = group
  return (
    <article className={`card tried${isGrave(kind) ? ' is-grave' : ''}`}>
      <div className="tried-text">
        <h2>{t(`tried.code.${kind}.title`, { code: group.code })}</h2>
        <p className="meta">
          {t('tried.times', { count: group.count })} <When at={group.at} />
        </p>
        {store !== undefined && (
          <p className="meta">
            {t('tried.store')} <span className="address">{store}</span>
          </p>
        )}
        {group.phones.length > 0 && (
          <p className="meta">{t('tried.phones', { phones: group.phones.join(', ') })}</p>
        )}
        <p>
          <b>{t('tried.did')}</b> {t(`tried.code.${kind}.did`)}
        </p>
        <p>
          <b>{t('tried.do')}</b> {t(`tried.code.${kind}.do`)}
        </p>
      </div>
      {group.details.length > 0 && (
        <Fold name={`details-${group.code}-${store ?? ''}`} title={t('tried.details')}>
          <ul className="bullets">
            {group.details.slice(0, 20).map((detail) => (
              <li className="address" key={detail}>
                {detail}
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </article>
  )
}
