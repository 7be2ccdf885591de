import { useTranslation } from '#app/ui/translation.tsx'
import type { DepartmentState } from '#device/device-state.ts'
import { Notice } from '#app/ui/notice.tsx'
import { Progress } from './progress.tsx'

/** Names as they are said one after another: "Krisledning, Hemsjukvård". */
export function missingNames(missing: readonly DepartmentState[]): string {
  return missing.map((each) => each.title).join(', ')
}

/**
 * Says first of all that a department's plans are not on the phone yet, and what to do: what stands below
 * it is only what everybody has, and must not be taken for them.
 */
export function MissingNotice(props: {
  missing: readonly DepartmentState[]
  /** Other plans follow on the same page. */
  hasMore?: boolean
}) {
  const { t } = useTranslation()
  const { missing } = props
  if (missing.length === 0) return null
  // An old poster lets nobody in: waiting would not help.
  const isOldCode = missing.every(({ status }) => status === 'needs-new-code')
  return (
    <Notice
      kind="stop"
      title={t('missing.title', { count: missing.length, titles: missingNames(missing) })}
    >
      <p>{t(isOldCode ? 'missing.oldCode' : 'missing.text')}</p>
      {props.hasMore === true && <p>{t('missing.below')}</p>}
      {!isOldCode && (
        <div data-needs-script="">
          <Progress departments={missing} />
        </div>
      )}
    </Notice>
  )
}
