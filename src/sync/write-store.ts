import type { BuiltRelease } from '#release/build-release.ts'
import type { ReadStore } from '#store/store.ts'

/**
 * A store that can be written to: nobody is asked who they are, the signature on what is sent is the
 * permission. One over HTTP (`createHttpWriteStore`) and one on this machine (the server's own rules,
 * `server/local-write-store.ts`). What is refused throws SendError.
 */
export interface WriteStore extends ReadStore {
  /** `taken`: the store has a root with that number. Which one it is, is to be read. */
  sendRoot(bytes: Uint8Array): Promise<'stored' | 'taken'>
  /**
   * Head and those blobs that are new; all or nothing.
   *
   * @returns `taken` with the bytes of the head that stands there now, when somebody else was first
   */
  sendRelease(department: string, built: SentRelease): Promise<SendReleaseOutcome>
  /** `older`: the store has one that is as late or later. */
  sendBeat(department: string, bytes: Uint8Array): Promise<'stored' | 'older'>
  /** The same bytes again are `stored`; other bytes under a number that is used are `taken`. */
  sendEntry(department: string, bytes: Uint8Array): Promise<'stored' | 'taken'>
  /**
   * Entries of the department's journal after a cursor that an earlier answer gave; some may come twice.
   *
   * @returns undefined when the host keeps no journal (a static host)
   */
  entriesAfter(department: string, after?: string): Promise<EntryPage | undefined>
}

/** What is sent of a built release. */
export type SentRelease = Pick<BuiltRelease, 'head' | 'blobs'>

export type SendReleaseOutcome =
  { outcome: 'stored' } | { outcome: 'taken'; current: Uint8Array<ArrayBuffer> }

export interface EntryPage {
  entries: Uint8Array<ArrayBuffer>[]
  /** Opaque; for the next call. */
  next: string
  /** Whether there is more to be had at once. */
  more: boolean
}
