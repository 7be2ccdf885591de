import { useState } from 'react'
import { documentName } from '#domain/schema/document.ts'
import { isNewer } from '#release/head.ts'
import type { VerifiedRelease } from '#release/open-release.ts'
import { Ask } from '#app/ui/ask.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { useEditor } from '../editor-parts.ts'
import { errorText } from '../error-text.ts'
import { useText } from '../use-text.ts'
import { codeOf } from '../use-work.ts'
import { ChangedDocument } from './changed-document.tsx'
import { useManageText } from './use-manage-text.ts'
import { versionDifferences } from './version-differences.ts'

/** Two versions side by side, the older first; and what stood in the one looked at back as a draft. */
export function ComparedVersions(props: {
  department: string
  version: VerifiedRelease
  other: VerifiedRelease
  /** What is published now: what comes back becomes a change of it. */
  held: VerifiedRelease
}) {
  const t = useManageText()
  const tEditor = useText()
  const editor = useEditor()
  const { department, version, other, held } = props
  const [asked, setAsked] = useState<readonly string[]>()
  const [brought, setBrought] = useState(0)
  const [failed, setFailed] = useState<string>()
  const [before, after] = isNewer(version, other) ? [other, version] : [version, other]
  const found = versionDifferences(before.documents, after.documents)
  const fromNow = versionDifferences(version.documents, held.documents).map(({ name }) => name)
  const organisation = editor.organisation?.id
  const bodyIn = (release: VerifiedRelease, name: string) =>
    release.documents.find((one) => documentName(one) === name)?.body
  const bring = async (names: readonly string[], isSure: boolean) => {
    if (organisation === undefined) return
    const keeper = editor.device.drafts(organisation)
    try {
      const drafted = await Promise.all(names.map((name) => keeper.get(name)))
      // What somebody is writing is not written over without a word.
      if (!isSure && drafted.some((draft) => draft !== undefined)) return setAsked(names)
      setAsked(undefined)
      for (const name of names) {
        const now = bodyIn(held, name)
        const then = bodyIn(version, name)
        await keeper.put({
          name,
          ...(now !== undefined && { base: { gen: held.gen, v: held.v, body: now } }),
          ...(then !== undefined && { body: then }),
        })
      }
      setBrought(names.length)
    } catch (error) {
      setFailed(codeOf(error))
    }
  }
  return (
    <div className="stack">
      <p>
        {t('history.between', { before: before.edition, after: after.edition })}{' '}
        {found.length === 0 ? t('history.equal') : t('history.differ', { count: found.length })}
      </p>
      {brought > 0 && (
        <Notice kind="good" title={t('history.brought', { count: brought })} announce>
          <p>{t('history.broughtText')}</p>
          <a className="button" href={`#/edit/publish/${department}`}>
            {t('history.toPublish')}
          </a>
        </Notice>
      )}
      {failed !== undefined && <Notice kind="stop" title={errorText(tEditor, failed)} announce />}
      {found.length > 0 && (
        <ul className="card rows">
          {found.map((one) => (
            <ChangedDocument key={one.name} {...one}>
              {fromNow.includes(one.name) && (
                <p className="change">
                  <button
                    type="button"
                    className="button"
                    onClick={() => void bring([one.name], false)}
                  >
                    <Icon name="return" />
                    {t(
                      bodyIn(version, one.name) === undefined
                        ? 'history.bringGone'
                        : 'history.bring',
                      { edition: version.edition },
                    )}
                  </button>
                </p>
              )}
            </ChangedDocument>
          ))}
        </ul>
      )}
      {fromNow.length > 1 && (
        <button type="button" className="button is-wide" onClick={() => void bring(fromNow, false)}>
          <Icon name="return" />
          {t('history.bringAll', { edition: version.edition })}
        </button>
      )}
      {asked !== undefined && (
        <Ask
          title={t('history.overTitle')}
          yes={t('history.overYes')}
          no={t('history.overNo')}
          grave
          onYes={() => void bring(asked, true)}
          onNo={() => setAsked(undefined)}
        >
          <p>{t('history.overText')}</p>
        </Ask>
      )}
    </div>
  )
}
