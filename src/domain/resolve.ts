import type { Contact } from './schema/contacts.ts'
import {
  commonDepartment,
  documentName,
  type DocumentKind,
  type DocumentOf,
  type PlanBDocument,
} from './schema/document.ts'
import type { System } from './schema/systems.ts'

/** A contact with the name it is referred to by, `department/contact/id`. */
export interface NamedContact {
  name: string
  department: string
  contact: Contact
}

/** Documents by name, and what stands inside them. Of two with the same name, the later one. */
export interface DocumentIndex {
  readonly documents: readonly PlanBDocument[]
  /** The document of that name (`department/kind/id`), for contacts the document that holds it. */
  get(name: string): PlanBDocument | undefined
  /** The document at a name, when it is of that kind. */
  getOf<K extends DocumentKind>(kind: K, name: string): DocumentOf<K> | undefined
  /** Documents of a kind, of one department or of all, in the order they were given. */
  ofKind<K extends DocumentKind>(kind: K, department?: string): DocumentOf<K>[]
  /** The contact a reference (`department/contact/id`) points at. */
  contact(reference: string): NamedContact | undefined
  /** Contacts of one department or of all. */
  contacts(department?: string): NamedContact[]
  /** A system of the organisation's register. */
  system(id: string): System | undefined
  /** The department's own settings. */
  department(id: string): DocumentOf<'department'> | undefined
  /** Department ids in the order of the organisation, those it does not list after, by id. */
  departmentIds(): string[]
  organisation(): DocumentOf<'organisation'> | undefined
}

/** Makes an index of documents; cheap enough to make anew when documents change. */
export function indexDocuments(documents: readonly PlanBDocument[]): DocumentIndex {
  const documentsByName = new Map(documents.map((one) => [documentName(one), one]))
  const unique = [...documentsByName.values()]
  const contactsByName = new Map<string, NamedContact>()
  for (const one of unique) {
    if (one.kind !== 'contacts') continue
    for (const contact of one.body.contacts) {
      const name = `${one.department}/contact/${contact.id}`
      contactsByName.set(name, { name, department: one.department, contact })
    }
  }
  const systemsById = new Map<string, System>()
  const systems = documentsByName.get(`${commonDepartment}/systems/systems`)
  if (systems?.kind === 'systems') {
    for (const system of systems.body.systems) systemsById.set(system.id, system)
  }

  const index: DocumentIndex = {
    documents: unique,
    get(name) {
      const contact = contactsByName.get(name)
      return documentsByName.get(
        contact === undefined ? name : `${contact.department}/contacts/contacts`,
      )
    },
    getOf(kind, name) {
      const one = documentsByName.get(name)
      return one !== undefined && isOfKind(one, kind) ? one : undefined
    },
    ofKind(kind, department) {
      return unique
        .filter((one) => isOfKind(one, kind))
        .filter((one) => department === undefined || one.department === department)
    },
    contact: (reference) => contactsByName.get(reference),
    contacts: (department) =>
      [...contactsByName.values()].filter(
        (one) => department === undefined || one.department === department,
      ),
    system: (id) => systemsById.get(id),
    department: (id) => index.getOf('department', `${id}/department/department`),
    departmentIds() {
      const held = new Set(unique.map((one) => one.department))
      const listed = index.organisation()?.body.departments.filter((id) => held.has(id)) ?? []
      const rest = [...held].filter((id) => !listed.includes(id)).sort()
      return [...listed, ...rest]
    },
    organisation: () =>
      index.getOf('organisation', `${commonDepartment}/organisation/organisation`),
  }
  return index
}

function isOfKind<K extends DocumentKind>(
  one: PlanBDocument,
  kind: K,
): one is DocumentOf<K> & PlanBDocument {
  return one.kind === kind
}
