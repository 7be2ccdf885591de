import { beforeEach, describe, expect, it } from 'vitest'
import { createSchedule, type Schedule } from './schedule.ts'
import type { SyncReason } from './sync.ts'

/** Time that stands still until it is told to go on. */
function createTime() {
  let now = Date.parse('2026-03-12T08:00:00Z')
  let timers: { at: number; run: () => void }[] = []
  return {
    clock: {
      now: () => new Date(now),
      after: (ms: number, run: () => void) => {
        const timer = { at: now + ms, run }
        timers.push(timer)
        return () => (timers = timers.filter((other) => other !== timer))
      },
    },
    go(ms: number) {
      const end = now + ms
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        timers = timers.filter((other) => other !== next)
        now = Math.max(now, next.at)
        next.run()
      }
      now = end
    },
    setClock: (at: string) => (now = Date.parse(at)),
  }
}

let time: ReturnType<typeof createTime>
let ran: { reason: SyncReason; at: number }[]
let isVisible: boolean
let changed: () => void
let schedule: Schedule
let outcome: { isUnreachable: boolean; isIncomplete: boolean; retryAfterMs: number }

beforeEach(() => {
  time = createTime()
  ran = []
  isVisible = true
  outcome = { isUnreachable: false, isIncomplete: false, retryAfterMs: 0 }
  const from = time.clock.now().getTime()
  schedule = createSchedule({
    clock: time.clock,
    random: () => 0.5,
    visibility: {
      isVisible: () => isVisible,
      onChange: (listener) => {
        changed = listener
        return () => (changed = () => undefined)
      },
    },
    run: async (reason) => {
      ran.push({ reason, at: time.clock.now().getTime() - from })
      schedule.finished([outcome])
    },
  })
})

describe('[S31] when to sync', () => {
  it('at once, then every 30–45 seconds', () => {
    time.go(0)
    time.go(120_000)
    expect(ran).toEqual([
      { reason: 'open', at: 0 },
      { reason: 'tick', at: 37_500 },
      { reason: 'tick', at: 75_000 },
      { reason: 'tick', at: 112_500 },
    ])
  })

  it('never while hidden; again on return, after a random moment', () => {
    time.go(0)
    isVisible = false
    changed()
    time.go(3_600_000)
    expect(ran).toHaveLength(1)
    isVisible = true
    changed()
    time.go(2_000)
    expect(ran.at(-1)).toEqual({ reason: 'visible', at: 3_601_000 })
  })

  it('not with each of many returns', () => {
    time.go(0)
    for (let i = 0; i < 20; i++) {
      isVisible = !isVisible
      changed()
      time.go(100)
    }
    expect(ran.length).toBeLessThanOrEqual(2)
  })
})

describe('[S30] when no store answers', () => {
  it('waits longer and longer, up to 15 minutes', () => {
    outcome = { isUnreachable: true, isIncomplete: true, retryAfterMs: 0 }
    time.go(0)
    time.go(3 * 3600_000)
    const pauses = ran.map(({ at }, index) => at - (ran[index - 1]?.at ?? 0)).slice(1)
    expect(pauses.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000])
    expect(Math.max(...pauses)).toBe(450_000)
    outcome = { isUnreachable: false, isIncomplete: false, retryAfterMs: 0 }
    time.go(450_000)
    ran.splice(0)
    time.go(60_000)
    expect(ran.map(({ reason }) => reason)).toContain('tick')
  })

  it('[S34] tries soon for a part that is missing, and in the end as often as it looks anyway', () => {
    outcome = { isUnreachable: false, isIncomplete: true, retryAfterMs: 0 }
    time.go(0)
    time.go(15_000)
    expect(ran.map(({ at }) => at)).toEqual([0, 1_000, 3_000, 7_000, 15_000])
    time.go(600_000)
    expect(ran.at(-1)!.at - ran.at(-2)!.at).toBe(37_500)
    expect(ran.every(({ reason }) => reason === 'open')).toBe(true)
  })

  it('leaves a host alone for as long as it asked, also when the app is returned to', () => {
    outcome = { isUnreachable: true, isIncomplete: true, retryAfterMs: 300_000 }
    time.go(0)
    time.go(60_000)
    isVisible = false
    changed()
    isVisible = true
    changed()
    time.go(200_000)
    expect(ran).toHaveLength(1)
    time.go(120_000)
    expect(ran.length).toBeGreaterThan(1)
  })

  it('[S21] a clock that is set back makes no pause longer', () => {
    outcome = { isUnreachable: true, isIncomplete: true, retryAfterMs: 60_000 }
    time.go(0)
    time.setClock('2001-01-01T00:00:00Z')
    isVisible = false
    changed()
    isVisible = true
    changed()
    time.go(70_000)
    expect(ran.length).toBeGreaterThan(1)
  })
})

it('[S33] stops', () => {
  time.go(0)
  schedule.stop()
  time.go(3_600_000)
  expect(ran).toHaveLength(1)
})
