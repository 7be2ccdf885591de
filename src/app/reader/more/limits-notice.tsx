import { Notice } from '#app/ui/notice.tsx'
import { useMoreText } from './use-more-text.ts'

/** What this window lacks, what works all the same, and what to do: a private window, most often. */
export function LimitsNotice({ lack }: { lack: 'no-worker' | 'no-storage' }) {
  const text = useMoreText()
  const name = lack === 'no-worker' ? 'limits' : 'storage'
  return (
    <Notice kind="warning" title={text(`${name}Title`)} announce>
      <p>{text(`${name}Text`)}</p>
    </Notice>
  )
}
