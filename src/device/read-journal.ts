import { alarmsOf } from '#journal/alarms.ts'
import { mergeEntries } from '#journal/merge-entries.ts'
import { openEntries } from '#journal/open-entries.ts'
import { leftOf, phonesOf, type PhonesOptions } from '#journal/phones.ts'
import { commonDepartment } from '#domain/schema/document.ts'
import { reportsOf, type Report } from '#journal/reports.ts'
import { ownValue } from '#trust/json.ts'
import { identityRecord, type DeviceIdentity } from './device-identity.ts'
import { entryRecord, handledRecord, type EntryRow } from './journal-rows.ts'
import { highestRoot, loadRoots } from './load-roots.ts'
import { notesRecord, type DeviceNote } from './sync-side.ts'
import type { OrganisationContext } from './context.ts'
import type { Tried } from './journal-reader.ts'

/** What was brought of an organisation's journals, read from the phone. */
export async function readJournal(organisation: OrganisationContext, now: Date) {
  const { connection, id } = organisation
  const [records, roots] = await connection.read((reader) =>
    Promise.all([reader.all('records'), loadRoots(reader, id)]),
  )
  const root = highestRoot(roots)
  const rowsOf = (department: string) =>
    records
      .filter(({ name }) => name.startsWith(entryRecord(department)))
      .map(({ value }) => value as EntryRow)
  const receivedAtOf = (rows: readonly EntryRow[]) => {
    const receivedAtByHash = new Map(rows.map(({ entry, receivedAt }) => [entry.hash, receivedAt]))
    return (hash: string) => receivedAtByHash.get(hash)
  }
  const entries = (department: string) => {
    const all = mergeEntries(
      [],
      rowsOf(department).map(({ entry }) => entry),
    )
    const named = root && ownValue(root.departments, department)
    return openEntries(all, { closers: named ? [...named.publish, ...named.start] : [] })
  }
  const alarms = (department: string): Tried[] =>
    alarmsOf(entries(department)).map(({ device, label, code, store, detail, time }) => ({
      code,
      at: time,
      department,
      device,
      ...(label !== undefined && { label }),
      ...(store !== undefined && { store }),
      ...(detail !== undefined && { detail }),
    }))
  const reportsIn = (department: string): Report[] => {
    const marked = records.find(({ name }) => name === handledRecord(department))?.value
    const own = new Set((marked ?? []) as string[])
    const handlers = (root && ownValue(root.departments, department))?.publish ?? []
    const receivedAt = receivedAtOf(rowsOf(department))
    return reportsOf(entries(department), { handlers, receivedAt }).map((report) =>
      own.has(report.hash) ? { ...report, isHandled: true } : report,
    )
  }
  return {
    reports: (department: string): Report[] => {
      if (department !== commonDepartment) return reportsIn(department)
      return Object.keys(root?.departments ?? {})
        .flatMap(reportsIn)
        .filter(({ document }) => document.startsWith(`${commonDepartment}/`))
        .sort((a, b) => Date.parse(b.time) - Date.parse(a.time))
    },
    phones: (department: string, newest?: PhonesOptions['newest']) =>
      phonesOf(entries(department), {
        receivedAt: receivedAtOf(rowsOf(department)),
        now,
        newest,
      }),
    left: (department: string) => leftOf(entries(department)),
    alarms,
    entries,
    tried: (): Tried[] => {
      const row = records.find(({ name }) => name === notesRecord)
      const own = (row?.value ?? []) as DeviceNote[]
      const identity = records.find(({ name }) => name === identityRecord)
      const self = (identity?.value as DeviceIdentity | undefined)?.device
      // What this phone has told the others stands among its own notes already.
      const told = Object.keys(root?.departments ?? {})
        .flatMap(alarms)
        .filter(({ device }) => device !== self)
      return [...own, ...told].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
    },
  }
}
