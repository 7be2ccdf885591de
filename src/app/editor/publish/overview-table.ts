import { csvText } from '#domain/csv-text.ts'
import { requiredParts } from '#domain/completeness.ts'
import type { DepartmentRow } from './overview-rows.ts'
import type { ManageText } from './use-manage-text.ts'

/** The overview as a file that Excel in Swedish opens (`csvText`), a row a plan. */
export function overviewTable(rows: readonly DepartmentRow[], t: ManageText): string {
  const yesNo = (value: boolean | undefined) =>
    t(value === undefined ? 'overview.unknown' : value ? 'change.yes' : 'change.no')
  const head = [
    t('overview.department'),
    t('overview.plan'),
    ...requiredParts.map((part) => t(`overview.part.${part}`)),
    t('overview.current'),
    t('overview.counts'),
    t('overview.exercised'),
    t('overview.trees'),
    t('overview.binder'),
    t('overview.phonesHave'),
    t('overview.phonesAll'),
  ]
  const lines = rows.flatMap((row) => {
    const phones = [row.phones?.have, row.phones?.all].map((count) => String(count ?? ''))
    if (row.plans.length === 0)
      return [[row.title, t('overview.noPlans'), ...Array<string>(9).fill(''), ...phones]]
    return row.plans.map((plan) => [
      row.title,
      plan.title,
      ...requiredParts.map((part) => yesNo(plan.has[part])),
      yesNo(plan.current),
      yesNo(plan.counts),
      yesNo(plan.exercised),
      yesNo(plan.phoneTreesChecked),
      yesNo(plan.binderPrinted),
      ...phones,
    ])
  })
  return csvText([head, ...lines])
}
