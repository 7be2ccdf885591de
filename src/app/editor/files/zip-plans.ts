import { zipSync } from 'fflate'

/** The least time a zip can say: the same plans always give the same bytes. */
const noTime = new Date(1980, 0, 1)

/** A folder of plans as one zip, to be unpacked and read again by `planb publish`, or here. */
export function zipPlans(texts: ReadonlyMap<string, string>): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder()
  const files = Object.fromEntries([...texts].map(([path, text]) => [path, encoder.encode(text)]))
  return zipSync(files, { level: 6, mtime: noTime }) as Uint8Array<ArrayBuffer>
}
