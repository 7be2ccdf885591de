import type { Phone } from '#journal/phones.ts'

/**
 * How a phone stands to the newest version.
 *
 * - `latest`: it has said that it holds it.
 * - `older`: what it last said that it holds is older.
 * - `none`: it has joined and never said that it holds anything.
 * - `wiped`: its access has been ended.
 */
export type Standing = 'latest' | 'older' | 'none' | 'wiped'

export interface StandingPhone extends Phone {
  standing: Standing
  /** Whole days since it was last heard of. */
  silentDays: number
  /** It has not come along to the code in force. */
  isBehindCode: boolean
}

/** [J21] Phones with how they stand, those that need somebody first. */
export function standingOf<P extends Phone>(
  phones: readonly P[],
  now: { gen: number; v: number; headHash: string; epoch: number; wiped: readonly string[] },
  at: Date,
): (P & StandingPhone)[] {
  return phones
    .map((phone): P & StandingPhone => {
      const { confirmed } = phone
      const heard = Date.parse(confirmed?.at ?? phone.joinedAt)
      const standing: Standing = now.wiped.includes(phone.device)
        ? 'wiped'
        : confirmed === undefined
          ? 'none'
          : confirmed.head === now.headHash ||
              confirmed.gen > now.gen ||
              (confirmed.gen === now.gen && confirmed.v >= now.v)
            ? 'latest'
            : 'older'
      return {
        ...phone,
        standing,
        silentDays: Math.max(0, Math.floor((at.getTime() - heard) / 86_400_000)),
        isBehindCode: phone.epoch < now.epoch,
      }
    })
    .sort((a, b) => order[a.standing] - order[b.standing] || b.silentDays - a.silentDays)
}

const order: Record<Standing, number> = { none: 0, older: 1, latest: 2, wiped: 3 }
