/**
 * Where an organisation's objects lie. Every adapter (memory, directory, HTTP, later S3) keeps this
 * contract; `contract.ts` is its test suite.
 *
 * A store knows paths of the layout (`layout.ts`) and bytes; it believes nothing and verifies nothing:
 * that is what `trust` and `release` are for.
 */
export interface ReadStore {
  /**
   * The bytes at a path of the layout; undefined when it is not there.
   *
   * @param options.maxBytes reading stops there: an object that is larger gives StoreError `too-large`
   * @throws StoreError `bad-path` for a path outside the layout; `too-large`; `timeout`;
   *   `unreachable`; `not-the-store` when something else answered (a captive portal)
   */
  get(
    path: string,
    options: { maxBytes: number; signal?: AbortSignal },
  ): Promise<Uint8Array<ArrayBuffer> | undefined>
}

export interface Store extends ReadStore {
  /**
   * Puts an object where none is. Of any number of writers at the same path, in any number of
   * processes, exactly one gets `stored`; when that is told, the object is whole and survives a power cut.
   *
   * @throws StoreError `bad-path`, `too-large` (above the limit of its kind), `full`, `unreachable`
   */
  putIfAbsent(path: string, bytes: Uint8Array): Promise<'stored' | 'exists'>
  /**
   * Puts or replaces an object; a reader sees the old one or the new one, never a mixture. Only
   * `d/<department>/latest` and `beat.jws`: everything else gives StoreError `bad-path`.
   */
  replace(path: string, bytes: Uint8Array): Promise<void>
  /**
   * Everything that lies under a prefix, sorted: `''` for all, else a folder with its closing slash
   * (`b/`, `d/hemtjanst/head/`). Includes names outside the layout, so that `planb verify` finds them;
   * `parseStorePath` tells them apart.
   */
  list(prefix: string): Promise<string[]>
  /** Removes an object of the layout; one that is not there is no error. */
  remove(path: string): Promise<void>
  /**
   * When the object at a path was put there, in milliseconds by the store's own clock; undefined when it
   * is not there. For expiry, which counts from when an entry came and not from what it says.
   */
  storedAt(path: string): Promise<number | undefined>
}

export type StoreErrorCode =
  'too-large' | 'unreachable' | 'not-the-store' | 'bad-path' | 'full' | 'timeout'

/** What went wrong at a store. `path` is the path of the layout, never one of the machine's. */
export class StoreError extends Error {
  readonly code: StoreErrorCode
  readonly path: string | undefined

  constructor(
    code: StoreErrorCode,
    message: string,
    options: { path?: string; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'StoreError'
    this.code = code
    this.path = options.path
  }
}
