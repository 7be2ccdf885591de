import { describe, expect, it } from 'vitest'
import type { ReadinessCheck, ReadinessId } from '#device/readiness.ts'
import { itemOf } from './ready-item.ts'

const at = '2026-11-20T07:40:00+01:00'
const check = (id: ReadinessId, result: ReadinessCheck['result']) => ({ id, result, at })

describe('a readiness check as it is said', () => {
  it('is what was found, with what to do where it does not hold', () => {
    const checks = [check('worker', 'ok'), check('age', 'attention'), check('bytes', 'failed')]
    expect(itemOf('worker', checks)).toMatchObject({ title: 'worker', result: 'ok' })
    expect(itemOf('worker', checks).help).toBeUndefined()
    expect(itemOf('age', checks)).toMatchObject({ result: 'attention', help: 'age' })
    expect(itemOf('bytes', checks)).toMatchObject({ result: 'failed', help: 'bytes' })
    expect(itemOf('copy', checks)).toMatchObject({ title: 'copy', result: 'unknown' })
  })

  it('a promise the browser never gives is no to-do', () => {
    const refused = check('persisted', 'attention')
    expect(itemOf('persisted', [refused, check('installed', 'attention')])).toMatchObject({
      title: 'notPersisted',
      result: 'note',
      help: 'persisted',
    })
    expect(itemOf('persisted', [refused, check('installed', 'ok')])).toMatchObject({
      result: 'note',
      help: 'persistedInstalled',
    })
    expect(itemOf('persisted', [check('persisted', 'ok')])).toMatchObject({
      title: 'persisted',
      result: 'ok',
    })
  })
})
