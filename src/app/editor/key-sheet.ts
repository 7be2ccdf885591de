import { keyCopyPages, type KeyCopy, type KeyCopyPage } from '#paper/key-copy.ts'
import type { PaperTexts } from '#i18n/paper-sv.ts'
import { formatDay } from '#i18n/format.ts'
import { absoluteStore } from '#trust/absolute-store.ts'
import { encodeRestorePayload, type RestorePayload } from '#trust/restore-payload.ts'
import type { VerifiedRoot } from '#trust/root.ts'
import { toTypedText } from '#trust/typed-text.ts'
import type { EditorView } from './editor-parts.ts'

/** The sheet for one key, ready to be shown and printed. What it holds is secret. */
export function keySheet(input: {
  editor: Pick<EditorView, 'base' | 'now' | 'organisation' | 'state'>
  root: Pick<VerifiedRoot, 'stores'>
  payload: RestorePayload
  copy: Pick<KeyCopy, 'kind' | 'name' | 'number' | 'of' | 'replaces'>
  texts: PaperTexts['keyCopy']
}): KeyCopyPage[] {
  const { editor, copy, texts } = input
  const mirror = absoluteStore(input.root)
  const code = encodeRestorePayload({
    ...input.payload,
    ...(mirror !== undefined && { mirror }),
  })
  return keyCopyPages({
    organisation: editor.organisation?.title ?? '',
    words: editor.organisation?.checkWords ?? [],
    made: formatDay(editor.now().toISOString(), editor.state.settings.language),
    copies: [{ ...copy, code: `${editor.base}#/restore/${code}`, typed: toTypedText(code) }],
    texts,
    example: editor.organisation?.example === true,
  })
}
