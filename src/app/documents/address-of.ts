import { commonDepartment, type PlanBDocument } from '#domain/schema/document.ts'

/** The address of a page from a reference or a document's name; contacts stand on one page. */
export function addressOf(name: string): string {
  const [department = '', kind = '', id = ''] = name.split('/')
  if (kind === 'contact' || kind === 'contacts') return `#/d/${department}/contacts`
  if (kind === 'department') return `#/d/${department}`
  if (kind === 'organisation' || kind === 'systems') return `#/d/${commonDepartment}`
  return `#/d/${department}/${kind}/${id}`
}

/** The field that holds the name a person knows a document by. */
export function nameField(document: PlanBDocument): 'name' | 'title' {
  return document.kind === 'routine' ? 'name' : 'title'
}
