import type { DocumentKind } from '#domain/schema/document.ts'

/** The kinds in the order in which somebody who writes looks for them. */
export const kindOrder: readonly DocumentKind[] = [
  'routine',
  'plan',
  'phone-tree',
  'contacts',
  'form',
  'exercise',
  'situation',
  'rota',
  'department',
  'systems',
  'organisation',
]
