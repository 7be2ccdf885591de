import { useTranslation } from '#app/ui/translation.tsx'
import { documentName, type DocumentKind, type PlanBDocument } from '#domain/schema/document.ts'
import { ExerciseView } from '#app/documents/exercise-view.tsx'
import { FormView } from '#app/documents/form-view.tsx'
import { PhoneTreeView } from '#app/documents/phone-tree-view.tsx'
import { OnlySwedish } from '#app/documents/only-swedish.tsx'
import { PlanView } from '#app/documents/plan-view.tsx'
import { RoutineView } from '#app/documents/routine-view.tsx'
import { SituationView } from '#app/documents/situation-view.tsx'
import { translatedText } from '#app/documents/translated-text.ts'
import { useDocuments, Words } from '#app/documents/words.tsx'
import { useGo, useSearchPart } from '#app/ui/hash-location.ts'
import { useLive } from '#app/ui/live.tsx'
import { plainText } from '#app/ui/parse-inline.ts'
import { placeName } from './department-switcher.tsx'
import { Page } from '#app/ui/page.tsx'
import { NotFoundScreen } from './not-found-screen.tsx'
import { openOccasion } from './occasion-ticks.ts'
import type { Place } from './place.ts'
import { useReader } from './reader-context.ts'
import { PrintLine } from './print-line.tsx'
import { ReportLink } from './report-link.tsx'
import { PrintTool, RoutineTools } from './routine-tools.tsx'

/** The page of one document: found by name, drawn by its kind. */
export function DocumentScreen(props: { name: string; place: Place }) {
  const { t } = useTranslation()
  const { index, language } = useDocuments()
  const document = index.get(props.name)
  if (document === undefined || documentName(document) !== props.name)
    return <NotFoundScreen place={props.place} />
  const body = document.body
  const name = plainText(translatedText(body, 'title', language).text)
  return (
    <Page
      name={name}
      title={<Words of={body as { title: string }} field="title" />}
      back={backFrom(document.kind, props.place, t('start.together'), {
        call: t('frame.call'),
        papers: t('frame.papers'),
        routines: t('frame.routines'),
      })}
      lead={leadOf(document)}
      after={
        <>
          <PrintLine department={document.department} name={name} place={props.place} />
          <OnlySwedish document={document} />
          <EditLink document={document} place={props.place} />
        </>
      }
      tools={toolsOf(document)}
    >
      <DocumentBody document={document} place={props.place} />
      <ReportLink place={props.place} />
    </Page>
  )
}

/** The way to change it, for who publishes it. No part of the reading copy: a copy is read by anybody. */
function EditLink({ document, place }: { document: PlanBDocument; place: Place }) {
  const { t } = useTranslation()
  const { state } = useReader()
  const mayEdit = state.device.roles.some(
    (role) =>
      role.organisation === place.organisation?.id &&
      role.departments.includes(document.department),
  )
  if (!useLive().live || !mayEdit) return null
  return (
    <a className="back" href={`#/edit/d/${documentName(document)}`}>
      {t('edit.page')}
    </a>
  )
}

function DocumentBody({ document, place }: { document: PlanBDocument; place: Place }) {
  const occasion = useOccasion(documentName(document), place.organisation?.id)
  const search = useSearchPart()
  const go = useGo()
  switch (document.kind) {
    case 'routine':
      return <RoutineView document={document} occasion={occasion} />
    case 'plan':
      return <PlanView document={document} />
    case 'form':
      return <FormView document={document} />
    case 'exercise':
      return <ExerciseView document={document} />
    case 'situation':
      return <SituationView document={document} />
    case 'phone-tree': {
      const path = `/d/${document.department}/phone-tree/${document.id}`
      return (
        <PhoneTreeView
          document={document}
          me={new URLSearchParams(search).get('me') ?? undefined}
          onChooseMe={(me) =>
            go(me === undefined ? path : `${path}?${new URLSearchParams({ me }).toString()}`, {
              replace: true,
            })
          }
        />
      )
    }
    default:
      return <NotFoundScreen place={place} />
  }
}

/** Ticks of the occasion that is under way for a document; the first tick begins one. */
function useOccasion(name: string, organisation: string | undefined) {
  const { state, actions } = useReader()
  const occasion = openOccasion(state.occasions, name, organisation)
  return {
    occasion,
    isDone: (key: string) => occasion?.ticks.includes(key) ?? false,
    onTick: (key: string, done: boolean) =>
      void actions.tick({ name, organisation, step: key, done }),
    onStartOver: () => {
      if (occasion !== undefined) void actions.startOver(occasion.id)
    },
  }
}

function toolsOf(document: PlanBDocument) {
  if (document.kind === 'routine') return <RoutineTools routine={document.body} />
  return (
    <div className="tools" data-needs-script="">
      <PrintTool />
    </div>
  )
}

function leadOf(document: PlanBDocument) {
  switch (document.kind) {
    case 'routine':
      return <Words of={document.body} field="for" />
    case 'form':
      return document.body.summary === undefined ? undefined : (
        <Words of={document.body} field="summary" />
      )
    case 'phone-tree':
      return document.body.hours === undefined ? undefined : (
        <Words of={document.body} field="hours" />
      )
    default:
      return undefined
  }
}

function backFrom(
  kind: DocumentKind,
  place: Place,
  several: string,
  text: { call: string; papers: string; routines: string },
) {
  if (kind === 'phone-tree') return { href: `#${place.lists}/phone-trees`, text: text.call }
  if (kind === 'form') return { href: `#${place.lists}/forms`, text: text.papers }
  if (kind === 'plan' || kind === 'exercise')
    return { href: `#${place.lists}/routines`, text: text.routines }
  return { href: `#${place.home}`, text: <span lang="sv">{placeName(place, several)}</span> }
}
