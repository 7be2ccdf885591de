/**
 * What can go wrong with what the phone remembers. None of these ever removes anything.
 *
 * - `full`: the browser gives no more room; what was stored stays.
 * - `blocked`: another tab holds an older database open; closing it helps.
 * - `no-answer`: the database did not open or answer in time, also not a second time.
 * - `unsupported`: the browser has no database here (some private windows).
 * - `read-only`: the ordinary way to the database failed; it can be read, not written.
 * - `damaged`: stored bytes are not those that were stored.
 * - `unknown-name`: no such organisation, department or occasion on this phone.
 * - `not-usable`: the invitation or payload does not fit what this phone holds.
 * - `failed`: anything else the browser said; the cause tells.
 */
export type DeviceErrorCode =
  | 'full'
  | 'blocked'
  | 'no-answer'
  | 'unsupported'
  | 'read-only'
  | 'damaged'
  | 'unknown-name'
  | 'not-usable'
  | 'failed'

export class DeviceError extends Error {
  readonly code: DeviceErrorCode

  constructor(code: DeviceErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.name = 'DeviceError'
    this.code = code
  }
}

/** Any error of the browser's database or caches as a DeviceError; a DeviceError stays what it is. */
export function toDeviceError(error: unknown): DeviceError {
  if (error instanceof DeviceError) return error
  const names = errorNames(error)
  const code: DeviceErrorCode = names.includes('QuotaExceededError')
    ? 'full'
    : names.includes('MissingAPIError') || names.includes('SecurityError')
      ? 'unsupported'
      : 'failed'
  return new DeviceError(code, `the browser's storage said: ${names.join(', ')}`, { cause: error })
}

/**
 * Whether an error says that the connection is gone (iOS closes it behind our back: WebKit 197050,
 * dexie#2008), so that opening again and trying once more is worth it.
 */
export function isConnectionLost(error: unknown): boolean {
  return errorNames(error).some((name) =>
    [
      'DatabaseClosedError',
      'InvalidStateError',
      'UnknownError',
      'TransactionInactiveError',
    ].includes(name),
  )
}

/** Dexie wraps the browser's error, sometimes twice: the name that tells is the innermost. */
function errorNames(error: unknown): string[] {
  const names: string[] = []
  let inner: unknown = error
  for (let depth = 0; depth < 5 && inner instanceof Object; depth++) {
    if ('name' in inner && typeof inner.name === 'string') names.push(inner.name)
    inner = 'inner' in inner ? inner.inner : 'cause' in inner ? inner.cause : undefined
  }
  return names.length ? names : ['Error']
}
