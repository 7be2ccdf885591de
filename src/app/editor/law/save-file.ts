/**
 * Gives a text to the person as a file, made on the device: nothing is sent. It begins with a byte order mark, by
 * which Windows' own programs know that å, ä and ö are UTF-8.
 */
export function saveFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob(['\uFEFF', text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Safari reads it a moment later.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
