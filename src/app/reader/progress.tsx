import { useTranslation } from '#app/ui/translation.tsx'
import type { DepartmentState } from '#device/device-state.ts'
import { formatBytes } from '#i18n/format.ts'
import { useReader } from './reader-context.ts'

/** How far the first download is: what is being done, parts and bytes, and what is wrong if it fails. */
export function Progress({ departments }: { departments: readonly DepartmentState[] }) {
  const { t } = useTranslation()
  const { state, actions } = useReader()
  const errorText = useErrorText()
  const all = departments.flatMap((each) => state.progress.get(each.department) ?? [])
  const failed = all.find((each) => each.phase === 'failed')
  const current = failed ?? all.find((each) => each.phase !== 'done') ?? all[0]
  if (current === undefined) return <p className="meta">{t('join.phase.looking')}</p>
  const sum = (pick: (each: (typeof all)[number]) => number) =>
    all.reduce((total, each) => total + pick(each), 0)
  const total = sum((each) => each.objects.total)
  const done = sum((each) => each.objects.done)
  return (
    <div className="progress">
      <p role="status">{t(`join.phase.${current.phase}`)}</p>
      {total > 0 && (
        <>
          <progress max={total} value={done} aria-label={t('join.fetching')} />
          <p className="meta">
            {t('join.progress', {
              done,
              total,
              bytes: formatBytes(
                sum((each) => each.bytes.done),
                state.settings.language,
              ),
            })}
          </p>
        </>
      )}
      {failed !== undefined && (
        <>
          <p>{errorText(failed.code ?? 'other')}</p>
          <p className="meta">{t('join.laterText')}</p>
          <button type="button" className="button" onClick={() => void actions.syncNow()}>
            {t('join.tryAgain')}
          </button>
        </>
      )}
    </div>
  )
}

const known = [
  'invitation-case',
  'invitation-cut',
  'invitation-checksum',
  'invitation-version',
  'not-a-link',
  'not-a-key',
  'enrolment-here',
  'typed-wrong',

  'unreachable',
  'not-the-store',
  'timeout',
  'full',
  'no-code',
  'no-camera',
  'clipboard',
] as const

/** A code of any room in plain words, with a way out. */
export function useErrorText(): (code: string) => string {
  const { t } = useTranslation()
  return (code) => {
    const plain = code.replace(
      /^restore-(case|cut|checksum|version|long|characters)$/,
      'invitation-$1',
    )
    const alike =
      { 'invitation-long': 'invitation-checksum', 'invitation-characters': 'invitation-checksum' }[
        plain
      ] ?? plain
    const found = known.find((each) => each === alike)
    return found === undefined ? t('join.error.other', { code }) : t(`join.error.${found}`)
  }
}
