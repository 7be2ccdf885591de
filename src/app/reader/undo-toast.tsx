import { useTranslation } from '#app/ui/translation.tsx'
import { Toast } from '#app/ui/toast.tsx'
import { useReader } from './reader-context.ts'

/** "Började om. Ångra": what was just done, with the way back. */
export function UndoToast() {
  const { t } = useTranslation()
  const { state, actions } = useReader()
  if (state.undo === undefined) return null
  return (
    <Toast
      key={state.undo.occasion}
      text={t('routine.startedOver')}
      action={t('routine.undo')}
      onAction={() => void actions.undo()}
      onGone={actions.forgetUndo}
    />
  )
}
