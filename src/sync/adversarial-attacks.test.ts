import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { allAttacks } from '../../tests/support/attacks/all-attacks.ts'
import { createStage, type Stage } from '../../tests/support/attacks/scene.ts'
import { createMemoryDevice } from '../../tests/support/memory-device.ts'
import { falseMark, stepOf } from '../../tests/support/living-organisation.ts'
import { realClock } from '../../tests/support/synced-phone.ts'
import { createSync } from './sync.ts'

/*
 * Every attack that a host can offer, against sync, trust and release as they are, over HTTP. The same list is
 * offered to the built app in a browser: tests/faults/adversarial-host.test.ts.
 */
let stage: Stage
let phone: ReturnType<typeof createPhone>
beforeEach(async () => {
  stage = await createStage()
  // So that there is something older than what the phone holds.
  await stage.living.publish()
  phone = createPhone()
  await phone.sync.syncNow('joined')
})
afterEach(async () => {
  phone.sync.stop()
  await stage.close()
})

function createPhone() {
  const memory = createMemoryDevice([stage.living.invitation()], stage.host.app)
  const timeoutMs = 400
  const sync = createSync({ device: memory.device, fetch, clock: realClock, random: () => 0, timeoutMs }) // prettier-ignore
  const documents = () => JSON.stringify(memory.current.get(stage.living.department)?.documents)
  return { ...memory, sync, documents }
}

const rows = Map.groupBy(allAttacks, ({ row }) => row)
describe.each([...rows])('%s', { timeout: 30_000 }, (_row, attacks) => {
  it.each(attacks)('[S1] $name', async (attack) => {
    const shown = await stage.begin(attack)
    const round = phone.sync.syncNow('open')
    // No more than a person would wait; what has not ended by then is called off by the mending.
    if (attack.isSlow) await new Promise((done) => setTimeout(done, 1_500))
    else await round
    expect(phone.documents()).toContain(stepOf(shown))
    expect(phone.documents()).not.toContain(falseMark)
    expect(phone.noteCodes()).toEqual(expect.arrayContaining([...attack.notes]))
    if (attack.notes.length === 0) expect(phone.noteCodes()).toEqual([])
    const edition = await stage.end()
    await round
    await phone.sync.syncNow('open')
    expect(phone.documents()).toContain(stepOf(edition))
    expect(phone.documents()).not.toContain(falseMark)
  })
})
