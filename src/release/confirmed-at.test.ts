import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { confirmedAt } from './confirmed-at.ts'

const now = new Date('2026-05-01T12:00:00.000Z')
const at = (text: string) => new Date(text).toISOString()
const head = { issued: at('2026-03-01T08:00:00Z'), receivedAt: at('2026-03-02T08:00:00Z') }
const beat = (time: string, receivedAt: string) => ({ time: at(time), receivedAt: at(receivedAt) })

describe('when a release was last confirmed', () => {
  it('[R60] is when its head was signed, or a later beat', () => {
    expect(confirmedAt({ ...head, beats: [], now })).toBe(head.issued)
    const beats = [beat('2026-04-20T08:00:00Z', '2026-04-21T08:00:00Z')]
    expect(confirmedAt({ ...head, beats, now })).toBe(at('2026-04-20T08:00:00Z'))
    const older = [...beats, beat('2026-04-02T08:00:00Z', '2026-04-30T08:00:00Z')]
    expect(confirmedAt({ ...head, beats: older, now })).toBe(at('2026-04-20T08:00:00Z'))
  })

  it('[R60] counts from the earlier of signed and first received', () => {
    // Signed by a clock that runs half an hour ahead; signed before it was received; set ahead by years.
    expect(
      confirmedAt({ ...head, beats: [beat('2026-05-01T12:30:00Z', '2026-05-01T11:00:00Z')], now }),
    ).toBe(at('2026-05-01T11:00:00Z'))
    expect(
      confirmedAt({ ...head, beats: [beat('2026-04-30T12:00:00Z', '2026-05-01T11:00:00Z')], now }),
    ).toBe(at('2026-04-30T12:00:00Z'))
    const held = { issued: at('2026-05-01T11:59:00Z'), receivedAt: at('2026-04-01T08:00:00Z') }
    expect(confirmedAt({ ...held, beats: [], now })).toBe(held.receivedAt)
  })

  it('[R61] a beat dated 2099 counts for nothing', () => {
    const beats = [beat('2099-01-01T00:00:00Z', '2026-05-01T11:00:00Z')]
    expect(confirmedAt({ ...head, beats, now })).toBe(head.issued)
    expect(
      confirmedAt({
        issued: at('2099-01-01T00:00:00Z'),
        receivedAt: now.toISOString(),
        beats,
        now,
      }),
    ).toBeUndefined()
    const hour = [beat('2026-05-01T13:00:00Z', '2026-05-01T12:00:00Z')]
    expect(confirmedAt({ ...head, beats: hour, now })).toBe(now.toISOString())
    const more = [beat('2026-05-01T13:00:01Z', '2026-05-01T12:00:00Z')]
    expect(confirmedAt({ ...head, beats: more, now })).toBe(head.issued)
  })

  it('[R61] a replayed beat makes nothing fresher than it was', () => {
    const early = beat('2026-04-01T08:00:00Z', '2026-04-01T08:05:00Z')
    const replayed = { ...early, receivedAt: now.toISOString() }
    expect(confirmedAt({ ...head, beats: [early, replayed], now })).toBe(early.time)
  })

  it('[R61] what is no time counts for nothing and breaks nothing', () => {
    const beats = [
      { time: 'soon', receivedAt: now.toISOString() },
      { time: '', receivedAt: '' },
    ]
    expect(confirmedAt({ ...head, beats, now })).toBe(head.issued)
    expect(confirmedAt({ issued: 'x', receivedAt: 'y', beats: [], now })).toBeUndefined()
  })

  it('[R61] is never later than now, than received, or than an hour-off clock allows', () => {
    const times = fc.date({
      min: new Date('2020-01-01'),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    })
    const claims = fc.record({ time: times, receivedAt: times }).map(({ time, receivedAt }) => ({
      time: time.toISOString(),
      receivedAt: receivedAt.toISOString(),
    }))
    fc.assert(
      fc.property(claims, fc.array(claims), times, (own, beats, clock) => {
        const given = { issued: own.time, receivedAt: own.receivedAt, beats, now: clock }
        const result = confirmedAt(given)
        const all = [own, ...beats]
        if (result === undefined) {
          for (const { time } of all) expect(Date.parse(time)).toBeGreaterThan(clock.getTime())
          return
        }
        expect(Date.parse(result)).toBeLessThanOrEqual(clock.getTime())
        const explains = all.some(({ time, receivedAt }) => result <= time && result <= receivedAt)
        expect(explains).toBe(true)
        // The order beats came in changes nothing.
        expect(confirmedAt({ ...given, beats: beats.toReversed() })).toBe(result)
      }),
    )
  })
})
