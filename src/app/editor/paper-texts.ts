import { fillText } from '#i18n/fill-text.ts'
import { paperEn } from '#i18n/paper-en.ts'
import { paperSv, type PaperTexts } from '#i18n/paper-sv.ts'
import { useEditor } from './editor-parts.ts'

export interface PaperText {
  texts: PaperTexts
  language: 'sv' | 'en'
  fill: typeof fillText
}

/** Texts about invitations and papers, in the language chosen. */
export function usePaperTexts(): PaperText {
  const { language } = useEditor().state.settings
  return { texts: language === 'en' ? paperEn : paperSv, language, fill: fillText }
}
