import { lazy, Suspense, useEffect, useMemo, useState, type ComponentType } from 'react'
import { EditorContext, type EditorProps, type EditorState } from './editor-parts.ts'
import { AddScreen } from './begin/add-screen.tsx'
import { BeginScreen } from './begin/begin-screen.tsx'
import { ApproveScreen } from './approve-screen.tsx'
import { CommonCodeScreen } from './common-code-screen.tsx'
import { EnrolScreen } from './enrol-screen.tsx'
import { HomeScreen } from './home-screen.tsx'
import { InviteScreen } from './invite-screen.tsx'
import { KeysScreen } from './keys-screen.tsx'
import { LawScreen } from './law/law-screen.tsx'
import { MirrorsScreen } from './mirrors-screen.tsx'
import { NoSuchScreen } from './no-such-screen.tsx'
import { PhonesItScreen } from './phones-it-screen.tsx'
import { PosterScreen } from './poster-screen.tsx'
import { PeopleScreen } from './people-screen.tsx'
import { PhonesScreen } from './phones-screen.tsx'
import { ReplaceKeyScreen } from './replace-key-screen.tsx'
import { TriedScreen } from './tried-screen.tsx'
import { DueScreen } from './publish/due-screen.tsx'
import { HistoryScreen } from './publish/history-screen.tsx'
import { OverviewScreen } from './publish/overview-screen.tsx'
import { PublishScreen } from './publish/publish-screen.tsx'
import { adoptPublishStyles } from './publish/publish-styles.ts'
import { ReportsScreen } from './publish/reports-screen.tsx'
import { SituationScreen } from './publish/situation-screen.tsx'
import { VersionScreen } from './publish/version-screen.tsx'
import { adoptStyles } from './styles.ts'
import { useHeldFocus } from './use-held-focus.ts'
import { loadTexts } from './use-text.ts'
import { DepartmentScreen } from './write/department-screen.tsx'
import { NewScreen } from './write/new-screen.tsx'
import { WriteScreen } from './write/write-screen.tsx'

/** For main.tsx: what waits to be published goes on although none of these screens is opened. */
export { queueOf } from './publish/start-queue.ts'

/** What a screen is given: the parts of the address in the brackets of its pattern. */
export interface ScreenProps {
  parts: string[]
}

const FilesScreen = lazy(() => import('./files/editor-files.tsx'))

/** Every address below `#/edit` and its screen. The first that fits. */
const screens: readonly [RegExp, ComponentType<ScreenProps>][] = [
  [/^\/edit$/, HomeScreen],
  [/^\/edit\/enrol$/, EnrolScreen],
  [/^\/edit\/begin$/, BeginScreen],
  [/^\/edit\/departments\/add$/, AddScreen],
  [/^\/edit\/law(?:\/([\w-]+))?$/, LawScreen],
  [/^\/edit\/approve(?:\/(.+))?$/, ApproveScreen],
  [/^\/edit\/people$/, PeopleScreen],
  [/^\/edit\/phones\/([^/]+)$/, PhonesScreen],
  [/^\/edit\/common$/, CommonCodeScreen],
  [/^\/edit\/tried$/, TriedScreen],
  [/^\/edit\/files$/, FilesScreen],
  [/^\/edit\/keys$/, KeysScreen],
  [/^\/edit\/keys\/replace\/([\w-]+)$/, ReplaceKeyScreen],
  [/^\/edit\/mirrors$/, MirrorsScreen],
  [/^\/edit\/invite\/([^/]+)(?:\/([^/]+))?$/, InviteScreen],
  [/^\/edit\/poster\/([^/]+)\/([^/]+)$/, PosterScreen],
  [/^\/edit\/d\/([^/]+)$/, DepartmentScreen],
  [/^\/edit\/d\/([^/]+)\/([^/]+)\/([^/]+)$/, WriteScreen],
  [/^\/edit\/new\/([^/]+)\/([^/]+)$/, NewScreen],
  [/^\/edit\/situation$/, SituationScreen],
  [/^\/edit\/publish\/([^/]+)$/, PublishScreen],
  [/^\/edit\/overview$/, OverviewScreen],
  [/^\/edit\/due\/([^/]+)$/, DueScreen],
  [/^\/edit\/reports\/([^/]+)$/, ReportsScreen],
  [/^\/edit\/history\/([^/]+)$/, HistoryScreen],
  [/^\/edit\/history\/([^/]+)\/([^/]+)$/, VersionScreen],
  [/^\/edit\/phones-it(?:\/([^/]+)\/([^/]+))?$/, PhonesItScreen],
]

/** The screens of managers and the coordinator. Loaded when somebody goes there, not before. */
export default function Editor(props: EditorProps) {
  const { parts, state, home, path } = props
  const { language } = state.settings
  const [ready, setReady] = useState<string>()
  useEffect(() => {
    adoptStyles()
    adoptPublishStyles()
    void loadTexts(parts.i18n).then(() => setReady(language))
  }, [parts.i18n, language])
  useEffect(() => {
    // The page came later than the address: the focus had no title to go to.
    if (ready === undefined || document.activeElement !== document.body) return
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
  }, [ready])
  useHeldFocus()
  const organisation = organisationOf(state, props.organisation)
  const view = useMemo(
    () => ({ ...parts, state, organisation, home }),
    [parts, state, organisation, home],
  )
  if (ready === undefined) return null
  for (const [pattern, Screen] of screens) {
    const match = pattern.exec(path)
    if (match !== null)
      return (
        <EditorContext value={view}>
          <Suspense>
            <Screen key={path} parts={match.slice(1).map((part) => part ?? '')} />
          </Suspense>
        </EditorContext>
      )
  }
  return (
    <EditorContext value={view}>
      <NoSuchScreen />
    </EditorContext>
  )
}

/** The one looked at, unless this phone has a role in another one only. */
function organisationOf({ device }: EditorState, looked: string | undefined) {
  const id = device.roles.some((role) => role.organisation === looked)
    ? looked
    : (device.roles[0]?.organisation ?? looked)
  return device.organisations.find((each) => each.id === id)
}
