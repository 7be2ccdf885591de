import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAgreementKey } from '#trust/keys.ts'
import { memberAttacks } from '../../tests/support/attacks/member-attacks.ts'
import { createStage, type Stage } from '../../tests/support/attacks/scene.ts'
import { journalOf } from '../../tests/support/journal-of.ts'
import { falseMark, stepOf } from '../../tests/support/living-organisation.ts'
import { createMemoryDevice } from '../../tests/support/memory-device.ts'
import { createSync } from './sync.ts'

/*
 * What comes after a round: beats, and what members tell each other, from a host that somebody else owns. The phone
 * is a manager's: others do not ask for entries. In a browser: tests/faults/adversarial-host-manager.test.ts.
 */
let stage: Stage
let phone: Awaited<ReturnType<typeof createPhone>>
beforeEach(async () => {
  stage = await createStage()
  phone = await createPhone()
  await phone.round()
})
afterEach(async () => {
  phone.sync.stop()
  await stage.close()
})

async function createPhone() {
  const { living, host } = stage
  const signing = living.publishers[living.department]!
  const agreement = await createAgreementKey({ extractable: false })
  const identity = { device: signing.kid, agreement, signing }
  const memory = createMemoryDevice([living.invitation()], host.app, identity)
  memory.roleOf.signer = signing
  const clock = {
    now: () => new Date(),
    after: (_ms: number, run: () => void) => {
      const timer = setTimeout(run, 0)
      return () => clearTimeout(timer)
    },
  }
  const sync = createSync({
    device: memory.device,
    fetch,
    clock,
    random: () => 0,
    timeoutMs: 2_000,
  })
  const documents = () => JSON.stringify(memory.current.get(living.department)?.documents)
  const round = async () => {
    await sync.syncNow('open')
    await sync.followed()
  }
  return { ...memory, sync, documents, round }
}

const rows = Map.groupBy(memberAttacks, ({ row }) => row)
describe.each([...rows])('%s', { timeout: 30_000 }, (_row, attacks) => {
  it.each(attacks)('[S1] $name', async (attack) => {
    const shown = await stage.begin(attack)
    stage.host.takeLog()
    await phone.round()
    expect(phone.documents()).toContain(stepOf(shown))
    expect(phone.noteCodes()).toEqual([...attack.notes])
    expect(JSON.stringify(phone.entries('hemtjanst'))).not.toContain(falseMark)
    // No host keeps a phone busy for ever.
    expect(stage.host.takeLog().length).toBeLessThan(150)
    const edition = await stage.end()
    await phone.round()
    expect(phone.documents()).toContain(stepOf(edition))
  })
})

describe('flood', { timeout: 120_000 }, () => {
  it('[S55] 10,000 journal entries of one member: content first, and the rest in parts', async () => {
    const { living, host } = stage
    const journal = await journalOf(living, living.department)
    const member = await journal.phone()
    const entries: string[] = []
    // No more than these are looked at in a round; what comes after them need not be well made.
    for (let n = 0; n < 5_400; n++) {
      const { bytes } = await journal.joined(member, `Telefon ${n}`)
      entries.push(new TextDecoder().decode(bytes))
    }
    entries.push(...entries.slice(0, 4_600))
    let at = 0
    host.lie((path) => {
      if (path !== `d/${living.department}/log`) return undefined
      const some = entries.slice(at, (at += 200))
      const answer = { entries: some, next: `a.${at}`, more: at < entries.length }
      return new TextEncoder().encode(JSON.stringify(answer))
    })
    await living.publish()
    await phone.sync.syncNow('open')
    expect(phone.documents()).toContain(stepOf(living.edition))
    await phone.sync.followed()
    const held = phone.entries('hemtjanst').length
    expect(held).toBeGreaterThan(4_000)
    expect(held).toBeLessThanOrEqual(5_200)
    expect(phone.noteCodes()).toEqual([])
  })
})
