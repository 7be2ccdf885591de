import type { OrganisationContext } from './context.ts'
import type { RecordRow } from './rows.ts'

/** Name of the record that says which departments this phone could publish at some time. */
const publishedRecord = 'published'

/** [D5] Departments that this phone could publish at some time; whether it still may, the root says. */
export async function readPublished({ connection }: OrganisationContext): Promise<string[]> {
  const row = await connection.read((reader) => reader.get('records', publishedRecord))
  return (row?.value ?? []) as string[]
}

/** [D5] Remembers departments that this phone can publish now, so that it can be told when it no longer may. */
export async function notePublished(
  organisation: OrganisationContext,
  departments: readonly string[],
): Promise<void> {
  const held = await readPublished(organisation)
  if (departments.every((department) => held.includes(department))) return
  await organisation.connection.write((database) =>
    database.transaction('rw', ['records'], async () => {
      const row = (await database.table('records').get(publishedRecord)) as RecordRow | undefined
      const value = [...new Set([...((row?.value ?? []) as string[]), ...departments])]
      await database.table('records').put({ name: publishedRecord, value })
    }),
  )
}
