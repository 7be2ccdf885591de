import { useMemo, useState } from 'react'
import { indexDocuments, type DocumentIndex } from '#domain/resolve.ts'
import type { PlanBDocument } from '#domain/schema/document.ts'
import { ContactList } from '#app/documents/contacts-view.tsx'
import { ExerciseView } from '#app/documents/exercise-view.tsx'
import { FormView } from '#app/documents/form-view.tsx'
import { PhoneTreeView } from '#app/documents/phone-tree-view.tsx'
import { PlanView } from '#app/documents/plan-view.tsx'
import { RoutineView } from '#app/documents/routine-view.tsx'
import { SituationView } from '#app/documents/situation-view.tsx'
import { DocumentsContext } from '#app/documents/words.tsx'
import { useEditor } from '../editor-parts.ts'
import { useSpeech } from './use-speech.ts'
import { valueLines } from './value-text.ts'

/** A document as readers see it, among the documents of its own time; nothing can be ticked in it. */
export function DocumentBody(props: {
  document: PlanBDocument
  /** Those of its department at that time; those of other departments are as they are now. */
  among?: readonly PlanBDocument[]
}) {
  const { language } = useEditor().state.settings
  const { index } = useSpeech()
  const { document, among } = props
  const context = useMemo(() => {
    const own = among ?? [document]
    const others = index.documents.filter(
      (other) => among === undefined || other.department !== document.department,
    )
    return { index: indexDocuments([...others, ...own]), language }
  }, [among, document, index, language])
  return (
    <DocumentsContext value={context}>
      <Drawn document={document} index={context.index} />
    </DocumentsContext>
  )
}

function Drawn({ document, index }: { document: PlanBDocument; index: DocumentIndex }) {
  const speech = useSpeech()
  const [me, setMe] = useState<string>()
  switch (document.kind) {
    case 'routine':
      return <RoutineView document={document} occasion={nothingTicked} />
    case 'plan':
      return <PlanView document={document} />
    case 'form':
      return <FormView document={document} />
    case 'exercise':
      return <ExerciseView document={document} />
    case 'situation':
      return <SituationView document={document} />
    case 'phone-tree':
      return <PhoneTreeView document={document} me={me} onChooseMe={setMe} />
    case 'contacts':
      return <ContactList contacts={document.body.contacts} />
    default:
      return (
        <ul className="bullets" lang="sv">
          {valueLines(document.body, '', { ...speech, index }).map((line, at) => (
            <li key={at}>{line}</li>
          ))}
        </ul>
      )
  }
}

const nothingTicked = {
  occasion: undefined,
  isDone: () => false,
  onTick: () => undefined,
  onStartOver: () => undefined,
}
