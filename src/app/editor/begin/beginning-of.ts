import { commonDepartment, type PlanBDocument } from '#domain/schema/document.ts'
import type { Draft } from '#device/drafts.ts'
import type { VerifiedRoot } from '#trust/root.ts'

export interface DepartmentBeginning {
  id: string
  title: string
  /** Any routine, published or being written. */
  hasContent: boolean
  drafts: number
  /** Contacts, and places of phone trees, that nobody can call yet. */
  withoutNumber: number
  placesWithoutNumber: number
}

/** How far a new organisation has come. */
export interface Beginning {
  /** The organisation's, where its document is there. */
  title: string | undefined
  systems: number
  common: DepartmentBeginning
  departments: DepartmentBeginning[]
  /** Approved by the coordinator: who publishes and was not there when it was made. */
  managers: number
  phones: number
}

/** What is published, with what is being written in its place. */
export function beginningOf(from: {
  root: Pick<VerifiedRoot, 'departments'>
  documents: readonly PlanBDocument[]
  drafts: readonly Draft[]
  /** Besides one's own. */
  phones: number
}): Beginning {
  const { root, drafts } = from
  const bodyByName = new Map<string, unknown>(
    from.documents.map(({ department, kind, id, body }) => [`${department}/${kind}/${id}`, body]),
  )
  for (const { name, body } of drafts) {
    if (body === undefined) bodyByName.delete(name)
    else bodyByName.set(name, body)
  }
  const one = (id: string): DepartmentBeginning => {
    const names = [...bodyByName.keys()].filter((name) => name.startsWith(`${id}/`))
    const list = (kind: string, field: string) =>
      names
        .filter((name) => name.split('/')[1] === kind)
        .flatMap((name) => entriesOf(bodyByName.get(name), field))
    return {
      id,
      title: root.departments[id]?.title ?? id,
      hasContent: names.some((name) => name.split('/')[1] === 'routine'),
      drafts: drafts.filter(({ name }) => name.startsWith(`${id}/`)).length,
      withoutNumber: list('contacts', 'contacts').filter(({ number }) => isNone(number)).length,
      placesWithoutNumber: list('phone-tree', 'positions').filter(
        ({ number, contact }) => isNone(number) && isNone(contact),
      ).length,
    }
  }
  const organisation = bodyByName.get('gemensamt/organisation/organisation')
  const title = (organisation as { title?: unknown } | undefined)?.title
  const ids = Object.keys(root.departments).filter((id) => id !== commonDepartment)
  const publishers = new Set(ids.flatMap((id) => root.departments[id]?.publish.slice(1) ?? []))
  return {
    title: typeof title === 'string' && title !== '' ? title : undefined,
    systems: entriesOf(bodyByName.get('gemensamt/systems/systems'), 'systems').length,
    common: one(commonDepartment),
    departments: ids.map(one),
    managers: publishers.size,
    phones: from.phones,
  }
}

function entriesOf(body: unknown, field: string): Record<string, unknown>[] {
  const entries = (body as Record<string, unknown> | undefined)?.[field]
  return Array.isArray(entries)
    ? entries.filter((entry) => typeof entry === 'object' && entry !== null)
    : []
}

function isNone(value: unknown): boolean {
  return typeof value !== 'string' || value.trim() === ''
}
