import { chmod, readdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { formatDay } from '#i18n/format.ts'
import { paperSv } from '#i18n/paper-sv.ts'
import { drawKeyCopies } from '#paper/draw-html.ts'
import { keyCopyPages } from '#paper/key-copy.ts'
import { absoluteStore } from '#trust/absolute-store.ts'
import { checkWords } from '#trust/check-words.ts'
import { importAgreementKey, thumbprint } from '#trust/keys.ts'
import { createRestorePayload, encodeRestorePayload } from '#trust/restore-payload.ts'
import { toTypedText } from '#trust/typed-text.ts'
import { CliError, textOption } from '../command.ts'
import { openExisting } from '../data-folder.ts'
import { appAddress } from '../invitation-link.ts'
import { makeFolder } from '../make-folder.ts'
import { rootKeysInUse } from '../root-keys-in-use.ts'
import type { Command } from '../command.ts'
import type { OpenOrganisation } from '../data-folder.ts'
import type { KeyCopy } from '#paper/key-copy.ts'
import type { RestorePayload, RestoreType, RestoredKeys } from '#trust/restore-payload.ts'

/** Paper copies of keys: one printable file each, so that no drawer ever holds two. */
export const papers: Command = {
  usage: 'papers DIR [--app URL]',
  summary:
    'write a printable page for each paper root key and for the recovery key to DIR; print them, then delete them',
  options: { app: { type: 'string' } },
  positionals: [1, 1],

  async run(context, { values, positionals }) {
    const folder = resolve(context.cwd, positionals[0]!)
    const app = textOption(values, 'app')
    const link = app === undefined ? undefined : `${appAddress(app)}#/restore/`
    const open = await openExisting(context)
    await requireEmpty(folder)
    const copies = await keyCopies(open, link)
    await makeFolder(folder, 0o700)
    await chmod(folder, 0o700)
    for (const { file, copy } of copies) {
      const pages = keyCopyPages({
        organisation: open.root.title,
        words: checkWords(open.root.organisation),
        made: formatDay(context.now().toISOString(), 'sv'),
        copies: [copy],
        texts: paperSv.keyCopy,
        ...(open.root.example === true && { example: true }),
      })
      await writeFile(join(folder, file), drawKeyCopies(pages, 'sv'), { flag: 'wx', mode: 0o600 })
      context.print(join(folder, file))
    }
    context.print('')
    context.print(
      'Print each on a printer that keeps no copy, seal each in an envelope of its own,',
    )
    context.print(`lock them away in different places, then delete the files: rm -r ${folder}`)
    return 0
  },
}

/** All root keys but the first, which is the coordinator's device's, and the recovery key. */
async function keyCopies(
  open: OpenOrganisation,
  link: string | undefined,
): Promise<{ file: string; copy: KeyCopy }[]> {
  const { organisation, root } = { organisation: open.root.organisation, root: open.root }
  const device = await thumbprint(open.secrets.rootKeys[0]!)
  const rootKeys = (await rootKeysInUse(open)).filter(({ kid }) => kid !== device)
  const recovery = await importAgreementKey(open.secrets.recovery, { extractable: true })
  if (rootKeys.length === 0) {
    throw new CliError(
      1,
      'this machine holds no root key for a paper',
      'Papers are made where secret/organisation.json holds them, or in the coordinator’s app.',
    )
  }
  const codeOf = async (type: RestoreType, keys: RestoredKeys) => {
    const mirror = absoluteStore(root)
    const payload: RestorePayload = {
      ...(await createRestorePayload(type, organisation, keys)),
      ...(mirror !== undefined && { mirror }),
    }
    const text = encodeRestorePayload(payload)
    return { code: `${link ?? ''}${text}`, typed: toTypedText(text) }
  }
  const copies: { file: string; copy: KeyCopy }[] = []
  const { kids } = root.root
  // Numbered as the app numbers them: by place in the root, the coordinator's device among them.
  const places = rootKeys.map((key) => ({ key, number: kids.indexOf(key.kid) + 1 }))
  for (const { key, number } of places.sort((a, b) => a.number - b.number)) {
    copies.push({
      file: `rotnyckel-${number}.html`,
      copy: {
        kind: 'root-key',
        number,
        of: kids.length,
        name: key.kid,
        ...(await codeOf('root-key', { signing: key })),
      },
    })
  }
  if (recovery.kid === (await thumbprint(root.recovery))) {
    copies.push({
      file: 'aterstallningsnyckel.html',
      copy: {
        kind: 'recovery-key',
        name: recovery.kid,
        ...(await codeOf('recovery-key', { recovery })),
      },
    })
  }
  return copies
}

async function requireEmpty(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') return []
    if (code === 'ENOTDIR') throw new CliError(1, `${folder} is no folder`, 'Name another place.')
    throw error
  })
  if (names.length > 0) {
    throw new CliError(1, `${folder} is not empty`, 'Name a folder that is empty or not there yet.')
  }
}
