import { useTranslation } from 'react-i18next'
import type { Place } from './place.ts'

export function SearchResults(props: { query: string; place: Place }) {
  const { t } = useTranslation()
  return <p>{t('search.none', { query: props.query })}</p>
}
