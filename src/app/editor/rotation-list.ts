import type { Phone } from '#journal/phones.ts'
import type { Kid, PublicJwk } from '#trust/keys.ts'
import type { RotateOptions } from '#sync/manage/rotate.ts'
import type { StandingPhone } from './phone-standing.ts'

/** Who can come along to a new code, as the manager sees it. */
export interface RotationList<P extends StandingPhone = StandingPhone> {
  /** Phones that have told of themselves; those that have the code in force first. */
  phones: P[]
  /** Devices that a list of keys names and that have told nothing: nobody knows whose they are. */
  unknown: Kid[]
  /** Those ticked to begin with. */
  ticked: ReadonlySet<Kid>
  /** Those that cannot be unticked. */
  fixed: ReadonlySet<Kid>
}

/**
 * [M28] A phone comes along by itself when it has told of itself under the code in force. One that was left out
 * once, and one that somebody wrote into the list of keys, come along only when the manager ticks them.
 */
export function rotationList<P extends StandingPhone>(from: {
  phones: readonly P[]
  /** The list of keys of the epoch in force. */
  agreement: Readonly<Record<Kid, PublicJwk>>
  publishers: readonly Kid[]
  own: Kid
  wiped: readonly Kid[]
  /** [J28] Those that have said that they left. */
  left: readonly Kid[]
}): RotationList<P> {
  const isWiped = (device: Kid) => from.wiped.includes(device)
  const phones = from.phones
    .filter(({ device }) => !isWiped(device))
    .toSorted((a, b) => Number(a.isBehindCode) - Number(b.isBehindCode))
  const named = new Set([
    ...from.publishers,
    from.own,
    ...from.left,
    ...from.phones.map(({ device }) => device),
  ])
  const fixed = new Set([...from.publishers, from.own])
  const current = phones.filter(({ isBehindCode }) => !isBehindCode).map(({ device }) => device)
  return {
    phones,
    unknown: Object.keys(from.agreement).filter((device) => !named.has(device) && !isWiped(device)),
    ticked: new Set([...current, ...fixed]),
    fixed,
  }
}

/** What `rotate` is told, phones that we have known longest first. */
export function rotationChoice(
  list: RotationList,
  isTicked: (device: Kid) => boolean,
): Required<Pick<RotateOptions, 'leaveOut' | 'phones' | 'include'>> {
  const known = (phone: Phone) => Date.parse(phone.receivedAt ?? phone.joinedAt)
  const devices = [...list.phones.map(({ device }) => device), ...list.unknown]
  return {
    leaveOut: devices.filter((device) => !isTicked(device)),
    phones: Object.fromEntries(
      list.phones
        .filter(({ device }) => isTicked(device))
        .toSorted((a, b) => known(a) - known(b))
        .map(({ device, agreement }) => [device, agreement]),
    ),
    include: list.unknown.filter(isTicked),
  }
}
