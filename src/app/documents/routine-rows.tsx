import { documentName, type DocumentOf, type PlanBDocument } from '#domain/schema/document.ts'
import { Row, type RowKind } from '#app/ui/row.tsx'
import { addressOf } from './address-of.ts'
import { DocumentName } from './step-list.tsx'
import { useDocuments, Words } from './words.tsx'

/** Routines to open, by the name people use, each with what it is for. */
export function RoutineRows(props: {
  routines: readonly DocumentOf<'routine'>[]
  /** Says whose each is: where several departments are shown together. */
  showDepartment?: boolean
}) {
  const { index } = useDocuments()
  return (
    <ul className="card rows">
      {props.routines.map((routine) => {
        const department = index.department(routine.department)
        return (
          <li key={documentName(routine)}>
            <Row
              href={addressOf(documentName(routine))}
              kind="routine"
              title={<Words of={routine.body} field="name" />}
              under={
                <>
                  <Words of={routine.body} field="summary" />
                  {props.showDepartment === true && department !== undefined && (
                    <span className="whose">
                      {' '}
                      <Words of={department.body} field="title" />
                    </span>
                  )}
                </>
              }
            />
          </li>
        )
      })}
    </ul>
  )
}

/** Any documents to open, by name. */
export function DocumentRows(props: { documents: readonly PlanBDocument[] }) {
  return (
    <ul className="card rows">
      {props.documents.map((document) => (
        <li key={documentName(document)}>
          <Row
            href={addressOf(documentName(document))}
            kind={rowKindOf(document.kind)}
            title={<DocumentName document={document} />}
          />
        </li>
      ))}
    </ul>
  )
}

export function rowKindOf(kind: string): RowKind {
  if (kind === 'routine' || kind === 'plan') return 'routine'
  if (kind === 'phone-tree' || kind === 'contact' || kind === 'contacts') return 'phone'
  return kind === 'form' ? 'form' : 'plain'
}
