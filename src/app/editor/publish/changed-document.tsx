import type { ReactNode } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import { isDocumentKind, validateDocument } from '#domain/validate-document.ts'
import { Fold } from '#app/ui/fold.tsx'
import { DifferenceList } from './difference-view.tsx'
import { DocumentBody } from './document-body.tsx'
import { useManageText } from './use-manage-text.ts'

/** A document that is added, changed or taken away, and what of it differs. */
export function ChangedDocument(props: {
  name: string
  title: string
  change: 'added' | 'changed' | 'removed'
  before?: unknown
  after?: unknown
  /** Whether it goes along; absent where there is nothing to choose. */
  isTicked?: boolean
  /** It cannot be read yet. */
  isUnfinished?: boolean
  onTick?: (isTicked: boolean) => void
  /** What can be done with it. */
  children?: ReactNode
}) {
  const t = useManageText()
  const { t: tReader } = useTranslation()
  const { name, title, change, before, after, isTicked } = props
  const [, kind = ''] = name.split('/')
  const head = (
    <span className="change-document-head">
      <strong lang="sv">{title}</strong>
      <span className="meta">
        {isDocumentKind(kind) ? tReader(`kind.${kind}`) : kind} · {t(`change.${change}`)}
      </span>
      {props.isUnfinished === true && <span className="meta">{t('publish.unfinished')}</span>}
      {isTicked === false && <span className="meta">{t('publish.later')}</span>}
    </span>
  )
  return (
    <li className="change-document">
      {isTicked === undefined ? (
        <div className="check-row">{head}</div>
      ) : (
        <label className="check-row">
          <input
            type="checkbox"
            checked={isTicked}
            aria-label={t('publish.include', { title })}
            onChange={(event) => props.onTick?.(event.currentTarget.checked)}
          />
          {head}
        </label>
      )}
      {change === 'changed' && <DifferenceList before={before} after={after} />}
      {change === 'removed' && <p className="change">{t('change.documentRemoved')}</p>}
      {change === 'added' && (
        <Fold name={`added ${name}`} title={t('change.show')} level={3}>
          <AddedBody name={name} body={after} />
        </Fold>
      )}
      {props.children}
    </li>
  )
}

/** A new document as readers will see it; one that is not ready has nothing to show yet. */
function AddedBody({ name, body }: { name: string; body: unknown }) {
  const t = useManageText()
  const [department = '', kind = '', id = ''] = name.split('/')
  const read = validateDocument({ department, kind, id, body })
  if (!read.ok) return <p>{t('change.unfinished')}</p>
  return <DocumentBody document={read.document} />
}
