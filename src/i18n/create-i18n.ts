import i18next, { type i18n as I18n } from 'i18next'
import type { BeginTexts } from './editor-begin-sv.ts'
import type { FilesTexts } from './editor-files-sv.ts'
import type { EditorTexts } from './editor-sv.ts'
import type { ManageTexts } from './manage-sv.ts'
import type { LawTexts } from './editor-law-sv.ts'
import { sv, type InterfaceTexts } from './sv.ts'
import type { WriteTexts } from './write-sv.ts'

/** Languages the interface can be read in. */
export const interfaceLanguages = ['sv', 'en'] as const
export type InterfaceLanguage = (typeof interfaceLanguages)[number]

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    /** The others come with the screens of managers. */
    resources: {
      translation: InterfaceTexts
      editor: EditorTexts
      begin: BeginTexts
      write: WriteTexts
      manage: ManageTexts
      law: LawTexts
      files: FilesTexts
    }
    returnNull: false
  }
}

/**
 * An instance that is ready when it is returned. Swedish comes along; another language is loaded
 * first, and Swedish is used where that fails (its file lies in the reader list, so it should not).
 */
export async function createI18n(language: InterfaceLanguage): Promise<I18n> {
  const i18n = i18next.createInstance()
  await i18n.init({
    lng: 'sv',
    fallbackLng: 'sv',
    resources: { sv: { translation: sv } },
    // React escapes; escaping twice would show &amp; to people.
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  await changeInterfaceLanguage(i18n, language)
  return i18n
}

/** Changes the language in place. Does nothing when the language cannot be loaded. */
export async function changeInterfaceLanguage(
  i18n: I18n,
  language: InterfaceLanguage,
): Promise<void> {
  if (language === 'en' && !i18n.hasResourceBundle('en', 'translation')) {
    try {
      const { en } = await import('./en.ts')
      i18n.addResourceBundle('en', 'translation', en)
    } catch {
      return
    }
  }
  if (i18n.language !== language) await i18n.changeLanguage(language)
}
