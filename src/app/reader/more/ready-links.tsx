import { Row } from '#app/ui/row.tsx'
import type { Place } from '../place.ts'
import { useReader } from '../reader-context.ts'
import { useMoreText } from './use-more-text.ts'

/** Ways on from the foot of the phone's page; the managers' own stands at its top. */
export function ReadyLinks({ place }: { place: Place }) {
  const { state } = useReader()
  const text = useMoreText()
  const organisation = place.organisation?.id
  const hasRole = state.device.roles.some((role) => role.organisation === organisation)
  const count = state.tried
  return (
    <section className="section">
      <h2>{text('linksTitle')}</h2>
      <ul className="card rows">
        {organisation !== undefined && !hasRole && (
          <li>
            <Row href="#/edit/enrol" kind="plain" title={text('enrol')} />
          </li>
        )}
        {hasRole && count > 0 && (
          <li>
            <Row
              href="#/edit/tried"
              kind="plain"
              icon="warning"
              title={text(count === 1 ? 'tried_one' : 'tried_other', { count })}
            />
          </li>
        )}
        <li>
          <Row href="#/edit/phones-it" kind="plain" title={text('phonesIt')} />
        </li>
      </ul>
    </section>
  )
}
