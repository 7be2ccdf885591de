import { useDuration } from '#app/documents/when.tsx'
import { useEditor } from '../editor-parts.ts'
import { useManageText } from './use-manage-text.ts'
import { useOrganisationIndex } from './use-organisation-index.ts'
import type { Speech } from './value-text.ts'

/** What is needed to say values of documents in words, in the language chosen. */
export function useSpeech(): Speech {
  const t = useManageText()
  const index = useOrganisationIndex()
  const { language } = useEditor().state.settings
  return { t, index, language, duration: useDuration() }
}
