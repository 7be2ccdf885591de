import type { RestorePayload } from '#trust/restore-payload.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { openAuthority } from './authority.ts'
import { createDrafts } from './drafts.ts'
import { openFollowSide } from './follow-side.ts'
import { createInvitations } from './invitations.ts'
import { createLabel } from './label.ts'
import { endAccess, leave } from './leave.ts'
import { createPublications } from './publications.ts'
import { readPublished } from './published.ts'
import { readJournal } from './read-journal.ts'
import { completeRestore, restore } from './restore.ts'
import { createSayings } from './sayings.ts'
import type { DeviceContext } from './context.ts'

export type Seldom = ReturnType<typeof createSeldom>

/**
 * What is asked of a phone seldom, or after the first round of sync: a part of its own, so that whoever opens
 * the app to read waits for none of it. The worker stores it with the rest.
 */
export function createSeldom(context: DeviceContext, caches: CacheStorage) {
  const of = (id: string) => context.organisation(id)
  return {
    leave: (id: string, department: string) => leave(context, caches, of(id), department),
    endAccess: (id: string) => endAccess(context, caches, of(id)),
    restore: (payload: RestorePayload, source: { base: string }) =>
      restore(context, payload, source),
    completeRestore: (id: string, root: VerifiedRoot) => completeRestore(context, of(id), root),
    authority: (id: string) => openAuthority(of(id), context.now()),
    follow: (id: string) => openFollowSide(context, of(id)),
    invitations: (id: string) => createInvitations(context, id),
    label: (id: string) => createLabel(context, id),
    drafts: (id: string) => createDrafts(context, id),
    publications: (id: string) => createPublications(context, id),
    published: (id: string) => readPublished(of(id)),
    told: (id: string) => readJournal(of(id), context.now()),
    sayings: (id: string) => createSayings(context, id),
  }
}
