import { Row } from '#app/ui/row.tsx'
import { useLive } from '#app/ui/live.tsx'
import { useTranslation } from '#app/ui/translation.tsx'
import type { Place } from './place.ts'
import { useReader } from './reader-context.ts'

/** The way to the managers' screens, where this phone may do something there. */
export function EditorLink({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { state } = useReader()
  const live = useLive()
  const organisation = place.organisation?.id
  const hasRole = state.device.roles.some(
    (role) => organisation === undefined || role.organisation === organisation,
  )
  if (!live.live || !hasRole) return null
  return (
    <div className="card rows">
      <Row href="#/edit" kind="plain" title={t('edit.title')} />
    </div>
  )
}
