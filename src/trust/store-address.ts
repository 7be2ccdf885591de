const absolute = /^https?:\/\/[^\s@\\/?#]+([/?#][^\s\\]*)?$/
/** Relative to the app's own address: no scheme, no other host. */
const relative = /^(?!\/\/)[^\s:\\]+$/

/** [T32] Whether a text is an absolute http(s) address without user name or password. */
export function isAbsoluteAddress(text: string): boolean {
  return absolute.test(text)
}

/** Whether a text may say where a store lies: absolute, or relative to the app's own address. */
export function isStoreAddress(text: string): boolean {
  return isAbsoluteAddress(text) || relative.test(text)
}
