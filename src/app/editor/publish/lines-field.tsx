import { useId, useState } from 'react'
import { Icon } from '#app/ui/icon.tsx'
import { useManageText } from './use-manage-text.ts'

/** Lines of what one may, or may not: those that are often needed with one tap, others typed, one a line. */
export function LinesField(props: {
  label: string
  lines: readonly string[]
  suggestions: readonly string[]
  onChange: (lines: string[]) => void
}) {
  const t = useManageText()
  const { lines, suggestions } = props
  const field = useId()
  const [isOwn, setOwn] = useState(false)
  const own = lines.filter((line) => !suggestions.includes(line))
  const picked = lines.filter((line) => suggestions.includes(line))
  const toggle = (line: string) =>
    props.onChange(
      picked.includes(line) ? lines.filter((other) => other !== line) : [...picked, line, ...own],
    )
  return (
    <fieldset className="choice-field">
      <legend>{props.label}</legend>
      <div className="suggestions">
        {suggestions.map((line) => (
          <button
            key={line}
            type="button"
            className="suggestion"
            lang="sv"
            aria-pressed={picked.includes(line)}
            onClick={() => toggle(line)}
          >
            <Icon name={picked.includes(line) ? 'check' : 'plus'} />
            {line}
          </button>
        ))}
      </div>
      {isOwn || own.some((line) => line !== '') ? (
        <div className="field">
          <label htmlFor={field} className="meta">
            {t('situation.linesHelp')}
          </label>
          <textarea
            id={field}
            className="input is-short"
            lang="sv"
            rows={2}
            maxLength={2000}
            value={own.join('\n')}
            onChange={(event) =>
              props.onChange([...picked, ...event.currentTarget.value.split('\n')])
            }
          />
        </div>
      ) : (
        <button type="button" className="button is-wide" onClick={() => setOwn(true)}>
          {t('situation.ownLine')}
        </button>
      )}
    </fieldset>
  )
}
