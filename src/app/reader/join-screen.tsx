import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import { useLive } from '#app/ui/live.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { isHeldLink } from './is-held.ts'
import { JoinWays, useJoinByText } from './join-ways.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { IosSteps } from './offers.tsx'
import type { Place } from './place.ts'
import { useErrorText } from './progress.tsx'
import { useReader } from './reader-context.ts'

/** Adding a department: by the link that was opened, or by any of the ways in. */
export function JoinScreen({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { state } = useReader()
  const link = state.link?.kind === 'join' ? state.link.text : undefined
  const [isAnyway, setAnyway] = useState(false)
  const isKnown = link !== undefined && isHeldLink(state.device, link)
  const mustInstall = state.install === 'ios-tab' && link !== undefined && !isKnown && !isAnyway
  return (
    <Page
      name={t('join.title')}
      title={t('join.title')}
      lead={t('join.lead')}
      {...(place.shown.length > 0
        ? { back: { href: `#${place.home}`, text: t('frame.start') } }
        : { tools: <LanguageSwitch /> })}
    >
      <div className="narrow stack">
        {mustInstall && <InstallFirst link={link} onAnyway={() => setAnyway(true)} />}
        {!mustInstall && link !== undefined && <OpenedLink key={link} link={link} />}
        {!mustInstall && !isKnown && <JoinWays />}
        {!isKnown && (
          <a className="button is-quiet" href="#/edit/phones-it">
            {t('join.phonesIt')}
          </a>
        )}
      </div>
    </Page>
  )
}

/** Joins by the link that was opened, at once: opening it was the decision. */
function OpenedLink({ link }: { link: string }) {
  const { t } = useTranslation()
  const live = useLive()
  const { joinByText, asked } = useJoinByText()
  const errorText = useErrorText()
  const [problem, setProblem] = useState<string>()
  const hasBegun = useRef(false)
  useEffect(() => {
    if (!live.live || hasBegun.current) return
    hasBegun.current = true
    void joinByText(link).then(setProblem)
  }, [link, live.live, joinByText])
  if (problem !== undefined) return <Notice kind="warning" title={errorText(problem)} announce />
  if (asked !== false) return asked
  return <Notice kind="plain" icon="clock" title={t('join.checking')} announce />
}

/** On an iPhone the home screen's app has a memory of its own: install first, then use the link there. */
function InstallFirst(props: { link: string; onAnyway: () => void }) {
  const { t } = useTranslation()
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(props.link).then(
      () => setCopied(true),
      () => undefined,
    )
  }
  return (
    <Notice kind="info" icon="addToHome" title={t('join.iosTitle')}>
      <p>{t('join.iosText')}</p>
      <IosSteps />
      <input
        className="input"
        readOnly
        value={props.link}
        aria-label={t('join.paste')}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className="buttons">
        <button type="button" className="button is-main" onClick={() => void copy()}>
          {t(isCopied ? 'join.iosCopied' : 'join.iosCopy')}
        </button>
        <button type="button" className="button is-quiet" onClick={props.onAnyway}>
          {t('join.iosAnyway')}
        </button>
      </div>
    </Notice>
  )
}
