import { addMonths, dayOf } from '#domain/calendar.ts'
import { setAt, valueAt } from '#domain/edit/change-at.ts'
import { intervalsOf } from '#domain/review.ts'
import { formatDay } from '#i18n/format.ts'
import { Icon } from '#app/ui/icon.tsx'
import { useEditor } from '../editor-parts.ts'
import { useAuthority } from '../use-authority.ts'
import { approversOf, signsFor } from './signs-for.ts'
import { useWriteText } from './use-write-text.ts'
import { useAt, useWriting } from './write-context.ts'

/** "I have read it through: it holds", and for what concerns health care, that the medical lead nurse said yes. */
export function ReviewBox() {
  const t = useWriteText()
  const { editing, kind, department, index, isLocked } = useWriting()
  const { now, state, organisation } = useEditor()
  const authority = useAuthority().value
  const reviewed = useAt('reviewed')
  const isHealthCare = useAt('healthCare') === true
  const kinds = ['plan', 'routine', 'phone-tree', 'contacts']
  if (!kinds.includes(kind) || isLocked || organisation === undefined) return null
  const role = authority === undefined ? undefined : signsFor(authority, department)
  const { language } = state.settings
  const today = dayOf(now())
  const isReview = kind === 'plan' || kind === 'routine'
  const next = addMonths(today, intervalsOf(index, department).review)
  const done = { on: today, role: role?.role ?? t('review.nobody') }
  const isDone = isReview && valueAt(reviewed, ['on']) === today
  return (
    <section className="section write-review">
      <h2>{t(isReview ? 'review.title' : 'review.checkTitle')}</h2>
      <div className="card is-padded stack">
        <button
          type="button"
          className="button is-wide"
          onClick={() =>
            editing.change((body) =>
              isReview
                ? setAt(setAt(body, ['reviewed'], done), ['nextReview'], next)
                : setAt(body, ['checked'], done),
            )
          }
        >
          <Icon name="check" />
          {t(isDone ? 'review.done' : isReview ? 'review.yes' : 'review.checked')}
        </button>
        <p className="meta">
          {isReview
            ? t('review.text', { day: formatDay(next, language) })
            : t('review.checkedText')}
        </p>
        {kind === 'routine' && isHealthCare && <Approval role={done.role} />}
      </div>
    </section>
  )
}

/**
 * Whoever approves health care in this department does so here, from a role of their own. Where nobody has been given
 * that role, a manager writes down what was said.
 */
function Approval({ role }: { role: string }) {
  const t = useWriteText()
  const { editing, department } = useWriting()
  const { now, state, organisation } = useEditor()
  const authority = useAuthority().value
  const approval = useAt('approval')
  const mayApprove = state.device.roles.some(
    (each) => each.organisation === organisation?.id && each.approve.includes(department),
  )
  const approvers = authority === undefined ? [] : approversOf(authority, department)
  const give = () =>
    editing.change(
      (body) =>
      setAt(body, ['approval'], { role: mayApprove ? role : t('review.nurse', { lng: 'sv' }), on: dayOf(now()) }), // prettier-ignore
    )
  const isGiven = approval !== undefined
  return (
    <div className="stack" data-field="approval">
      {isGiven ? (
        <button
          type="button"
          className="button is-wide"
          onClick={() => editing.change((body) => setAt(body, ['approval'], undefined))}
        >
          <Icon name="cross" />
          {t('review.withdraw')}
        </button>
      ) : (
        (mayApprove || approvers.length === 0) && (
          <button type="button" className="button is-wide" onClick={give}>
            <Icon name="check" />
            {t(mayApprove ? 'review.approveNow' : 'review.approve')}
          </button>
        )
      )}
      <p className="meta">
        {isGiven
          ? t('review.approvedText')
          : mayApprove
            ? t('review.approveNowText')
            : approvers.length > 0
              ? t('review.approvedBy', { roles: approvers.join(', ') })
              : t('review.approveText')}
      </p>
    </div>
  )
}
