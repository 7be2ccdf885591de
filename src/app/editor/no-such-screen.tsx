import { Page } from '#app/ui/page.tsx'
import { useText } from './use-text.ts'

export function NoSuchScreen() {
  const t = useText()
  return (
    <Page
      name={t('notFound.title')}
      title={t('notFound.title')}
      back={{ href: '#/edit', text: t('home.title') }}
    >
      <p>{t('notFound.text')}</p>
    </Page>
  )
}
