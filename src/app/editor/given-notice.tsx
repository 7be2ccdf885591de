import { Notice } from '#app/ui/notice.tsx'
import { useEditor } from './editor-parts.ts'
import { useText } from './use-text.ts'

/** What is known of keys that were put in and are not in force; nothing where there are none. */
export function GivenNotice() {
  const t = useText()
  const { state, organisation } = useEditor()
  const given = state.device.givenKeys?.find(
    (each) => organisation === undefined || each.organisation === organisation.id,
  )
  if (given === undefined || given.standing === 'recovery-unknown') return null
  const { standing } = given
  return (
    <Notice
      kind={standing === 'waiting' ? 'info' : 'warning'}
      {...(standing === 'waiting' ? { icon: 'clock' as const } : {})}
      title={t(`needs.${standing}`)}
      announce
    >
      <p>{t(`needs.${standing}Text`)}</p>
    </Notice>
  )
}
