import type * as v from 'valibot'
import { contacts } from './contacts.ts'
import { department } from './department.ts'
import { exercise } from './exercise.ts'
import { form } from './form.ts'
import { organisation } from './organisation.ts'
import { phoneTree } from './phone-tree.ts'
import { plan } from './plan.ts'
import { rota } from './rota.ts'
import { routine } from './routine.ts'
import { situation } from './situation.ts'
import { systems } from './systems.ts'

/** The schema of each kind of document, by kind. */
export const documentSchemas = {
  organisation,
  systems,
  department,
  contacts,
  plan,
  routine,
  'phone-tree': phoneTree,
  form,
  exercise,
  situation,
  rota,
} as const
export type DocumentKind = keyof typeof documentSchemas
export const documentKinds = Object.keys(documentSchemas) as DocumentKind[]

export type BodyByKind = { [K in DocumentKind]: v.InferOutput<(typeof documentSchemas)[K]> }

/**
 * A document as it is published: which department it belongs to, its kind and id, and its body.
 * `organisation` and `systems` belong to `gemensamt`. Kinds of which a department has one
 * (organisation, systems, department, contacts) carry their kind as id.
 */
export type DocumentOf<K extends DocumentKind> = {
  department: string
  kind: K
  id: string
  body: BodyByKind[K]
}
export type PlanBDocument = { [K in DocumentKind]: DocumentOf<K> }[DocumentKind]

/** `department/kind/id`: the name of a document everywhere. */
export function documentName(document: { department: string; kind: string; id: string }): string {
  return `${document.department}/${document.kind}/${document.id}`
}

/** The department that every employee has, beside their own. */
export const commonDepartment = 'gemensamt'
