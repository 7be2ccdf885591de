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

/** A page: its title, the way back, and what is on it. Moves the focus to the title on arrival. */
export function Page(props: {
  title: ReactNode
  /** The title as plain text, for the window and the list of pages. */
  name: string
  back?: { href: string; text: ReactNode }
  lead?: ReactNode
  /** Beside the way back. */
  tools?: ReactNode
  /** After the title. */
  after?: ReactNode
  children: ReactNode
}) {
  const live = useLive()
  useEffect(() => {
    if (live.live) document.title = windowTitle(props.name)
  }, [live.live, props.name])
  return (
    <div data-page={props.name}>
      <header className="page-head">
        {(props.back !== undefined || props.tools !== undefined) && (
          <div className="page-ways">
            {props.back !== undefined && (
              <a className="back" href={props.back.href}>
                <Icon name="back" />
                <span>{props.back.text}</span>
              </a>
            )}
            {props.tools}
          </div>
        )}
        <h1 tabIndex={-1}>{props.title}</h1>
        {props.lead !== undefined && <p className="lead">{props.lead}</p>}
        {props.after}
      </header>
      {props.children}
    </div>
  )
}

export function windowTitle(name: string): string {
  return name === '' ? 'Plan B' : `${name} · Plan B`
}
