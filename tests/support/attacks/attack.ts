import type { VerifiedRelease } from '#release/open-release.ts'
import type { TestOrganisation } from '../organisation.ts'
import type { HostileHost, Lie } from '../hostile-host.ts'
import type { LivingOrganisation } from '../living-organisation.ts'

/** Rows of TRUST's table "Attacks and answers". */
export type Row =
  | 'arbitrary content'
  | 'rollback'
  | 'freeze'
  | 'mix and match'
  | 'fast-forward'
  | 'endless data'
  | 'bad mirror'
  | 'key compromise'
  | 'root takeover'
  | 'fork'
  | 'wrong clock'
  | 'stranger’s organisation'
  | 'flood'

/** Where an attack takes place: a host that a phone has joined from, and an organisation that goes on honestly. */
export interface Scene {
  host: HostileHost
  living: LivingOrganisation
  /** Another organisation, well signed, that has nothing to do with this one. */
  stranger: TestOrganisation
  /** What the phone holds. */
  held: VerifiedRelease
  /** What the organisation has published since, and the phone has not seen. */
  next: VerifiedRelease
  /** Editions of the two. */
  heldEdition: number
  nextEdition: number
}

/** One attack, offered to a phone in Node and to the built app in a browser alike. */
export interface Attack {
  row: Row
  name: string
  /** What the host does. Gives the edition that is shown meanwhile: never anything false. */
  offer(scene: Scene): Promise<number> | number
  /** What managers find: each of these. Empty where nothing was offered that could be told from silence. */
  notes: readonly string[]
  /** What the organisation does about it, before an honest host serves it. */
  answer?(scene: Scene): Promise<unknown>
  /** Waits for a time limit of the phone: no round ends sooner. */
  isSlow?: true
}

/** Tells these lies; all other paths are served truly. */
export function lieAt(scene: Scene, lies: Record<string, Lie>): void {
  scene.host.lie((path) => (Object.hasOwn(lies, path) ? lies[path] : undefined))
}

export const latestOf = (scene: Scene) => `d/${scene.living.department}/latest`
export const nextHead = (scene: Scene) => scene.living.headPath(scene.next)
export const heldHead = (scene: Scene) => scene.living.headPath(scene.held)
export const afterNext = (scene: Scene) =>
  scene.living.headPath({ gen: scene.next.gen, v: scene.next.v + 1 })
export const nextRootPath = (scene: Scene) => `root/${scene.living.root.v + 1}.jws`

/** Blobs of the next release that the one held does not have. */
export function newBlobs({ held, next }: Scene): string[] {
  const old = new Set([held.head.manifest[0], ...held.head.blobs.map(([hash]) => hash)])
  return [next.head.manifest[0], ...next.head.blobs.map(([hash]) => hash)]
    .filter((hash) => !old.has(hash))
    .map((hash) => `b/${hash}`)
}

/** Whatever the organisation has published since is not there. */
export function withoutNext(scene: Scene): Record<string, Lie> {
  return {
    [latestOf(scene)]: hintOf(scene.held),
    [nextHead(scene)]: 'absent',
  }
}

export function hintOf({ gen, v }: { gen: number; v: number }): Uint8Array {
  const text = `${String(gen).padStart(4, '0')}-${String(v).padStart(10, '0')}`
  return new TextEncoder().encode(text)
}
