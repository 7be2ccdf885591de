import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { Row } from '#app/ui/row.tsx'
import { useReader } from './reader-context.ts'

/** "Prova med exempelkommunen": only where an example is served. */
export function ExampleChoice(props: { onChoose: (link: string) => void; isBusy: boolean }) {
  const { t } = useTranslation()
  const { state } = useReader()
  const [isOpen, setOpen] = useState(false)
  const { example } = state
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!isOpen) return
    // The choice takes the place of a button at the foot of the page: on a phone it opens below the edge.
    heading.current?.focus({ preventScroll: true })
    heading.current?.scrollIntoView({ block: 'start' })
  }, [isOpen])
  if (example === undefined) return null
  if (!isOpen)
    return (
      <button type="button" className="first-card is-example" onClick={() => setOpen(true)}>
        <Icon name="exercise" />
        <span>
          <strong>{t('join.example')}</strong>
          <span className="under">{t('join.exampleText')}</span>
        </span>
        <Icon name="forward" />
      </button>
    )
  return (
    <section className="stack-small">
      <h2 ref={heading} tabIndex={-1}>
        {t('join.choose')}
      </h2>
      <ul className="card rows">
        {Object.entries(example.invitations).map(([department, link]) => (
          <li key={department}>
            <button
              type="button"
              className="row kind-routine"
              disabled={props.isBusy}
              onClick={() => props.onChoose(link)}
            >
              <strong lang="sv">{readableId(department)}</strong>
              <Icon name="forward" />
            </button>
          </li>
        ))}
      </ul>
      {example.coordinator !== undefined && (
        <div className="card rows">
          <Row
            href={example.coordinator.slice(example.coordinator.indexOf('#'))}
            kind="plain"
            title={t('join.coordinator')}
          />
        </div>
      )}
    </section>
  )
}

/** `sarskilt-boende` → `Sarskilt boende`: the titles come with the plans themselves. */
function readableId(id: string): string {
  const known: Record<string, string> = { hemtjanst: 'Hemtjänst', hemsjukvard: 'Hemsjukvård' }
  const words = id.replaceAll('-', ' ')
  return known[id] ?? words.charAt(0).toUpperCase() + words.slice(1)
}
