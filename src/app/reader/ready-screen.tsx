import { useEffect, useState } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import type { DepartmentState } from '#device/device-state.ts'
import type { ReadinessId } from '#device/readiness.ts'
import { versionCode } from '#release/version-code.ts'
import { commonDepartment } from '#domain/schema/document.ts'
import { formatBytes } from '#i18n/format.ts'
import { When } from '#app/documents/when.tsx'
import { Ask } from '#app/ui/ask.tsx'
import { Choice } from '#app/ui/choice.tsx'
import { Icon, type IconName } from '#app/ui/icon.tsx'
import { useLive } from '#app/ui/live.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { CheckWords } from './check-words.tsx'
import { EditorLink } from './editor-link.tsx'
import { Page } from '#app/ui/page.tsx'
import { arrivedItem, itemOf, type ReadyItem } from './ready-item.ts'
import { Later } from './later.tsx'
import { InstallOffer, UpdateOffer } from './offers.tsx'
import type { Place } from './place.ts'
import { useReader } from './reader-context.ts'
import { missingDepartments } from './missing-departments.ts'
import { MissingNotice, missingNames } from './missing-notice.tsx'
import { offlineVerdict, Published } from './trust-line.tsx'

const order: readonly ReadinessId[] = [
  'worker',
  'shell',
  'bytes',
  'database',
  'copy',
  'installed',
  'persisted',
  'age',
]
const icons: Record<ReadyItem['result'], IconName> = {
  ok: 'check',
  attention: 'warning',
  failed: 'cross',
  unknown: 'question',
  note: 'info',
}

/** Whether this phone can be relied on: each check with its result and date; what lies on it. */
export function ReadyScreen({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { state, actions } = useReader()
  const live = useLive()
  const check = actions.checkReadiness
  useEffect(() => {
    if (live.live) void check()
    // Once on arrival: `live` changes each minute with the clock.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  return (
    <Page
      name={t('ready.title')}
      title={t('ready.title')}
      lead={t('ready.lead')}
      back={{ href: `#${place.home}`, text: t('frame.start') }}
    >
      <div className="wide">
        <div className="stack">
          <Verdict />
          <EditorLink place={place} />
          <Later part="name-line" place={place} />
          <UpdateOffer />
          <InstallOffer />
          <ul className="card rows" aria-busy={state.isCheckingReadiness}>
            <CheckItem {...arrivedItem(state.device.departments)} />
            {order.map((id) => (
              <CheckItem key={id} {...itemOf(id, state.readiness)} />
            ))}
          </ul>
          <button
            type="button"
            className="button is-wide"
            disabled={state.isCheckingReadiness}
            onClick={() => void check()}
          >
            <Icon name="refresh" />
            {t(state.isCheckingReadiness ? 'ready.checking' : 'ready.again')}
          </button>
          <Storage />
        </div>
        <div className="aside">
          <Departments />
          {place.organisation !== undefined && <CheckWords words={place.organisation.checkWords} />}
          <Look />
          <Later part="ready" place={place} />
        </div>
      </div>
    </Page>
  )
}

function Verdict() {
  const { t } = useTranslation()
  const { state } = useReader()
  const missing = missingDepartments(state.device.departments)
  if (missing.length > 0) return <MissingNotice missing={missing} />
  const verdict = offlineVerdict(state.readiness)
  if (verdict === 'ok') return <Notice kind="good" title={t('ready.allGood')} />
  if (verdict === 'unknown')
    return <Notice kind="plain" icon="question" title={t('ready.unknown')} />
  return <Notice kind="warning" title={t('ready.notAll')} />
}

function CheckItem({ title, help, result, check }: ReadyItem) {
  const { t } = useTranslation()
  const { state } = useReader()
  const missing = missingDepartments(state.device.departments)
  return (
    <li className={`check is-${result === 'note' ? 'unknown' : result}`}>
      <span className="check-mark">
        <Icon name={icons[result]} />
      </span>
      <div>
        <p className="check-title">{t(`ready.check.${title}`)}</p>
        <p className="meta">
          <b>{t(`ready.result.${result}`)}</b>
          {check !== undefined && (
            <>
              {' · '}
              <When at={check.at} />
            </>
          )}
        </p>
        {help !== undefined && <p>{t(`ready.help.${help}`, { titles: missingNames(missing) })}</p>}
      </div>
    </li>
  )
}

function Storage() {
  const { t } = useTranslation()
  const { state } = useReader()
  const { language } = state.settings
  const { usage, quota } = state.storage ?? {}
  if (usage === undefined) return null
  return (
    <p className="meta">
      {t('ready.storage')}:{' '}
      {quota === undefined
        ? t('ready.storageUsed', { used: formatBytes(usage, language) })
        : t('ready.storageOf', {
            used: formatBytes(usage, language),
            quota: formatBytes(quota, language),
          })}
    </p>
  )
}

function Departments() {
  const { t } = useTranslation()
  const { state, actions } = useReader()
  const [leaving, setLeaving] = useState<DepartmentState>()
  return (
    <section className="section">
      <h2>{t('ready.departments')}</h2>
      <ul className="card rows">
        {state.device.departments.map((each) => (
          <li className="held" key={`${each.organisation}/${each.department}`}>
            <div>
              <strong lang="sv">{each.title}</strong>
              {each.release === undefined && each.status !== 'ended' && (
                <p>{t('missing.notHere')}</p>
              )}
              {each.release !== undefined && (
                <p className="meta">
                  {t('ready.edition', { edition: each.release.edition })}.{' '}
                  <Published department={each} />
                </p>
              )}
              {each.release !== undefined && (
                <p className="meta">
                  {t('trust.code')}:{' '}
                  <span className="number">{versionCode(each.release.head)}</span>
                </p>
              )}
            </div>
            {each.department !== commonDepartment && (
              <button
                type="button"
                className="button is-quiet"
                aria-label={`${t('ready.leave')}: ${each.title}`}
                onClick={() => setLeaving(each)}
              >
                {t('ready.leave')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {state.device.departments.some((each) => each.release) && (
        <a className="button is-wide" href="#/compare">
          {t('trust.compare')}
        </a>
      )}
      <a className="button is-wide" href="#/join">
        <Icon name="plus" />
        {t('ready.add')}
      </a>
      {leaving !== undefined && (
        <Ask
          title={t('ready.leaveAsk', { title: leaving.title })}
          no={t('ready.leaveNo')}
          yes={t('ready.leaveYes')}
          grave
          onNo={() => setLeaving(undefined)}
          onYes={() => {
            setLeaving(undefined)
            void actions.leave(leaving)
          }}
        >
          <p>{t('ready.leaveText')}</p>
        </Ask>
      )}
    </section>
  )
}

function Look() {
  const { t } = useTranslation()
  const { state, actions } = useReader()
  return (
    <section className="section stack">
      <h2>{t('ready.settings')}</h2>
      <Choice
        legend={t('ready.language')}
        name="language"
        value={state.settings.language}
        options={[
          { value: 'sv', text: 'Svenska', lang: 'sv' },
          { value: 'en', text: 'English', lang: 'en' },
        ]}
        onChange={(language) => void actions.setSettings({ language })}
      />
      <Choice
        legend={t('ready.scheme')}
        name="scheme"
        value={state.settings.scheme}
        options={[
          { value: 'auto', text: t('ready.auto') },
          { value: 'light', text: t('ready.light') },
          { value: 'dark', text: t('ready.dark') },
        ]}
        onChange={(scheme) => void actions.setSettings({ scheme })}
      />
    </section>
  )
}
