import { replaceRootKey as withRootKey } from '#trust/change-root.ts'
import { thumbprint, type Kid, type PublicJwk, type SigningKey } from '#trust/keys.ts'
import { beginGenerations, requireKept } from './begin-generations.ts'
import { changeRoot } from './change-root.ts'
import type { Managed, Office } from './office.ts'
import type { KeptVersions } from './require-said.ts'

/**
 * [M22] Puts a new root key in the place of one that is lost or stolen. As a root key may sign for every
 * department, every generation rises and every head is signed again by one that stays.
 *
 * @param options.jwk public half of the new key; whoever holds it has it in safety before this is called
 * @param options.extraKeys further root keys that sign, of papers for example: `needForRoot` in all
 * @throws ManageError root-keys, keep-unsaid (another revocation was stopped), …; TrustError key-unknown,
 *   root-key-in-use, root-gen; SendError; StoreError
 */
export async function replaceRootKey(
  office: Office,
  options: {
    gone: Kid
    jwk: PublicJwk
    role?: string
    extraKeys?: readonly SigningKey[]
    keep?: KeptVersions
  },
): Promise<Managed> {
  const { gone, jwk, role, keep } = options
  const said = { keep, gone: [gone] }
  const kid = await thumbprint(jwk)
  const root = await changeRoot(office, {
    isDone: ({ root: { kids } }) => kids.includes(kid) && !kids.includes(gone),
    change: async (current) => {
      const next = await withRootKey(current, {
        gone,
        jwk,
        issued: office.now(),
        ...(role && { role }),
      })
      await requireKept(office, current, next, said)
      return next
    },
    ...(options.extraKeys && { extraKeys: options.extraKeys }),
  })
  const signers = [...office.rootKeys, ...(options.extraKeys ?? [])]
  const departments = await beginGenerations(
    { ...office, rootKeys: signers },
    root,
    Object.keys(root.departments),
    said,
  )
  return { root, departments }
}
