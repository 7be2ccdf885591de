import type { Authority } from '#device/authority.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { createOpen } from '#sync/manage/create-open.ts'
import type { Office } from '#sync/manage/office.ts'
import type { VersionReader } from '#sync/manage/open-version.ts'
import { createHttpWriteStore } from '#sync/http-write-store.ts'
import type { WriteStore } from '#sync/write-store.ts'
import type { EditorView } from './editor-parts.ts'

/** How long an answer may stand still, in milliseconds: longer than for reading, since much is sent. */
const patience = 20_000

/** The office and what it was made from. */
export interface OpenedOffice extends Office {
  authority: Authority
  /** What old versions are read with. */
  versions: VersionReader
}

/**
 * What this phone manages an organisation with: its keys, and the one store that takes what is new. A
 * picture of the moment: ask again for each thing that is done.
 *
 * @throws DeviceError unknown-name: no root is here yet
 */
export async function openOffice(
  editor: Pick<EditorView, 'device' | 'fetch' | 'base' | 'now'>,
  organisation: string,
): Promise<OpenedOffice> {
  const authority = await editor.device.authority(organisation)
  const { root, rootKey, recovery } = authority
  const store = openStore(editor, writeAddress(root, editor.base))
  const reading = {
    store,
    recovery: recovery === undefined ? [] : [recovery],
    blob: (hash: string) => authority.blob(hash),
  }
  return {
    authority,
    versions: {
      ...reading,
      root,
      heldKeys: (department, epoch) => authority.heldKeys(department, epoch),
    },
    store,
    root,
    rootKeys: rootKey === undefined ? [] : [rootKey],
    now: editor.now,
    held: (department) => {
      const release = authority.release(department)
      if (release === undefined) return undefined
      const { gen, v, edition, headHash } = release
      return { gen, v, edition, hash: headHash }
    },
    open: createOpen({
      ...reading,
      epochKey: async (department, epoch) => {
        const secret = await authority.epochSecret(department)
        return secret?.epoch === epoch ? secret.key : undefined
      },
    }),
  }
}

/** A store to read from and to send to. */
export function openStore({ fetch }: Pick<EditorView, 'fetch'>, base: URL): WriteStore {
  return createHttpWriteStore({ base, fetch, timeoutMs: patience })
}

/** [S3] Where the store lies that is written to: the first the root names, read against the app's address. */
export function writeAddress(root: VerifiedRoot, base: string): URL {
  const named = root.stores.find(({ write }) => write)?.url ?? 'store/'
  const url = new URL(named, base)
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url
}
