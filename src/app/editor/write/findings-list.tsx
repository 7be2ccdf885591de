import { Icon } from '#app/ui/icon.tsx'
import type { Finding } from '#domain/writing/finding.ts'
import { useFindingText } from './finding-text.ts'
import { placeOf, type Place } from './place.ts'
import { useFieldNames, useWriteText } from './use-write-text.ts'
import { useWriting } from './write-context.ts'

const order = ['blocks', 'warning', 'hint'] as const
const mostShown = 6
/** Nobody reads through more than these; when they are seen to, the others come. */
const mostListed = 100

/** What is to be seen to, what stops a publication first; each leads to its place. */
export function FindingsList(props: {
  findings: readonly Finding[]
  onGo: (place: Place) => void
}) {
  const t = useWriteText()
  const { kind } = useWriting()
  const { label } = useFieldNames()
  const textOf = useFindingText()
  const { findings } = props
  if (findings.length === 0) return null
  const blocks = findings.filter(({ severity }) => severity === 'blocks').length
  const sorted = order.flatMap((severity) => findings.filter((each) => each.severity === severity))
  const row = (finding: Finding, index: number) => {
    const [field] = finding.path
    return (
      <li key={index}>
        <button
          type="button"
          className={`write-option is-${finding.severity}`}
          onClick={() => props.onGo(placeOf(finding.path))}
        >
          <Icon name={finding.severity === 'hint' ? 'info' : 'warning'} />
          <span>
            <span className="meta">
              {t(`findings.${finding.severity}`)}
              {typeof field === 'string' && ` · ${label(kind, field)}`}
            </span>
            <br />
            {textOf(finding)}
          </span>
        </button>
      </li>
    )
  }
  return (
    <details className="card fold write-findings" open={blocks > 0 ? true : undefined}>
      <summary>
        <h2 className="fold-title">
          {t('findings.title')}{' '}
          <small>
            {blocks > 0
              ? t('department.blocks', { count: blocks })
              : t('department.warnings', { count: findings.length })}
          </small>
        </h2>
        <Icon name="forward" className="chevron" />
      </summary>
      <ul className="rows">{sorted.slice(0, mostShown).map(row)}</ul>
      {sorted.length > mostShown && (
        <details className="fold">
          <summary>
            <span>{t('findings.more', { count: sorted.length - mostShown })}</span>
            <Icon name="forward" className="chevron" />
          </summary>
          <ul className="rows">
            {sorted
              .slice(mostShown, mostListed)
              .map((finding, index) => row(finding, index + mostShown))}
          </ul>
        </details>
      )}
    </details>
  )
}
