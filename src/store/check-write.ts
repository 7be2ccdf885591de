import { LIMITS, requireStorePath } from './layout.ts'
import { StoreError } from './store.ts'

/** What every adapter refuses before it writes: a path outside the layout, an object above its limit. */
export function checkWrite(path: string, bytes: Uint8Array): void {
  const { kind } = requireStorePath(path)
  if (bytes.length > LIMITS[kind]) {
    throw new StoreError(
      'too-large',
      `${path} has ${bytes.length} bytes, ${LIMITS[kind]} are allowed`,
      { path },
    )
  }
}

/** As `checkWrite`, for `replace`: only the hint and the beat are ever replaced. */
export function checkReplace(path: string, bytes: Uint8Array): void {
  const { kind } = requireStorePath(path)
  if (kind !== 'latest' && kind !== 'beat') {
    throw new StoreError('bad-path', `${path} is never replaced`, { path })
  }
  checkWrite(path, bytes)
}

/** What `list` takes: nothing, or folders with a closing slash. Never `.` or `..`. */
export function checkFolder(prefix: string): void {
  if (prefix !== '' && !/^(?:[A-Za-z0-9_-]+\/)+$/.test(prefix)) {
    throw new StoreError('bad-path', `not a folder of the store: ${prefix}`, { path: prefix })
  }
}
