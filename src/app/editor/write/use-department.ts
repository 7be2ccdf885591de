import { useMemo } from 'react'
import type { Draft } from '#device/drafts.ts'
import type { DepartmentState } from '#device/device-state.ts'
import type { EditedDocument } from '#domain/edit/find-references.ts'
import { indexDocuments, type DocumentIndex } from '#domain/resolve.ts'
import {
  commonDepartment,
  documentKinds,
  documentName,
  type DocumentKind,
  type PlanBDocument,
} from '#domain/schema/document.ts'
import { validateDocument } from '#domain/validate-document.ts'
import { useEditor } from '../editor-parts.ts'
import { useLoaded } from '../use-loaded.ts'
import { mendBody } from './mend-body.ts'

/** A department as it is written: what is published, with every draft in its place. */
export interface WrittenDepartment {
  drafts: readonly Draft[]
  /** The drafts have been read from the phone. */
  isRead: boolean
  /** Its documents and the common ones. A draft that does not fit its schema yet stands as it is. */
  documents: readonly PlanBDocument[]
  /** The same as they are written, to be checked: bodies need not fit their schema. */
  edited: readonly EditedDocument[]
  index: DocumentIndex
  held: DepartmentState | undefined
}

export function useDepartment(department: string): WrittenDepartment {
  const { state, organisation } = useEditor()
  const id = organisation?.id
  const { value, isRead } = useLoaded(async ({ device }) =>
    id === undefined ? [] : device.drafts(id).list(),
  )
  return useMemo(() => {
    const own = state.device.departments.filter((each) => each.organisation === id)
    const wanted = own.filter((each) => [department, commonDepartment].includes(each.department))
    const published = wanted.flatMap((each) => each.release?.documents ?? [])
    const drafts = (value ?? []).filter(({ name }) => {
      const of = name.split('/')[0]
      return of === department || of === commonDepartment
    })
    const documents = withDrafts(published, drafts)
    return {
      drafts: drafts.filter(({ name }) => name.startsWith(`${department}/`)),
      isRead,
      documents,
      edited: withEdited(published, drafts),
      index: indexDocuments(documents),
      held: own.find((each) => each.department === department),
    }
  }, [state.device, id, value, isRead, department])
}

/** Documents with drafts in their place: changed, added, taken out. */
export function withDrafts(
  published: readonly PlanBDocument[],
  drafts: readonly Pick<Draft, 'name' | 'body'>[],
): PlanBDocument[] {
  const byName = new Map(published.map((each) => [documentName(each), each]))
  for (const { name, body } of drafts) {
    const drafted = body === undefined ? undefined : asDocument(name, body)
    if (drafted === undefined) byName.delete(name)
    else byName.set(name, drafted)
  }
  return [...byName.values()]
}

/** The same with bodies as they stand, for checks. */
export function withEdited(
  published: readonly EditedDocument[],
  drafts: readonly Pick<Draft, 'name' | 'body'>[],
): EditedDocument[] {
  const byName = new Map(published.map((each) => [documentName(each), each]))
  for (const { name, body } of drafts) {
    const [department = '', kind = '', id = ''] = name.split('/')
    if (body === undefined) byName.delete(name)
    else byName.set(name, { department, kind, id, body })
  }
  return [...byName.values()]
}

/**
 * A body as a document that others may refer to, also while it does not fit its schema yet; undefined where
 * it cannot be made to look like one.
 */
export function asDocument(name: string, body: unknown): PlanBDocument | undefined {
  const [department = '', kind = '', id = ''] = name.split('/')
  if (!isKind(kind)) return undefined
  const valid = validateDocument({ department, kind, id, body })
  if (valid.ok) return valid.document
  const mended = validateDocument({ department, kind, id, body: mendBody({ department, kind, id }, body) }) // prettier-ignore
  return mended.ok ? mended.document : undefined
}

export function isKind(kind: string): kind is DocumentKind {
  return (documentKinds as readonly string[]).includes(kind)
}
