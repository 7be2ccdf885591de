import { changeRoot } from '#sync/manage/change-root.ts'
import { nextRoot, type VerifiedRoot } from '#trust/root.ts'
import { Day } from '#app/documents/when.tsx'
import { useLive } from '#app/ui/live.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { useEditor } from './editor-parts.ts'
import { openOffice } from './office.ts'
import { useText } from './use-text.ts'
import { useWork } from './use-work.ts'
import { WorkNotice } from './work-notice.tsx'

/** When the list of keys and people is to be looked through, and that it has been. A reminder, no end. */
export function ReviewDate({ root }: { root: VerifiedRoot }) {
  const t = useText()
  const live = useLive()
  const editor = useEditor()
  const work = useWork()
  const isLate = live.live && Date.parse(root.reviewBy) < live.now.getTime()
  const renew = () =>
    work.run(async () => {
      const office = await openOffice(editor, root.organisation)
      const next = inAYear(editor.now())
      await changeRoot(office, {
        isDone: (current) => current.reviewBy >= next,
        change: (current) =>
          nextRoot(current, { issued: editor.now().toISOString(), reviewBy: next }),
      })
    })
  return (
    <section className="section stack">
      <h2>{t('review.title')}</h2>
      <Notice kind={isLate ? 'warning' : 'plain'} icon="clock">
        <p>
          {t(isLate ? 'review.late' : 'review.by')} <Day on={root.reviewBy} />
        </p>
        <p className="meta">{t('review.text')}</p>
      </Notice>
      <WorkNotice state={work.state} doing={t('review.doing')} onAgain={() => void renew()} />
      {work.state.at === 'done' ? (
        <p role="status">{t('review.done')}</p>
      ) : (
        <button
          type="button"
          className="button is-wide"
          disabled={work.state.at === 'working'}
          onClick={() => void renew()}
        >
          {t('review.renew')}
        </button>
      )}
    </section>
  )
}

/** At midnight of that day, so that renewing twice a day changes nothing. */
function inAYear(now: Date): string {
  return new Date(
    Date.UTC(now.getUTCFullYear() + 1, now.getUTCMonth(), now.getUTCDate()),
  ).toISOString()
}
