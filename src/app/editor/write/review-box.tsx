import { addMonths, dayOf } from '#domain/calendar.ts'
import { setAt, valueAt } from '#domain/edit/change-at.ts'
import { intervalsOf } from '#domain/review.ts'
import { formatDay } from '#i18n/format.ts'
import { Icon } from '#app/ui/icon.tsx'
import { useEditor } from '../editor-parts.ts'
import { useAuthority } from '../use-authority.ts'
import { signsFor } from './signs-for.ts'
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
  const approval = useAt('approval')
  const kinds = ['plan', 'routine', 'phone-tree', 'contacts']
  if (!kinds.includes(kind) || isLocked || organisation === undefined) return null
  const role = authority === undefined ? undefined : signsFor(authority, department)
  const { language } = state.settings
  const today = dayOf(now())
  const isReview = kind === 'plan' || kind === 'routine'
  const next = addMonths(today, intervalsOf(index, department).review)
  const done = { on: today, role: role?.role ?? t('review.nobody') }
  const isDone = isReview && valueAt(reviewed, ['on']) === today
  const mayApprove = state.device.roles.some(
    (each) => each.organisation === organisation.id && each.approve.includes(department),
  )
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
        {kind === 'routine' && isHealthCare && (
          <>
            <button
              type="button"
              className="button is-wide"
              onClick={() =>
                editing.change((body) =>
                  setAt(
                    body,
                    ['approval'],
                    approval === undefined
                      ? { role: mayApprove ? done.role : t('review.nurse'), on: today }
                      : undefined,
                  ),
                )
              }
            >
              <Icon name={approval === undefined ? 'check' : 'cross'} />
              {t(approval === undefined ? 'review.approve' : 'review.withdraw')}
            </button>
            <p className="meta">{t('review.approveText')}</p>
          </>
        )}
      </div>
    </section>
  )
}
