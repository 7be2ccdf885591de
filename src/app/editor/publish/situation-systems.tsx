import { useId, useState } from 'react'
import type { System } from '#domain/schema/systems.ts'
import { Icon, type IconName } from '#app/ui/icon.tsx'
import {
  itemOf,
  systemsNamed,
  usualName,
  withNote,
  withState,
  type ItemState,
  type SituationBody,
} from './situation-body.ts'
import { useManageText } from './use-manage-text.ts'

const states: readonly { state: ItemState; icon: IconName }[] = [
  { state: 'works', icon: 'check' },
  { state: 'partly', icon: 'warning' },
  { state: 'down', icon: 'cross' },
]
/** So many systems stand there at once: more than fit a screen are searched for. */
const firstShown = 6

interface Row {
  title: string
  system?: string
}

/** Each system with three big buttons: works, partly, does not. Only what is known is said. */
export function SituationSystems(props: {
  body: SituationBody
  /** The register, those that people think of first at the top. */
  systems: readonly System[]
  onChange: (body: SituationBody) => void
}) {
  const t = useManageText()
  const { body, systems } = props
  const [query, setQuery] = useState('')
  const [isAll, setAll] = useState(false)
  // As they stood on arrival: nothing moves away from under a thumb.
  const [first] = useState<Row[]>(() =>
    body.items.map(({ title, system }) => ({ title, ...(system !== undefined && { system }) })),
  )
  const field = useId()
  const register = (isAll || query !== '' ? systemsNamed(systems, query) : systems).map(rowOf)
  const known = new Set(first.map(({ system }) => system))
  const wanted = query.trim().toLocaleLowerCase('sv')
  const added = body.items
    .map(({ title, system }): Row => ({ title, ...(system !== undefined && { system }) }))
    .filter((row) => row.system === undefined && !first.some(({ title }) => title === row.title))
  const all = [...first, ...register.filter(({ system }) => !known.has(system))]
  const matching =
    query === ''
      ? all.slice(0, isAll ? undefined : Math.max(firstShown, first.length))
      : all.filter(
          (row) =>
            row.title.toLocaleLowerCase('sv').includes(wanted) ||
            register.some(({ system }) => system !== undefined && system === row.system),
        )
  // What was chosen by a search goes on being seen when the search is emptied.
  const chosen = register.filter(
    (row) =>
      itemOf(body, row) !== undefined && !matching.some(({ system }) => system === row.system),
  )
  const shown = query === '' ? [...matching, ...chosen, ...added] : [...matching, ...added]
  return (
    <fieldset className="choice-field situation-systems">
      <legend>{t('situation.systems')}</legend>
      <p className="meta">{t('situation.systemsHelp')}</p>
      <ul className="card rows">
        {shown.map((row) => (
          <SystemRow
            key={row.system ?? row.title}
            row={row}
            body={body}
            onChange={props.onChange}
          />
        ))}
      </ul>
      {shown.length === 0 && <p role="status">{t('situation.noneFound')}</p>}
      <div className="field">
        <label htmlFor={field}>{t('situation.find')}</label>
        <input
          id={field}
          className="input"
          type="search"
          value={query}
          maxLength={80}
          autoComplete="off"
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
      </div>
      {query.trim() !== '' && matching.length === 0 && (
        <button
          type="button"
          className="button is-wide"
          onClick={() => {
            props.onChange(withState(body, { title: query.trim() }, 'down'))
            setQuery('')
          }}
        >
          <Icon name="plus" />
          {t('situation.addOther', { text: query.trim() })}
        </button>
      )}
      {query === '' && !isAll && all.length > matching.length && (
        <button type="button" className="button is-wide" onClick={() => setAll(true)}>
          {t('situation.showAll', { count: all.length })}
        </button>
      )}
    </fieldset>
  )
}

function SystemRow(props: {
  row: Row
  body: SituationBody
  onChange: (body: SituationBody) => void
}) {
  const t = useManageText()
  const { row, body } = props
  const item = itemOf(body, row)
  return (
    <li className="situation-system">
      <div role="group" aria-label={row.title}>
        <strong lang="sv">{row.title}</strong>
        <div className="three-ways">
          {states.map(({ state, icon }) => (
            <button
              key={state}
              type="button"
              className={`three-way is-${state}`}
              aria-pressed={item?.state === state}
              onClick={() => props.onChange(withState(body, row, state))}
            >
              <Icon name={icon} />
              {t(`situation.${state}`)}
            </button>
          ))}
        </div>
      </div>
      {item !== undefined && (
        <input
          className="input"
          lang="sv"
          maxLength={400}
          aria-label={t('situation.note', { system: row.title })}
          placeholder={t('situation.notePlaceholder')}
          value={item.note ?? ''}
          onChange={(event) => props.onChange(withNote(body, row, event.currentTarget.value))}
        />
      )}
    </li>
  )
}

function rowOf(system: System): Row {
  return { title: usualName(system), system: system.id }
}
