import { useTranslation } from '#app/ui/translation.tsx'
import { useGo } from '#app/ui/hash-location.ts'
import { Icon } from '#app/ui/icon.tsx'
import { searchAddress } from './search-query.ts'

/**
 * "Vad fungerar inte?" Results come as one types; the address follows, so that going back from a result
 * shows the same search. The first letter makes a step in the history, the others change it.
 */
export function SearchField(props: { query: string; home: string; isSearch: boolean }) {
  const { t } = useTranslation()
  const go = useGo()
  return (
    <form
      className="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        // The keyboard of a phone covers the results: its Search key puts it away.
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
      }}
    >
      <Icon name="search" />
      <input
        type="search"
        name="q"
        aria-label={t('search.label')}
        placeholder={t('search.label')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        enterKeyHint="search"
        value={props.query}
        onChange={(event) =>
          go(searchAddress(event.currentTarget.value), { replace: props.isSearch })
        }
      />
    </form>
  )
}
