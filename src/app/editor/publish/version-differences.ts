import { documentName, type PlanBDocument } from '#domain/schema/document.ts'
import { differences } from './differences.ts'

/** A document that is not the same in two versions. */
export interface VersionDifference {
  name: string
  title: string
  change: 'added' | 'changed' | 'removed'
  before?: unknown
  after?: unknown
}

/** What differs from one version's documents to another's, in the order of the later. */
export function versionDifferences(
  before: readonly PlanBDocument[],
  after: readonly PlanBDocument[],
): VersionDifference[] {
  const old = new Map(before.map((document) => [documentName(document), document]))
  const now = new Map(after.map((document) => [documentName(document), document]))
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((name): VersionDifference[] => {
    const [was, is] = [old.get(name), now.get(name)]
    const shown = is ?? was
    if (shown === undefined) return []
    const title = 'title' in shown.body ? shown.body.title : shown.id
    if (was === undefined) return [{ name, title, change: 'added', after: is?.body }]
    if (is === undefined) return [{ name, title, change: 'removed', before: was.body }]
    if (differences(was.body, is.body).length === 0) return []
    return [{ name, title, change: 'changed', before: was.body, after: is.body }]
  })
}
