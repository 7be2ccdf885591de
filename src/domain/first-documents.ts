import * as v from 'valibot'
import { documentSchemas, type PlanBDocument } from './schema/document.ts'

/** The least a department can hold: its settings and an empty list of contacts, to be filled by who publishes it. */
export function firstDocuments({ id, title }: { id: string; title: string }): PlanBDocument[] {
  return [
    {
      department: id,
      kind: 'department',
      id: 'department',
      body: v.parse(documentSchemas.department, { title, firstNumbers: [] }),
    },
    {
      department: id,
      kind: 'contacts',
      id: 'contacts',
      body: v.parse(documentSchemas.contacts, { title: 'Kontakter', contacts: [] }),
    },
  ]
}
