import { DeviceError } from './device-error.ts'

/**
 * What a promise gives, or DeviceError `no-answer` after `ms` milliseconds. IndexedDB requests may
 * never fire at all (WebKit 277615, dexie#2008), and Dexie's open knows no time limit.
 */
export function within<T>(ms: number, what: string, promise: PromiseLike<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new DeviceError('no-answer', `${what} gave no answer within ${ms} ms`))
    }, ms)
    promise.then(
      (value) => {
        clearTimeout(timer)
        resolve(value)
      },
      (error: unknown) => {
        clearTimeout(timer)
        reject(error)
      },
    )
  })
}
