import { useState } from 'react'
import { revoke } from '#sync/manage/revoke.ts'
import { shortId } from '#journal/short-id.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { Ask } from '#app/ui/ask.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { useEditor } from './editor-parts.ts'
import type { Kept } from './kept-versions.ts'
import { NeedsRole } from './needs-role.tsx'
import { listedPhones } from './listed-phones.ts'
import { openOffice } from './office.ts'
import { peopleOfRoot, type PersonOfRoot } from './people-of-root.ts'
import { PhoneName, PhoneOrigin } from './phone-name.tsx'
import { ReviewDate } from './review-date.tsx'
import { useAuthority } from './use-authority.ts'
import { useLoaded } from './use-loaded.ts'
import { useText } from './use-text.ts'
import { UnfinishedNotice } from './unfinished-notice.tsx'
import { WhichVersion } from './which-version.tsx'
import { useWork } from './use-work.ts'
import { WorkNotice } from './work-notice.tsx'

/** Everyone who may publish, and taking that away. */
export function PeopleScreen() {
  const t = useText()
  const { organisation } = useEditor()
  const root = useAuthority().value?.root
  return (
    <Page
      name={t('people.title')}
      title={t('people.title')}
      lead={t('people.lead')}
      back={{ href: '#/edit', text: t('home.title') }}
    >
      <NeedsRole who="coordinator">
        {root !== undefined && organisation !== undefined && (
          <div className="wide">
            <People root={root} organisation={organisation.id} />
            <div className="aside">
              <ReviewDate root={root} />
            </div>
          </div>
        )}
      </NeedsRole>
    </Page>
  )
}

function People({ root, organisation }: { root: VerifiedRoot; organisation: string }) {
  const t = useText()
  const editor = useEditor()
  const work = useWork()
  const [asked, setAsked] = useState<PersonOfRoot>()
  const [gone, setGone] = useState<PersonOfRoot>()
  const [keep, setKeep] = useState<Kept>()
  const people = peopleOfRoot(root)
  // A person's key is that of a phone, which has told of itself in the departments it reads.
  const phones = useLoaded(async ({ device }) => {
    const ids = new Set(people.flatMap((one) => [...one.publish, ...one.approve, ...one.start]))
    const lists = await Promise.all(
      [...ids].map(async (id) =>
        listedPhones(
          await device.journal(organisation, id).phones(),
          await device.invitations(organisation).list(id),
          t('phones.noLabel'),
        ),
      ),
    )
    return new Map(lists.flat().map((phone) => [phone.device, phone]))
  }).value
  const phoneOf = ({ kid }: PersonOfRoot) => {
    const phone = phones?.get(kid)
    return (
      <p className="meta">
        {phone === undefined ? (
          <>
            {t('phones.id')} <b className="number">{shortId(kid)}</b>
          </>
        ) : (
          <>
            <PhoneName phone={phone} /> · <PhoneOrigin phone={phone} />
          </>
        )}
      </p>
    )
  }
  const titles = (ids: readonly string[]) =>
    ids.map((id) => root.departments[id]?.title ?? id).join(', ')
  const take = (person: PersonOfRoot, kept: Kept | undefined) => {
    setGone(person)
    return work.run(async () => {
      const office = await openOffice(editor, organisation)
      await revoke(office, { kid: person.kid, ...(kept && { keep: kept }) })
    })
  }
  return (
    <div className="stack">
      {work.state.at !== 'working' && <UnfinishedNotice organisation={organisation} />}
      {work.state.at === 'done' && gone !== undefined && (
        <Notice kind="good" title={t('people.gone', { role: gone.role })} announce>
          <p>{t('people.goneText')}</p>
        </Notice>
      )}
      <WorkNotice
        state={work.state}
        doing={t('people.doing')}
        {...(gone === undefined ? {} : { onAgain: () => void take(gone, keep) })}
      />
      {people.length === 0 ? (
        <Notice kind="plain" title={t('people.none')} />
      ) : (
        <ul className="card rows">
          {people.map((person) => (
            <li className="person" key={person.kid}>
              <div>
                <strong lang="sv">{person.role}</strong>
                {phoneOf(person)}
                {person.publish.length > 0 && (
                  <p className="meta">
                    {t('people.publishes')} <span lang="sv">{titles(person.publish)}</span>
                  </p>
                )}
                {person.approve.length > 0 && <p className="meta">{t('people.approves')}</p>}
                {person.publish.length === 0 && person.start.length > 0 && (
                  <p className="meta">
                    {t('people.starts')} <span lang="sv">{titles(person.start)}</span>
                  </p>
                )}
              </div>
              <button
                type="button"
                className="button is-quiet"
                disabled={work.state.at === 'working'}
                aria-label={`${t('people.revoke')}: ${person.role} ${shortId(person.kid)}`}
                onClick={() => {
                  setKeep(undefined)
                  setAsked(person)
                }}
              >
                {t('people.revoke')}
              </button>
            </li>
          ))}
        </ul>
      )}
      <a className="button is-wide is-main" href="#/edit/approve">
        <Icon name="plus" />
        {t('people.approve')}
      </a>
      {asked !== undefined && (
        <Ask
          title={t('people.ask', { role: asked.role })}
          no={t('people.askNo')}
          yes={t('people.askYes')}
          grave
          isReady={keep !== undefined}
          onNo={() => setAsked(undefined)}
          onYes={() => {
            setAsked(undefined)
            void take(asked, keep)
          }}
        >
          {phoneOf(asked)}
          <ul className="bullets">
            <li>{t('people.askNow')}</li>
            <li>{t('people.askStays')}</li>
            <li>{t('people.askReads')}</li>
          </ul>
          <WhichVersion
            organisation={organisation}
            gone={asked.kid}
            departments={asked.publish}
            onKeep={setKeep}
          />
        </Ask>
      )}
    </div>
  )
}
