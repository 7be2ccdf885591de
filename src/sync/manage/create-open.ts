import type { AgreementKey, Kid } from '#trust/keys.ts'
import type { ReadStore } from '#store/store.ts'
import type { Office } from './office.ts'

/**
 * `Office.open` for somebody who holds a recovery key, an agreement key of their own, or the keys of epochs:
 * reads the newest head that verifies, its keys and content, from the store.
 *
 * @param options.own the holder's device id and agreement key
 * @param options.epochKey 32 bytes of an epoch's key the holder has anyway
 * @param options.blob bytes that are here already, by hash; the store is asked for the rest
 */
export function createOpen(_options: {
  store: ReadStore
  recovery?: AgreementKey | readonly AgreementKey[]
  own?: { device: Kid; agreement: AgreementKey }
  epochKey?: (department: string, epoch: number) => Promise<Uint8Array | undefined>
  blob?: (hash: string) => Promise<Uint8Array | undefined>
}): Office['open'] {
  return () => Promise.reject(new Error('not written yet'))
}
