import type { InterfaceLanguage } from './create-i18n.ts'

/**
 * The language of the interface where nobody has chosen one: English where the browser's first language is English,
 * else Swedish, which the plans are written in.
 *
 * @param browser `navigator.language`, BCP 47
 */
export function usualLanguage(browser: string): InterfaceLanguage {
  return /^en(-|$)/i.test(browser) ? 'en' : 'sv'
}
