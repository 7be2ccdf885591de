import { useId, useState } from 'react'
import type { Draft } from '#device/drafts.ts'
import { commonDepartment } from '#domain/schema/document.ts'
import { validateDocument } from '#domain/validate-document.ts'
import type { VerifiedRelease } from '#release/open-release.ts'
import type { Phone } from '#journal/phones.ts'
import { useHeldText } from '#app/ui/held-text.ts'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import type { ScreenProps } from '../editor.tsx'
import { useEditor } from '../editor-parts.ts'
import { errorText } from '../error-text.ts'
import { NeedsRole } from '../needs-role.tsx'
import { useLoaded } from '../use-loaded.ts'
import { useText } from '../use-text.ts'
import { codeOf } from '../use-work.ts'
import { askToPublish } from './ask-to-publish.ts'
import { BlockingList } from './blocking-list.tsx'
import { ChangedDocument } from './changed-document.tsx'
import { ConflictChoices, ConflictWaiting } from './conflict-choices.tsx'
import { differences, isNumberChange } from './differences.ts'
import { draftedDocuments, type DraftedDocument } from './drafted-documents.ts'
import { PhonesCount } from './phones-count.tsx'
import { PublicationNotice } from './publication-notice.tsx'
import { useManageText } from './use-manage-text.ts'
import { useDepartmentTitle } from './use-organisation-index.ts'
import { usePublication } from './use-publication.ts'

/** What will be different in the phones, looked through before it is sent, and followed until it is there. */
export function PublishScreen({ parts: [department = ''] }: ScreenProps) {
  const t = useManageText()
  const tEditor = useText()
  const title = t('publish.titleOf', { title: useDepartmentTitle()(department) })
  return (
    <Page
      name={title}
      title={title}
      lead={t('publish.lead')}
      back={{ href: '#/edit', text: tEditor('home.title') }}
    >
      <NeedsRole who="publisher" department={department}>
        <Publish department={department} />
      </NeedsRole>
    </Page>
  )
}

function Publish({ department }: { department: string }) {
  const t = useManageText()
  const editor = useEditor()
  const { publication, isRead: isAskRead } = usePublication(department)
  const read = useLoaded(async ({ device, organisation }) => {
    if (organisation === undefined) return undefined
    const authority = await device.authority(organisation.id)
    const phones = await device.journal(organisation.id, department).phones()
    const drafts = await device.drafts(organisation.id).list(department)
    const { wiped } = authority.root
    return {
      drafts,
      release: authority.release(department),
      phones: phones.filter((phone: Phone) => !wiped.includes(phone.device)),
    }
  })
  if (!read.isRead || !isAskRead) return null
  const { release, drafts = [], phones = [] } = read.value ?? {}
  if (release === undefined)
    return (
      <Notice kind="info" title={t('publish.notHere')}>
        <p>{t('publish.notHereText')}</p>
      </Notice>
    )
  const asked = publication?.names ?? []
  const organisation = editor.organisation?.id
  const settle = async (
    settled: { name: string; draft: Omit<Draft, 'rev' | 'changedAt'> | undefined }[],
  ) => {
    if (organisation === undefined || publication === undefined) return
    const keeper = editor.device.drafts(organisation)
    for (const { name, draft } of settled) {
      if (draft === undefined) await keeper.remove(name)
      else await keeper.put(draft)
    }
    await askToPublish(editor, organisation, { ...publication })
  }
  const waiting = drafts.filter(({ name }) => asked.includes(name))
  return (
    <div className="wide">
      <div className="stack">
        <PublicationNotice
          department={department}
          done={t('publish.done')}
          doneText={<p>{t('publish.doneText')}</p>}
        />
        {publication?.state === 'conflict' && (
          <Conflict release={release} drafts={waiting} onSettled={(all) => void settle(all)} />
        )}
        <Changes
          key={department}
          department={department}
          release={release}
          drafts={drafts.filter(
            ({ name }) => publication?.state === 'refused' || !asked.includes(name),
          )}
          phones={phones.length}
          isAsked={publication !== undefined}
        />
      </div>
      <div className="aside stack">
        <PhonesCount department={department} />
      </div>
    </div>
  )
}

function Conflict(props: {
  release: VerifiedRelease
  drafts: readonly Draft[]
  onSettled: Parameters<typeof ConflictChoices>[0]['onSettled']
}) {
  const { release, drafts } = props
  if (drafts.every(({ base }) => base !== undefined && isAt(base, release)))
    return <ConflictWaiting />
  return (
    <ConflictChoices
      published={release.documents}
      place={{ gen: release.gen, v: release.v }}
      drafts={drafts}
      onSettled={props.onSettled}
    />
  )
}

/** Nothing newer is here than what the draft was begun on: the other's version is still to come. */
function isAt(base: NonNullable<Draft['base']>, release: VerifiedRelease): boolean {
  return base.gen === release.gen && base.v === release.v
}

function Changes(props: {
  department: string
  release: VerifiedRelease
  drafts: readonly Draft[]
  phones: number
  isAsked: boolean
}) {
  const t = useManageText()
  const tEditor = useText()
  const editor = useEditor()
  const { department, release, drafts } = props
  const [chosen, setChosen] = useState<Readonly<Record<string, boolean>>>({})
  const [failed, setFailed] = useState<string>()
  const field = useId()
  const organisation = editor.organisation?.id
  const [reason, setReason] = useHeldText(`reason:${organisation}:${department}`)
  const all = draftedDocuments(release.documents, drafts)
  const changed = all.filter(isChange)
  const same = all.filter(({ change }) => change === 'same')
  // What is only begun stays behind until somebody says otherwise: it would hold up the rest.
  const isTicked = (one: DraftedDocument) => chosen[one.name] ?? isFinished(one)
  const ticked = changed.filter(isTicked)
  const numbers = ticked.flatMap(({ before, after }) =>
    differences(before, after).filter(isNumberChange),
  )
  const publish = async () => {
    if (organisation === undefined) return
    try {
      await askToPublish(editor, organisation, {
        department,
        names: ticked.map(({ name }) => name),
        reason,
      })
      setReason('')
    } catch (error) {
      setFailed(codeOf(error))
    }
  }
  if (all.length === 0) {
    if (props.isAsked) return null
    return (
      <>
        <Notice kind="plain" title={t('publish.none')}>
          <p>{t('publish.noneText')}</p>
        </Notice>
        <a className="button is-wide" href={`#/edit/d/${department}`}>
          {t('publish.toDocuments')}
        </a>
      </>
    )
  }
  return (
    <>
      <section className="section stack">
        <h2>{t('publish.summary')}</h2>
        {numbers.length > 0 && (
          <Notice
            kind="warning"
            icon="phone"
            title={t('publish.numbers', { count: numbers.length })}
          >
            <p>{t('publish.numbersText')}</p>
          </Notice>
        )}
        <p>{t('publish.documents', { count: ticked.length })}</p>
        {changed.length > 0 && (
          <ul className="card rows">
            {changed.map((one) => (
              <ChangedDocument
                key={one.name}
                {...one}
                isTicked={isTicked(one)}
                isUnfinished={!isFinished(one)}
                onTick={(isNow) => setChosen({ ...chosen, [one.name]: isNow })}
              />
            ))}
          </ul>
        )}
        {same.map(({ name, title }) => (
          <Notice key={name} kind="plain" title={<span lang="sv">{title}</span>}>
            <p>{t('publish.same')}</p>
            <div className="buttons">
              <button
                type="button"
                className="button"
                onClick={() => {
                  if (organisation !== undefined)
                    void editor.device.drafts(organisation).remove(name)
                }}
              >
                {t('publish.drop')}
              </button>
            </div>
          </Notice>
        ))}
      </section>
      <BlockingList release={release} drafts={ticked.map(({ draft }) => draft)}>
        {(isBlocked) => (
          <section className="section stack">
            <div className="field">
              <label htmlFor={field}>{t('publish.reason')}</label>
              <input
                id={field}
                className="input"
                lang="sv"
                maxLength={200}
                value={reason}
                aria-describedby={`${field}-help`}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
              <p className="meta" id={`${field}-help`}>
                {t('publish.reasonHelp')}
              </p>
            </div>
            {failed !== undefined && (
              <Notice kind="stop" title={errorText(tEditor, failed)} announce />
            )}
            <button
              type="button"
              className="button is-main is-wide"
              disabled={isBlocked || ticked.length === 0}
              onClick={() => void publish()}
            >
              {department === commonDepartment
                ? t('publish.buttonAll')
                : props.phones === 0
                  ? t('publish.buttonFirst')
                  : t('publish.button', { count: props.phones })}
            </button>
          </section>
        )}
      </BlockingList>
    </>
  )
}

/** Whether it is a document that phones can read. */
function isFinished({ name, after, change }: DraftedDocument): boolean {
  const [department = '', kind = '', id = ''] = name.split('/')
  return change === 'removed' || validateDocument({ department, kind, id, body: after }).ok
}

function isChange(
  one: DraftedDocument,
): one is DraftedDocument & { change: 'added' | 'changed' | 'removed' } {
  return one.change !== 'same'
}
