import { useState } from 'react'
import { Choice } from '#app/ui/choice.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { useLive } from '#app/ui/live.tsx'
import { shortId } from '#journal/short-id.ts'
import { ChangeCode } from './change-code.tsx'
import type { ScreenProps } from './editor.tsx'
import { useEditor } from './editor-parts.ts'
import { NeedsRole } from './needs-role.tsx'
import { listedPhones, type Listed } from './listed-phones.ts'
import { standingOf, type StandingPhone } from './phone-standing.ts'
import { PhoneItem } from './phone-item.tsx'
import { useLookNow } from './use-look-now.ts'
import { useLoaded } from './use-loaded.ts'
import { useText } from './use-text.ts'
import { WipePhone } from './wipe-phone.tsx'

/** The phones of a department: who has what, a new code, and emptying one. */
export function PhonesScreen({ parts: [department = ''] }: ScreenProps) {
  const t = useText()
  const { organisation, state } = useEditor()
  const title = state.device.departments.find(
    (each) => each.organisation === organisation?.id && each.department === department,
  )?.title
  const name = title === undefined ? t('phones.short') : t('phones.title', { title })
  return (
    <Page
      name={name}
      title={name}
      lead={t('phones.lead')}
      back={{ href: '#/edit', text: t('home.title') }}
    >
      <NeedsRole who="publisher" department={department}>
        <Phones department={department} title={title ?? department} />
      </NeedsRole>
    </Page>
  )
}

function Phones({ department, title }: { department: string; title: string }) {
  const t = useText()
  const live = useLive()
  const [shown, setShown] = useState<'all' | 'missing'>('all')
  const [query, setQuery] = useState('')
  const [isChanging, setChanging] = useState(false)
  const [wiping, setWiping] = useState<StandingPhone & Listed>()
  const read = useLoaded(async ({ device, organisation }) => {
    if (organisation === undefined) return undefined
    const authority = await device.authority(organisation.id)
    const release = authority.release(department)
    const journal = device.journal(organisation.id, department)
    const [phones, left] = await Promise.all([journal.phones(release), journal.left()])
    const noted = await device.invitations(organisation.id).list(department)
    return { authority, phones, left, noted, release }
  })
  useLookNow()
  if (!read.isRead) return null
  const { authority, phones = [], left = [], noted = [], release } = read.value ?? {}
  if (authority === undefined || release === undefined)
    return (
      <Notice kind="info" title={t('phones.notHere')}>
        <p>{t('phones.notHereText')}</p>
      </Notice>
    )
  const { root } = authority
  const now = live.live ? live.now : new Date(0)
  const listedAll = listedPhones(phones, noted, t('phones.noLabel'))
  const all = standingOf(listedAll, { ...release, wiped: root.wiped }, now)
  const missing = all.filter(({ standing }) => standing === 'none' || standing === 'older')
  const wanted = query.trim().toLowerCase()
  const listed = (shown === 'all' ? all : missing).filter(({ name, device }) =>
    [name, shortId(device), shortId(device).replace('-', '')].some((text) =>
      text.toLowerCase().includes(wanted),
    ),
  )
  if (isChanging)
    return (
      <ChangeCode
        authority={authority}
        department={department}
        title={title}
        phones={all.filter(({ standing }) => standing !== 'wiped')}
        left={left}
        onClose={() => setChanging(false)}
      />
    )
  return (
    <div className="wide">
      <div className="stack">
        {all.length === 0 ? (
          <Notice kind="plain" title={t('phones.none')}>
            <p>{t('phones.noneText')}</p>
          </Notice>
        ) : (
          <>
            <p role="status">
              {missing.length === 0
                ? t('phones.allHave', { count: all.length })
                : t('phones.count', { count: all.length, missing: missing.length })}
            </p>
            {all.length > 3 && (
              <Choice
                legend={t('phones.filter')}
                name="shown"
                value={shown}
                options={[
                  { value: 'all', text: t('phones.all') },
                  { value: 'missing', text: t('phones.missing') },
                ]}
                onChange={setShown}
              />
            )}
            {all.length > 8 && (
              <input
                className="input"
                type="search"
                aria-label={t('phones.search')}
                placeholder={t('phones.search')}
                value={query}
                onChange={(event) => setQuery(event.currentTarget.value)}
              />
            )}
            <ul className="card rows">
              {listed.map((phone) => (
                <PhoneItem
                  key={phone.device}
                  phone={phone}
                  edition={release.edition}
                  role={
                    Object.hasOwn(root.roles, phone.device) ? root.roles[phone.device] : undefined
                  }
                  isOwn={phone.device === authority.device.device}
                  {...(authority.rootKey !== undefined &&
                  phone.standing !== 'wiped' &&
                  phone.device !== authority.device.device
                    ? { onWipe: () => setWiping(phone) }
                    : {})}
                />
              ))}
            </ul>
            <p className="meta">{t('phones.idText')}</p>
            <p className="meta">{t('phones.own')}</p>
          </>
        )}
      </div>
      <div className="aside">
        <section className="section stack">
          <h2>{t('phones.invite')}</h2>
          <a className="button is-wide" href={`#/edit/invite/${department}`}>
            <Icon name="plus" />
            {t('phones.inviteLink')}
          </a>
        </section>
        <section className="section stack">
          <h2>{t('rotate.title')}</h2>
          <p>{t('rotate.when')}</p>
          <button type="button" className="button is-wide" onClick={() => setChanging(true)}>
            <Icon name="refresh" />
            {t('rotate.open')}
          </button>
        </section>
      </div>
      {wiping !== undefined && (
        <WipePhone
          organisation={authority.organisation}
          phone={wiping}
          publishes={Object.keys(root.departments).filter((id) =>
            root.departments[id]?.publish.includes(wiping.device),
          )}
          onClose={() => setWiping(undefined)}
        />
      )}
    </div>
  )
}
