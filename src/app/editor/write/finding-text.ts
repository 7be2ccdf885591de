import { valueAt } from '#domain/edit/change-at.ts'
import { parsePhoneNumber } from '#domain/phone-number.ts'
import type { Finding } from '#domain/writing/finding.ts'
import { formatDay } from '#i18n/format.ts'
import { useTranslation } from '#app/ui/translation.tsx'
import { useEditor } from '../editor-parts.ts'
import { fieldShape } from './field-shape.ts'
import { placeOf } from './place.ts'
import { useFieldNames, useWriteText } from './use-write-text.ts'
import { useWriting } from './write-context.ts'

/** What a finding says, in a sentence that also says what to do. */
export function useFindingText(): (finding: Finding) => string {
  const t = useWriteText()
  const { t: reader } = useTranslation()
  const { i18n, state } = useEditor()
  const { kind, editing } = useWriting()
  const { label } = useFieldNames()
  const { language } = state.settings
  const misfit = (finding: Finding) => {
    const place = placeOf(finding.path)
    const value = valueAt(editing.state().body, finding.path)
    const shape = fieldShape(kind, place)?.shape.is
    if (value === undefined || value === '')
      return t('finding.empty', { field: label(kind, place) })
    if (Array.isArray(value)) return t('finding.tooFew', { field: label(kind, place) })
    if (shape === 'phone') {
      const parsed = parsePhoneNumber(typeof value === 'string' ? value : '')
      return parsed.ok ? t('finding.wrong') : t(`phone.${parsed.code}`)
    }
    if (typeof value === 'string' && value.length > 24 && (shape === 'line' || shape === 'prose'))
      return t('finding.tooLong', { count: value.length })
    if (shape === 'duration') return t('finding.duration')
    return shape === 'code' ? t('finding.capitals') : t('finding.wrong')
  }
  return (finding) => {
    const { code, values = {} } = finding
    if (code.startsWith('schema:')) return misfit(finding)
    const key = `finding.${code}`
    if (!i18n.exists(key, { ns: 'write' })) return t('finding.wrong')
    const why = values.why
    return t(key as 'finding.wrong', {
      ...values,
      ...(typeof values.due === 'string' ? { due: formatDay(values.due, language) } : {}),
      ...(typeof values.phases === 'string'
        ? {
            phases: values.phases
              .split(' ')
              .map((phase) => reader(`routine.phase.${phase}` as 'routine.phase.hour1'))
              .join(', '),
          }
        : {}),
      ...(typeof why === 'string' ? { why: i18n.exists(`phone.${why}`, { ns: 'write' }) ? t(`phone.${why}` as 'phone.empty') : '' } : {}), // prettier-ignore
    })
  }
}
