import { sha256 } from '#trust/bytes.ts'
import { ReleaseError } from './release-error.ts'

/** [R10] @throws ReleaseError blob-missing, blob-size, blob-hash */
export async function checkBlob(
  bytes: Uint8Array | undefined,
  named: { hash: string; size: number },
): Promise<Uint8Array> {
  if (!bytes) throw new ReleaseError('blob-missing', `${named.hash} is not there`)
  if (bytes.length !== named.size) {
    throw new ReleaseError(
      'blob-size',
      `${named.hash} has ${bytes.length} bytes, not ${named.size}`,
    )
  }
  if ((await sha256(bytes)) !== named.hash)
    throw new ReleaseError('blob-hash', `${named.hash} is altered`)
  return bytes
}
