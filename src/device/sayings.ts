import { plainText } from '#domain/plain-text.ts'
import { commonDepartment } from '#domain/schema/document.ts'
import { longestReport, longestTitle } from '#journal/kinds.ts'
import { toBase64url } from '#trust/bytes.ts'
import { changeRecords } from './change-records.ts'
import type { DeviceContext } from './context.ts'
import { DeviceError } from './device-error.ts'
import { handledRecord, sayingRecord } from './journal-rows.ts'
import type { NewReport } from './journal-reader.ts'

/** Something a person has written for the other members of a department; as in sync/follow-device.ts. */
export interface Saying {
  id: string
  kind: 'report' | 'handled'
  body: object
  /** RFC 3339. */
  time: string
}

/** What waits to be told of one department: more is not taken, so that a slip fills no journal. */
const mostWaiting = 20

export function createSayings(context: DeviceContext, organisation: string) {
  const { connection } = context.organisation(organisation)

  async function say(
    department: string,
    saying: Omit<Saying, 'id' | 'time'>,
    mark?: string,
  ): Promise<'noted' | 'too-many'> {
    const id = toBase64url(crypto.getRandomValues(new Uint8Array(12)))
    const time = context.now().toISOString()
    const { kind } = saying
    const body = kind === 'report' ? { id, ...saying.body } : saying.body
    const [waits, marks] = [sayingRecord(department), handledRecord(department)]
    const outcome = await connection.write((database) =>
      changeRecords(database, [waits, marks], (values) => {
        const waiting = (values.get(waits) ?? []) as Saying[]
        if (waiting.length >= mostWaiting) return 'too-many'
        values.set(waits, [...waiting, { id, kind, body, time }])
        if (mark !== undefined) {
          const marked = ((values.get(marks) ?? []) as string[]).filter((hash) => hash !== mark)
          values.set(marks, [...marked, mark].slice(-mostMarks))
        }
        return 'noted'
      }),
    )
    if (outcome === 'noted') context.announce('journal')
    return outcome
  }

  return {
    report: async (department: string, report: NewReport) => {
      const text = plainText(report.text, longestReport)
      if (text === '') throw new DeviceError('not-usable', 'a report without words')
      const title = plainText(report.title ?? '', longestTitle)
      const { document } = report
      const body = { document, ...(title !== '' && { title }), text }
      const memberships = await connection.read((reader) => reader.all('memberships'))
      const members = memberships.filter((row) => row.department !== commonDepartment)
      // What all share has its members through the departments, and no journal of its own.
      const told = members.find((row) => row.department === department) ?? members[0]
      const isKnown = told && (told.department === department || department === commonDepartment)
      if (!isKnown) throw new DeviceError('unknown-name', `not a member of ${department}`)
      return say(told.department, { kind: 'report', body })
    },
    handle: (department: string, report: string) =>
      say(department, { kind: 'handled', body: { report } }, report),
  }
}

/** Reports that were seen to on this phone: far more than a journal holds at once. */
const mostMarks = 500
