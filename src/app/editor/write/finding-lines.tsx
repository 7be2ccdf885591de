import type { Finding } from '#domain/writing/finding.ts'
import { Icon } from '#app/ui/icon.tsx'
import { useFindingText } from './finding-text.ts'

/** What is to be seen to in one field, under it. */
export function FindingLines({ id, findings }: { id: string; findings: readonly Finding[] }) {
  const textOf = useFindingText()
  if (findings.length === 0) return null
  return (
    <ul className="write-found" id={id}>
      {findings.map((finding, index) => (
        <li key={index} className={`is-${finding.severity}`}>
          <Icon name={finding.severity === 'hint' ? 'info' : 'warning'} />
          <span>{textOf(finding)}</span>
        </li>
      ))}
    </ul>
  )
}
