import { useState } from 'react'
import { Icon } from '#app/ui/icon.tsx'
import { useText } from './use-text.ts'

/** A text to hand on: to read, to copy, and to share where the phone can. */
export function CopyText(props: { text: string; label: string; title: string }) {
  const t = useText()
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(props.text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <div className="field">
      <input
        className="input"
        readOnly
        aria-label={props.label}
        value={props.text}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className="buttons">
        {'clipboard' in navigator && (
          <button type="button" className="button" onClick={() => void copy()}>
            <Icon name={isCopied ? 'check' : 'copy'} />
            <span role="status">{t(isCopied ? 'copy.copied' : 'copy.copy')}</span>
          </button>
        )}
        {'share' in navigator && (
          <button
            type="button"
            className="button"
            onClick={() => {
              // The person may close the sheet again: no error.
              navigator.share({ title: props.title, text: props.text }).catch(() => undefined)
            }}
          >
            {t('copy.share')}
          </button>
        )}
      </div>
    </div>
  )
}
