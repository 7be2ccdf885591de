import type { Draft } from '#device/drafts.ts'
import type { PlanBDocument } from '#domain/schema/document.ts'
import { mergeDrafts } from '#release/merge.ts'
import { differences } from './differences.ts'

/** One draft beside what is published. */
export interface DraftedDocument {
  name: string
  kind: string
  title: string
  draft: Draft
  /** As published; absent: a new document. */
  before?: unknown
  /** As it will be, with what others have published meanwhile; absent: it goes. */
  after?: unknown
  change: 'added' | 'changed' | 'removed' | 'same'
}

/** Drafts as they will be once they are merged with what is published now, in the order they were begun. */
export function draftedDocuments(
  published: readonly PlanBDocument[],
  drafts: readonly Draft[],
): DraftedDocument[] {
  return drafts.map((draft) => {
    const { name } = draft
    const [department = '', kind = '', id = ''] = name.split('/')
    const isThis = (one: { department: string; kind: string; id: string }) =>
      one.department === department && one.kind === kind && one.id === id
    const before = published.find(isThis)?.body
    const after = mergeDrafts(published, [draft]).documents.find(isThis)?.body
    const change =
      before === undefined
        ? after === undefined
          ? 'same'
          : 'added'
        : after === undefined
          ? 'removed'
          : differences(before, after).length === 0
            ? 'same'
            : 'changed'
    return {
      name,
      kind,
      title: titleOf(after) ?? titleOf(before) ?? id,
      draft,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      change,
    }
  })
}

function titleOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('title' in body)) return undefined
  return typeof body.title === 'string' && body.title.trim() !== '' ? body.title : undefined
}
