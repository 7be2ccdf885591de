import { useState } from 'react'
import { Icon } from '#app/ui/icon.tsx'
import type { LawTemplate } from './law-template.ts'
import { saveFile } from './save-file.ts'
import { templateHtml } from './template-html.ts'
import { templateText } from './template-text.ts'
import type { LawText } from './use-law-text.ts'

/** Takes a template along: printed, copied, or as a file. */
export function TemplateTools(props: { template: LawTemplate; organisation: string; t: LawText }) {
  const { template, organisation, t } = props
  const [copied, setCopied] = useState<boolean>()
  const copy = async () => {
    await navigator.clipboard.writeText(templateText(template)).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <div className="law-tools">
      {organisation !== '' && <p>{t('one.filled', { organisation })}</p>}
      <div className="buttons">
        <button type="button" className="button is-main" onClick={() => window.print()}>
          <Icon name="print" />
          {t('one.print')}
        </button>
        {'clipboard' in navigator && (
          <button type="button" className="button" onClick={() => void copy()}>
            <Icon name={copied === true ? 'check' : 'copy'} />
            <span role="status">{t(copied === true ? 'one.copied' : 'one.copy')}</span>
          </button>
        )}
        <button
          type="button"
          className="button"
          onClick={() => saveFile(`${template.id}.txt`, 'text/plain', templateText(template))}
        >
          {t('one.text')}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => saveFile(`${template.id}.html`, 'text/html', templateHtml(template))}
        >
          {t('one.html')}
        </button>
      </div>
      {copied === false && <p role="alert">{t('one.notCopied')}</p>}
    </div>
  )
}
