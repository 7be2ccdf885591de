import { useMemo, type ReactNode } from 'react'
import type { Draft } from '#device/drafts.ts'
import { checkWriting } from '#domain/check-writing.ts'
import type { Finding } from '#domain/writing/finding.ts'
import { mergeDrafts } from '#release/merge.ts'
import { manageSv } from '#i18n/manage-sv.ts'
import type { VerifiedRelease } from '#release/open-release.ts'
import { Notice } from '#app/ui/notice.tsx'
import { useEditor } from '../editor-parts.ts'
import { fieldTrail } from './field-trail.ts'
import { trailWords } from './field-words.ts'
import { useManageText, type ManageText } from './use-manage-text.ts'
import { useOrganisationIndex } from './use-organisation-index.ts'

/**
 * What would lead people wrong, each with the way to the place: a reference to nothing, a circle in a phone tree,
 * somebody nobody calls. The rest of the page is told whether it may go on.
 */
export function BlockingList(props: {
  release: VerifiedRelease
  drafts: readonly Draft[]
  children: (isBlocked: boolean) => ReactNode
}) {
  const t = useManageText()
  const { release, drafts } = props
  const { now } = useEditor()
  const index = useOrganisationIndex()
  const { department } = release
  const which = drafts.map(({ name, rev }) => `${name} ${rev}`).join()
  const { documents, findings } = useMemo(() => {
    const merged = mergeDrafts(release.documents, drafts).documents
    const found = checkWriting(merged, index, { now: now(), department })
    return { documents: merged, findings: found.filter(({ severity }) => severity === 'blocks') }
    // The same drafts in another list are no other drafts.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [release, index, which, department])
  const titleOf = (name: string) => {
    const body = documents.find((one) => `${one.department}/${one.kind}/${one.id}` === name)?.body
    return { title: textIn(body, 'title') ?? name, body }
  }
  return (
    <>
      {findings.length > 0 && (
        <section className="section stack">
          <Notice kind="stop" title={t('publish.fix')} announce>
            <p>{t('publish.fixText')}</p>
          </Notice>
          <ul className="card rows">
            {findings.map((finding, index) => {
              const { title, body } = titleOf(finding.name)
              return (
                <li className="change" key={index}>
                  <strong lang="sv">{title}</strong>
                  <p className="change-trail" lang="sv">
                    {trailWords(fieldTrail(body, finding.path), t)}
                  </p>
                  <p>{blockingText(finding, t)}</p>
                  <a className="button" href={fieldAddress(finding)}>
                    {t('publish.fixLink')}
                  </a>
                </li>
              )
            })}
          </ul>
        </section>
      )}
      {props.children(findings.length > 0)}
    </>
  )
}

/** Where the field is edited. */
export function fieldAddress({ name, path }: Pick<Finding, 'name' | 'path'>): string {
  const at = path.length === 0 ? '' : `?at=${encodeURIComponent(path.join('.'))}`
  return `#/edit/d/${name}${at}`
}

/** What is wrong, in words that lead on; a rule of a later app is said as that something is. */
function blockingText({ code, values = {} }: Finding, t: ManageText): string {
  if (!isKnownCode(code)) return t('publish.fixSchema')
  return t(`publish.block.${code}`, values)
}

function isKnownCode(code: string): code is keyof typeof manageSv.publish.block {
  return Object.hasOwn(manageSv.publish.block, code)
}

function textIn(body: unknown, field: string): string | undefined {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, field)) return undefined
  const text = (body as Record<string, unknown>)[field]
  return typeof text === 'string' && text.trim() !== '' ? text : undefined
}
