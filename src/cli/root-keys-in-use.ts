import { importSigningKey } from '#trust/keys.ts'
import type { OpenOrganisation } from './data-folder.ts'
import type { SigningKey } from '#trust/keys.ts'

/** Root keys of this machine that the newest root still names, the coordinator's first; they can be written down. */
export async function rootKeysInUse({ secrets, root }: OpenOrganisation): Promise<SigningKey[]> {
  const keys = await Promise.all(
    [...secrets.rootKeys, ...(secrets.nextRootKey ? [secrets.nextRootKey] : [])].map((jwk) =>
      importSigningKey(jwk, { extractable: true }),
    ),
  )
  return keys.filter(({ kid }) => root.root.kids.includes(kid))
}
