import { Fragment } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import { documentName, type DocumentOf } from '#domain/schema/document.ts'
import type { Situation } from '#domain/schema/situation.ts'
import { Icon, type IconName } from '#app/ui/icon.tsx'
import { InlineText } from '#app/ui/inline-text.tsx'
import { useLive } from '#app/ui/live.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { addressOf } from './address-of.ts'
import { When } from './when.tsx'
import { isNewsLate } from './is-news-late.ts'
import { translatedLines } from './translated-text.ts'
import { Lines, ProseWords, useDocuments, Words } from './words.tsx'

const states = ['down', 'partly', 'works'] as const
const icons: Record<(typeof states)[number], IconName> = {
  down: 'cross',
  partly: 'warning',
  works: 'check',
}

/** The situation in force as the start screen shows it: what works, what does not, may, may not, since. */
export function SituationCard({ document }: { document: DocumentOf<'situation'> }) {
  const { t } = useTranslation()
  const situation = document.body
  return (
    <section className="now" aria-labelledby="situation-now">
      <h2 id="situation-now">
        <span className="now-mark">{t('situation.now')}</span>
        <When at={situation.since} short />
        {situation.drill && <b className="now-drill">{t('frame.drill')}</b>}
      </h2>
      <p className="now-title">
        <Words of={situation} field="title" />
      </p>
      <ul className="now-states">
        {states.map((state) => {
          const items = situation.items.filter((item) => item.state === state)
          if (items.length === 0) return null
          return (
            <li key={state}>
              <Icon name={icons[state]} />
              <p>
                <b>{t(`situation.${state}`)}:</b>{' '}
                {items.map((item, index) => (
                  <Fragment key={index}>
                    {index > 0 && ', '}
                    <Words of={item} field="title" />
                  </Fragment>
                ))}
              </p>
            </li>
          )
        })}
        <OneLine of={situation} field="may" icon="check" />
        <OneLine of={situation} field="mayNot" icon="cross" />
      </ul>
      <p className="now-foot">
        <a href={addressOf(documentName(document))}>{t('situation.open')}</a>
        {situation.nextNews !== undefined && (
          <span>
            <NextNews at={situation.nextNews} short />
          </span>
        )}
      </p>
    </section>
  )
}

/** What one may, or may not, as one line among what works: short enough to be read at a glance. */
function OneLine(props: { of: Situation; field: 'may' | 'mayNot'; icon: IconName }) {
  const { t } = useTranslation()
  const { language } = useDocuments()
  const lines = translatedLines(props.of, props.field, language)
  if (lines.length === 0) return null
  return (
    <li>
      <Icon name={props.icon} />
      <p>
        <b>{t(`situation.${props.field}`)}:</b>{' '}
        {lines.map((line, index) => (
          <Fragment key={index}>
            {index > 0 && ' · '}
            <span lang={line.language === language ? undefined : line.language}>
              <InlineText>{line.text}</InlineText>
            </span>
          </Fragment>
        ))}
      </p>
    </li>
  )
}

/** When the next word comes, or that it should have come: a promise that has passed must not look kept. */
function NextNews(props: { at: string; short?: boolean; ended?: string | undefined }) {
  const { t } = useTranslation()
  const live = useLive()
  const isLate = props.ended === undefined && live.live && isNewsLate(props.at, live.now)
  return (
    <>
      {t(isLate ? 'situation.late' : 'situation.next')} <When at={props.at} short={props.short} />
    </>
  )
}

/** The whole of a situation, in force or past. */
export function SituationView({ document }: { document: DocumentOf<'situation'> }) {
  const { t } = useTranslation()
  const situation = document.body
  return (
    <div className="wide">
      <div className="stack">
        {situation.drill && <Notice kind="warning" title={t('situation.drill')} />}
        {situation.ended !== undefined && (
          <Notice kind="warning" title={t('situation.old')}>
            <p>
              {t('situation.ended')} <When at={situation.ended} />
            </p>
          </Notice>
        )}
        <p className="meta">
          {t('situation.since')} <When at={situation.since} />.{' '}
          {t('situation.signed', { role: situation.signedBy })}
          {situation.nextNews !== undefined && (
            <>
              . <NextNews at={situation.nextNews} ended={situation.ended} />
            </>
          )}
        </p>
        {situation.summary !== undefined && <ProseWords of={situation} field="summary" />}
        <MayAndMayNot situation={situation} />
      </div>
      <div className="aside">
        {states.map((state) => {
          const items = situation.items.filter((item) => item.state === state)
          if (items.length === 0) return null
          return (
            <section className="section" key={state}>
              <h2 className={`state is-${state}`}>
                <Icon name={icons[state]} />
                {t(`situation.${state}`)}
              </h2>
              <ul className="card rows">
                {items.map((item, index) => (
                  <li className="dependency" key={index}>
                    <strong>
                      <Words of={item} field="title" />
                    </strong>
                    {item.note !== undefined && (
                      <p>
                        <Words of={item} field="note" />
                      </p>
                    )}
                  </li>
                ))}
              </ul>
            </section>
          )
        })}
      </div>
    </div>
  )
}

function MayAndMayNot({ situation }: { situation: Situation }) {
  const { t } = useTranslation()
  if (situation.may.length + situation.mayNot.length === 0) return null
  return (
    <div className="dos">
      {situation.may.length > 0 && (
        <section className="do">
          <h2>
            <Icon name="check" />
            {t('situation.may')}
          </h2>
          <Lines of={situation} field="may" className="do-lines" />
        </section>
      )}
      {situation.mayNot.length > 0 && (
        <section className="do is-dont">
          <h2>
            <Icon name="cross" />
            {t('situation.mayNot')}
          </h2>
          <Lines of={situation} field="mayNot" className="do-lines" />
        </section>
      )}
    </div>
  )
}
