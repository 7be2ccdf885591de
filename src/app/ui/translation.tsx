import { createContext, useContext, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import type { i18n as I18n, TFunction } from 'i18next'

const Translation = createContext<{ t: TFunction } | undefined>(undefined)

/** Gives the texts of the interface to everything below, anew when the language is changed. */
export function TranslationProvider({ i18n, children }: { i18n: I18n; children: ReactNode }) {
  const language = useSyncExternalStore(
    (listener) => {
      i18n.on('languageChanged', listener)
      return () => i18n.off('languageChanged', listener)
    },
    () => i18n.language,
  )
  // Another object for another language: what hangs on `t` is drawn again.
  const value = useMemo(() => ({ t: i18n.t.bind(i18n) as TFunction, language }), [i18n, language])
  return <Translation value={value}>{children}</Translation>
}

/** The texts of the interface, in the language chosen. */
export function useTranslation(): { t: TFunction } {
  const value = useContext(Translation)
  if (value === undefined) throw new Error('no TranslationProvider above')
  return value
}
