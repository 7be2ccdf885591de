import { useLive } from '#app/ui/live.tsx'
import { useReader } from './reader-context.ts'

/** The other language by its own name, for a page that somebody sees before they have found the settings. */
export function LanguageSwitch() {
  const { state, actions } = useReader()
  const live = useLive()
  if (!live.live) return null
  const other = state.settings.language === 'sv' ? 'en' : 'sv'
  return (
    <button
      type="button"
      className="button is-quiet language-switch"
      lang={other}
      onClick={() => void actions.setSettings({ language: other })}
    >
      {other === 'en' ? 'English' : 'Svenska'}
    </button>
  )
}
