import { Notice } from '#app/ui/notice.tsx'
import { useEditor } from './editor-parts.ts'
import { useLoaded } from './use-loaded.ts'
import { useRoles } from './use-roles.ts'
import { useText } from './use-text.ts'

/** Departments on this phone that it could publish once and may not any more. */
export function useEnded(): { id: string; title: string }[] {
  const { state, organisation } = useEditor()
  const roles = useRoles()
  const published = useLoaded<string[]>(async ({ device, organisation: own }) =>
    own === undefined ? [] : device.published(own.id),
  ).value
  return state.device.departments
    .filter(({ organisation: of, status }) => of === organisation?.id && status !== 'ended')
    .filter(({ department }) => published?.includes(department) === true)
    .filter(({ department }) => !roles.departments.includes(department))
    .map(({ department, title }) => ({ id: department, title }))
}

/** [D5] Says that the right to publish has ended, to whoever had it on this phone. */
export function EndedNotice({ titles }: { titles: readonly string[] }) {
  const t = useText()
  if (titles.length === 0) return null
  return (
    <Notice kind="warning" title={t('needs.ended', { titles: titles.join(', ') })} announce>
      <p>{t('needs.endedText')}</p>
    </Notice>
  )
}
