import { ownValue } from '#trust/json.ts'
import type { SigningKey } from '#trust/keys.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import type { BuiltRelease } from './build-release.ts'
import { payloadOf, signHead, type VerifiedHead } from './head.ts'
import { ReleaseError } from './release-error.ts'

/** What the field may hold; a stolen key may have written it. */
const highestEdition = 9_999_999_999

/**
 * [R50] The last good head signed again by a root key under the generation a new root has begun: the same
 * blobs by the same hashes, so no content key is needed. Number 1 of the generation; the edition stays where it
 * is the highest, else it is one above: it never goes down, nor is it given to two.
 *
 * @param input.head verified under the root before
 * @param input.above the highest edition there has been
 * @param input.v where 1 is occupied by something that does not verify
 * @throws ReleaseError build-signer (no root key), build-gen (no new generation), head-organisation,
 *   department-unknown
 */
export async function resignHead(input: {
  head: VerifiedHead
  root: VerifiedRoot
  signer: SigningKey
  issued: Date
  above?: number
  v?: number
}): Promise<BuiltRelease> {
  const { head, root, signer } = input
  const { department } = head
  if (head.org !== root.organisation) {
    throw new ReleaseError('head-organisation', 'head of another organisation')
  }
  const gen = ownValue(root.departments, department)?.gen
  if (gen === undefined) {
    throw new ReleaseError('department-unknown', `the root names no ${department}`)
  }
  if (gen <= head.gen) throw new ReleaseError('build-gen', `gen ${gen} is no new generation`)
  if (!root.root.kids.includes(signer.kid)) {
    throw new ReleaseError('build-signer', `${signer.kid} is no root key`)
  }
  const { above = 0 } = input
  const edition = head.edition >= above ? head.edition : Math.min(above + 1, highestEdition)
  const place = { gen, v: input.v ?? 1 }
  const signed = await signHead(
    {
      ...payloadOf(head),
      ...place,
      edition,
      prev: head.hash,
      root: { v: root.v, hash: root.hash },
      issued: input.issued.toISOString(),
    },
    signer,
  )
  return {
    department,
    ...place,
    edition,
    head: signed.bytes,
    headHash: signed.hash,
    blobs: [],
  }
}
