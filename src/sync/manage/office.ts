import type { EpochSecret } from '#release/epoch-secret.ts'
import type { Keys } from '#release/manifest.ts'
import type { VerifiedRelease } from '#release/open-release.ts'
import type { Kid, SigningKey } from '#trust/keys.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import type { WriteStore } from '../write-store.ts'

/** What somebody who manages an organisation works with: a store, root keys, and what they can read. */
export interface Office {
  store: WriteStore
  /** The newest root this holder knows. Operations read on from there, and give the newest in `Managed`. */
  root: VerifiedRoot
  /** Root keys that sign: one is enough for publishers, stores and wiped devices, else `needForRoot`. */
  rootKeys: readonly SigningKey[]
  now: () => Date
  /**
   * The newest release of a department under a root, read from the store at each call, with all that is
   * needed to build on it. Undefined: nothing published, or no key to read it. `createOpen` makes one.
   */
  open(department: string, root: VerifiedRoot): Promise<OpenedDepartment | undefined>
  /** [M10] The head of a department that this holder knows already: a store that shows less is not believed. */
  held?(department: string): HeldHead | undefined | Promise<HeldHead | undefined>
}

/** A head by its place, the number people see, and the hash of its payload. */
export interface HeldHead {
  gen: number
  v: number
  edition: number
  hash: string
}

export interface OpenedDepartment {
  release: VerifiedRelease
  epoch: EpochSecret
  keys: Keys
}

/** What an operation has done. Running it again gives the same root and `unchanged`. */
export interface Managed {
  /** The newest root. */
  root: VerifiedRoot
  departments: ManagedDepartment[]
}

export interface ManagedDepartment {
  department: string
  gen: number
  /** 0 when nothing is published. */
  v: number
  /**
   * - `published`: a new head was sent.
   * - `unchanged`: it was as it should be.
   * - `nothing-published`: there is no head yet.
   * - `not-readable`: the content could not be opened by this holder, so its keys are as they were.
   */
  outcome: 'published' | 'unchanged' | 'nothing-published' | 'not-readable'
}

/** Devices by id (thumbprint of the signing key). */
export type DeviceId = Kid
