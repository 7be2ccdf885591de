import type { DeviceContext } from './context.ts'
import type { RecordRow } from './rows.ts'

/** An invitation made on this phone. Without the key: the code is made anew from the key that is held. */
export interface NotedInvitation {
  /** 8 characters of base64url, in the invitation and in what phones say of themselves. */
  id: string
  /** RFC 3339. */
  made: string
  /** The epoch whose key it hands over: when the department has a later one, it has ended. */
  epoch: number
  /** Where it is used, in the maker's words. */
  place?: string
}

export interface InvitationKeeper {
  /** Newest first; none when the database does not answer. */
  list(department: string): Promise<NotedInvitation[]>
  /** @throws DeviceError full, read-only */
  note(department: string, invitation: NotedInvitation): Promise<void>
}

/** Notes the invitations made on this phone, so that a manager later knows which phones came by which. */
export function createInvitations(context: DeviceContext, organisation: string): InvitationKeeper {
  const nameOf = (department: string) => `invitations/${department}`
  return {
    list: async (department) => {
      const row = await context
        .organisation(organisation)
        .connection.read((reader) => reader.get('records', nameOf(department)))
        .catch(() => undefined)
      const noted = (row?.value ?? []) as NotedInvitation[]
      return [...noted].sort((a, b) => (a.made < b.made ? 1 : -1))
    },
    note: async (department, invitation) => {
      const name = nameOf(department)
      await context.organisation(organisation).connection.write((database) =>
        database.transaction('rw', ['records'], async () => {
          const row = (await database.table('records').get(name)) as RecordRow | undefined
          const others = ((row?.value ?? []) as NotedInvitation[]).filter(
            ({ id }) => id !== invitation.id,
          )
          await database.table('records').put({ name, value: [...others, invitation] })
        }),
      )
    },
  }
}
