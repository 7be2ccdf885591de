import { useMemo } from 'react'
import { Redirect, Route, Router, Switch, useLocation } from 'wouter'
import type { i18n as I18n } from 'i18next'
import { TranslationProvider } from '#app/ui/translation.tsx'
import { indexDocuments } from '#domain/resolve.ts'
import { DocumentsContext } from '#app/documents/words.tsx'
import { AddressContext, createLocationHook, type AddressSource } from '#app/ui/hash-location.ts'
import { LiveContext, type Live } from '#app/ui/live.tsx'
import type { EditorParts } from './editor/editor-parts.ts'
import { EditorRoute } from './editor-route.tsx'
import { DepartmentsScreen } from './reader/departments-screen.tsx'
import { DocumentScreen } from './reader/document-screen.tsx'
import { Frame } from './reader/frame.tsx'
import { JoinScreen } from './reader/join-screen.tsx'
import { CallScreen, ContactsScreen, PapersScreen, RoutinesScreen } from './reader/list-screens.tsx'
import { Later } from './reader/later.tsx'
import { NotFoundScreen } from './reader/not-found-screen.tsx'
import { placeOf, type Place } from './reader/place.ts'
import { ReaderContext, useReader, type Reader } from './reader/reader-context.ts'
import { ReadyScreen } from './reader/ready-screen.tsx'
import { StartScreen } from './reader/start-screen.tsx'

/** The whole reader for one state and address: on the screen, or drawn for the reading copy. */
export function App(props: {
  reader: Reader
  source: AddressSource
  i18n: I18n
  live: Live
  /** Only on the screen: pages of managers are no part of the reading copy. */
  editor?: EditorParts
}) {
  const hook = useMemo(() => createLocationHook(props.source), [props.source])
  return (
    <TranslationProvider i18n={props.i18n}>
      <LiveContext value={props.live}>
        <AddressContext value={props.source}>
          <ReaderContext value={props.reader}>
            <Router hook={hook}>
              <Placed editor={props.editor} />
            </Router>
          </ReaderContext>
        </AddressContext>
      </LiveContext>
    </TranslationProvider>
  )
}

/** Finds whose plans the address shows, and puts their documents at hand. */
function Placed({ editor }: { editor: EditorParts | undefined }) {
  const { state } = useReader()
  const [path] = useLocation()
  const place = placeOf(state.device, state.settings, path)
  const organisation = place.organisation?.id
  const { language } = state.settings
  const documents = useMemo(
    () => ({
      index: indexDocuments(
        state.device.departments
          .filter((each) => each.organisation === organisation)
          .flatMap((each) => each.release?.documents ?? []),
      ),
      language,
    }),
    [state.device, organisation, language],
  )
  return (
    <DocumentsContext value={documents}>
      <Frame place={place}>
        <Routes place={place} editor={editor} />
      </Frame>
    </DocumentsContext>
  )
}

function Routes({ place, editor }: { place: Place; editor: EditorParts | undefined }) {
  const { state } = useReader()
  const [path] = useLocation()
  // Start and search share their component, and so the field that is being typed in.
  if (path === '/' || path === '/search') return <StartScreen place={place} />
  if (/^\/edit(\/|$)/.test(path)) return <EditorRoute parts={editor} place={place} path={path} />
  const start = /^\/d\/([^/]+)$/.exec(path)?.[1]
  if (start !== undefined)
    return place.shown.some((each) => each.department === start) ? (
      <StartScreen place={place} />
    ) : (
      <NotFoundScreen place={place} />
    )
  return (
    <Switch>
      <Route path="/ready">
        <ReadyScreen place={place} />
      </Route>
      <Route path="/compare">
        <Later part="compare" place={place} />
      </Route>
      <Route path="/join/:payload?">
        <JoinScreen place={place} />
      </Route>
      <Route path="/restore/:payload?">
        <Later key={state.link?.text} part="restore" place={place} />
      </Route>
      <Route path="/departments">
        <DepartmentsScreen place={place} />
      </Route>
      <Route path={/^(?:\/d\/[^/]+)?\/routines$/}>
        <RoutinesScreen place={place} />
      </Route>
      <Route path={/^(?:\/d\/[^/]+)?\/phone-trees$/}>
        <CallScreen place={place} />
      </Route>
      <Route path={/^(?:\/d\/[^/]+)?\/forms$/}>
        <PapersScreen place={place} />
      </Route>
      <Route path={/^(?:\/d\/[^/]+)?\/contacts$/}>
        <ContactsScreen place={place} />
      </Route>
      <Route path="/d/:department/:kind/:id">
        {({ department, kind, id }) => (
          <DocumentScreen
            key={`${department}/${kind}/${id}`}
            name={`${department}/${kind}/${id}`}
            place={place}
          />
        )}
      </Route>
      <Route path="/index.html">
        <Redirect to="/" />
      </Route>
      <Route>
        <NotFoundScreen place={place} />
      </Route>
    </Switch>
  )
}
