import { createMemoryStore } from '#store/memory.ts'
import { createHostileHost, type HostileHost } from '../hostile-host.ts'
import { createLivingOrganisation, type LivingOrganisation } from '../living-organisation.ts'
import { createTestOrganisation, type TestOrganisation } from '../organisation.ts'
import type { Attack, Scene } from './attack.ts'

/** An organisation that publishes honestly on a host that somebody else owns. */
export interface Stage {
  host: HostileHost
  living: LivingOrganisation
  stranger: TestOrganisation
  /**
   * The organisation publishes, then the host attacks.
   *
   * @returns the edition that may be shown meanwhile
   */
  begin(attack: Attack): Promise<number>
  /** The organisation does what it can about it, publishes once more, and the host is honest. Gives the edition. */
  end(): Promise<number>
  close(): Promise<void>
}

export async function createStage(options: { appDirectory?: string } = {}): Promise<Stage> {
  const store = createMemoryStore()
  const living = await createLivingOrganisation(store)
  const stranger = await createTestOrganisation()
  await stranger.publish(createMemoryStore(), living.department)
  const host = await createHostileHost({ store, organisation: living.organisation, ...options })
  let answer: () => Promise<unknown> = async () => undefined
  return {
    host,
    living,
    stranger,
    async begin(attack) {
      const [held, heldEdition] = [living.newest, living.edition]
      const nextEdition = await living.publish()
      const next = living.newest
      const scene: Scene = { host, living, stranger, held, next, heldEdition, nextEdition }
      answer = async () => attack.answer?.(scene)
      return attack.offer(scene)
    },
    async end() {
      await answer()
      await living.publish()
      host.mend()
      return living.edition
    },
    close: () => host.close(),
  }
}
