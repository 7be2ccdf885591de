import { useText } from './use-text.ts'

/** [M13] Below an error: the way to what must be finished first. Nothing below any other error. */
export function UnfinishedLink({ code }: { code: string }) {
  const t = useText()
  if (code !== 'keep-unsaid') return null
  return (
    <a className="button" href="#/edit">
      {t('unfinished.link')}
    </a>
  )
}
