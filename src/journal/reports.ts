import type { Kid } from '#trust/keys.ts'
import type { VerifiedEntry } from './entry.ts'
import { readBody } from './kinds.ts'
import { phonesOf } from './phones.ts'

/** Something that a reader has found wrong in a plan, as they wrote it. */
export interface Report {
  /** Of the entry: names the report. */
  hash: string
  /** In whose journal it stands; another than the document's where that is of `gemensamt`. */
  department: string
  device: Kid
  /** What the phone is called, where it has told. */
  label?: string
  /** `department/kind/id` */
  document: string
  /** The document's title, as whoever reports saw it. */
  title?: string
  /** One plain line. */
  text: string
  /** By the phone's clock, or when we first had it, whichever is earlier. */
  time: string
  /** Whether a publisher has seen to it. */
  isHandled: boolean
}

/**
 * [J50] [J51] What readers have reported, newest first. What a device has told twice counts once.
 *
 * @param options.handlers devices of those who publish the department: what they have seen to is handled
 * @param options.receivedAt when an entry was first received here, by its hash
 */
export function reportsOf(
  entries: readonly VerifiedEntry[],
  options: { handlers: readonly Kid[]; receivedAt?: (hash: string) => string | undefined },
): Report[] {
  const labelByDevice = new Map(phonesOf(entries).map(({ device, label }) => [device, label]))
  const handled = handledReports(entries, options.handlers)
  const reportById = new Map<string, Report>()
  for (const entry of entries.toSorted((a, b) => a.n - b.n || (a.hash < b.hash ? -1 : 1))) {
    const report = readBody(entry, 'report')
    const place = `${entry.device} ${report?.id}`
    if (!report || reportById.has(place)) continue
    const { hash, department, device } = entry
    const label = labelByDevice.get(device)
    const received = options.receivedAt?.(hash)
    const isLate = received !== undefined && Date.parse(received) < Date.parse(entry.time)
    reportById.set(place, {
      hash,
      department,
      device,
      ...(label !== undefined && { label }),
      document: report.document,
      ...(report.title !== undefined && { title: report.title }),
      text: report.text,
      time: isLate ? received : entry.time,
      isHandled: handled.has(hash),
    })
  }
  return [...reportById.values()].sort(
    (a, b) => Date.parse(b.time) - Date.parse(a.time) || (a.hash < b.hash ? -1 : 1),
  )
}

/** [J51] From anybody but a publisher it is an entry like any other: nobody else takes a report out of sight. */
function handledReports(entries: readonly VerifiedEntry[], handlers: readonly Kid[]): Set<string> {
  const handled = new Set<string>()
  for (const entry of entries) {
    const body = handlers.includes(entry.device) ? readBody(entry, 'handled') : undefined
    if (body) handled.add(body.report)
  }
  return handled
}
