import { Page } from '#app/ui/page.tsx'
import { useEditor } from './editor-parts.ts'
import { useText } from './use-text.ts'

/** What this person may do, and the way to each of it. */
export function HomeScreen() {
  const t = useText()
  const { home } = useEditor()
  return (
    <Page
      name={t('home.title')}
      title={t('home.title')}
      back={{ href: '#/ready', text: t('home.back') }}
    >
      <p className="meta">{home}</p>
    </Page>
  )
}
