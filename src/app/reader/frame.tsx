import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import { useLocation } from 'wouter'
import { Icon, type IconName } from '#app/ui/icon.tsx'
import { useLive } from '#app/ui/live.tsx'
import { Offers } from './offers.tsx'
import type { Place } from './place.ts'
import { useReader } from './reader-context.ts'
import { UndoToast } from './undo-toast.tsx'
import { usePageChange } from './use-page-change.ts'

/** What stands around every page: whose it is, what the phone wants to say, the four ways. */
export function Frame({ place, children }: { place: Place; children: ReactNode }) {
  const { t } = useTranslation()
  const { state } = useReader()
  const main = useRef<HTMLElement>(null)
  const live = useLive()
  const { language } = state.settings
  usePageChange()
  useEffect(() => {
    if (live.live) document.documentElement.lang = language
  }, [live.live, language])
  return (
    <div className="app" lang={language} data-scheme={state.settings.scheme}>
      <header>
        <a
          className="skip"
          href="#content"
          onClick={(event) => {
            // The hash is the address of the page: the skip link must not become it.
            event.preventDefault()
            main.current?.focus()
          }}
        >
          {t('frame.skip')}
        </a>
        {place.organisation?.example === true && (
          <p className="drill">
            <b>{t('frame.drill')}</b>, {t('frame.example')}
          </p>
        )}
      </header>
      <main id="content" ref={main} tabIndex={-1}>
        <Offers place={place} />
        {children}
      </main>
      <Bar place={place} />
      <UndoToast />
    </div>
  )
}

const ways: readonly {
  text: 'start' | 'routines' | 'call' | 'papers'
  icon: IconName
  path: string
  kind: string
  pages: RegExp
}[] = [
  { text: 'start', icon: 'home', path: '', kind: 'plain', pages: /^\/(d\/[^/]+)?$/ },
  {
    text: 'routines',
    icon: 'routine',
    path: '/routines',
    kind: 'routine',
    pages: /\/(routines?|plan|exercise|situation)(\/|$)/,
  },
  {
    text: 'call',
    icon: 'phone',
    path: '/phone-trees',
    kind: 'phone',
    pages: /\/(phone-trees?|contacts)(\/|$)/,
  },
  { text: 'papers', icon: 'paper', path: '/forms', kind: 'form', pages: /\/forms?(\/|$)/ },
]

function Bar({ place }: { place: Place }) {
  const { t } = useTranslation()
  const [path] = useLocation()
  if (place.shown.length === 0) return null
  return (
    <nav className="bar" aria-label={t('frame.menu')}>
      {ways.map((way) => (
        <a
          key={way.text}
          className={`kind-${way.kind}`}
          href={`#${way.path === '' ? place.home : place.lists + way.path}`}
          aria-current={way.pages.test(path) ? 'page' : undefined}
        >
          <Icon name={way.icon} />
          {t(`frame.${way.text}`)}
        </a>
      ))}
    </nav>
  )
}
