import type { Kid } from '#trust/keys.ts'
import type { VerifiedEntry } from './entry.ts'
import { readBody } from './kinds.ts'
import { phonesOf } from './phones.ts'

/** Something false that a store offered a device. Its last good plans stayed; this is for managers. */
export interface AlarmNote {
  device: Kid
  /** The device's label, where it has told one. */
  label?: string
  code: string
  store?: string
  detail?: string
  /** By the device's clock. */
  time: string
  n: number
  hash: string
}

/** [J24] What devices saw, latest first. */
export function alarmsOf(entries: readonly VerifiedEntry[]): AlarmNote[] {
  const labelByDevice = new Map(phonesOf(entries).map(({ device, label }) => [device, label]))
  const alarms: AlarmNote[] = []
  for (const entry of entries) {
    const alarm = readBody(entry, 'alarm')
    if (!alarm) continue
    const label = labelByDevice.get(entry.device)
    alarms.push({
      device: entry.device,
      ...(label !== undefined && { label }),
      code: alarm.code,
      ...(alarm.store !== undefined && { store: alarm.store }),
      ...(alarm.detail !== undefined && { detail: alarm.detail }),
      time: entry.time,
      n: entry.n,
      hash: entry.hash,
    })
  }
  return alarms.sort(
    (a, b) => Date.parse(b.time) - Date.parse(a.time) || (a.hash < b.hash ? -1 : 1),
  )
}
