import { useState } from 'react'
import type { Draft } from '#device/drafts.ts'
import { situations } from '#domain/situation.ts'
import { commonDepartment, documentName, type DocumentOf } from '#domain/schema/document.ts'
import { ownValue } from '#trust/json.ts'
import { addressOf } from '#app/documents/address-of.ts'
import { SituationCard } from '#app/documents/situation-view.tsx'
import { When } from '#app/documents/when.tsx'
import { Ask } from '#app/ui/ask.tsx'
import { Choice } from '#app/ui/choice.tsx'
import { useLive } from '#app/ui/live.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { Row } from '#app/ui/row.tsx'
import { useEditor } from '../editor-parts.ts'
import { NeedsRole } from '../needs-role.tsx'
import { useLoaded } from '../use-loaded.ts'
import { useRoles } from '../use-roles.ts'
import { useText } from '../use-text.ts'
import { askToPublish } from './ask-to-publish.ts'
import { PublicationNotice } from './publication-notice.tsx'
import { newSituation, situationId, tidySituation, type SituationBody } from './situation-body.ts'
import { SituationForm } from './situation-form.tsx'
import { queueOf } from './start-queue.ts'
import { useManageText } from './use-manage-text.ts'
import { useDepartmentTitle, useOrganisationIndex } from './use-organisation-index.ts'

/** What works, what does not, what may be done: said to everybody, from a phone, in a minute. */
export function SituationScreen() {
  const t = useManageText()
  const tEditor = useText()
  const roles = useRoles()
  const titleOf = useDepartmentTitle()
  // Those of the whole organisation first: that is what crisis management is for.
  const departments = roles.departments.toSorted(
    (a, b) => Number(b === commonDepartment) - Number(a === commonDepartment),
  )
  const [chosen, setChosen] = useState<string>()
  const department = chosen ?? departments[0] ?? commonDepartment
  const isForAll = department === commonDepartment
  return (
    <Page
      name={t('situation.title')}
      title={t('situation.title')}
      lead={isForAll ? t('situation.lead') : t('situation.leadOf', { title: titleOf(department) })}
      back={{ href: '#/edit', text: tEditor('home.title') }}
    >
      <NeedsRole who="publisher">
        {departments.length > 1 && !departments.includes(commonDepartment) && (
          <Choice
            legend={t('situation.where')}
            name="department"
            value={department}
            options={departments.map((id) => ({ value: id, text: titleOf(id), lang: 'sv' }))}
            onChange={setChosen}
          />
        )}
        <Situations key={department} department={department} />
      </NeedsRole>
    </Page>
  )
}

type Writing = { name: string; base: Draft['base']; body: SituationBody; isUpdate: boolean }

function Situations({ department }: { department: string }) {
  const t = useManageText()
  const editor = useEditor()
  const live = useLive()
  const index = useOrganisationIndex()
  const organisation = editor.organisation?.id
  const [writing, setWriting] = useState<Writing>()
  const [isEnding, setEnding] = useState(false)
  const [done, setDone] = useState<'published' | 'over'>()
  const read = useLoaded(async ({ device, organisation: own }) => {
    if (own === undefined) return undefined
    const authority = await device.authority(own.id)
    const signer = authority.signerFor(department)
    const waiting = await device.publications(own.id).get(department)
    const drafts = await device.drafts(own.id).list(department)
    return {
      release: authority.release(department),
      role: signer && ownValue(authority.root.roles, signer.kid),
      draft: drafts.find(
        ({ name, body }) =>
          name.startsWith(`${department}/situation/`) &&
          body !== undefined &&
          waiting?.names.includes(name) !== true,
      ),
      isWaiting: waiting !== undefined,
    }
  })
  if (!read.isRead) return null
  const { release, draft } = read.value ?? {}
  const own = index.ofKind('situation', department)
  const now = live.live ? live.now : new Date(0)
  const { inForce, earlier } = situations(own, now)
  const base = (document: DocumentOf<'situation'>): Draft['base'] =>
    release && { gen: release.gen, v: release.v, body: document.body }
  const coordinator = index.organisation()?.body.coordinator
  const begin = (): Writing => ({
    name: `${department}/situation/${situationId(editor.now(), new Set(own.map(({ id }) => id)))}`,
    base: undefined,
    body: newSituation(editor.now(), read.value?.role ?? coordinator ?? ''),
    isUpdate: false,
  })
  const send = async (
    changes: readonly { name: string; base: Draft['base']; body: SituationBody }[],
    reason: string,
  ) => {
    if (organisation === undefined) return
    const keeper = editor.device.drafts(organisation)
    for (const { name, base: before, body } of changes)
      await keeper.put({ name, ...(before && { base: before }), body })
    await askToPublish(editor, organisation, {
      department,
      names: changes.map(({ name }) => name),
      reason,
    })
  }
  const swedish = editor.i18n.getFixedT('sv', 'manage')
  const publish = async (asked: Writing, body: SituationBody) => {
    const isOther = inForce !== undefined && documentName(inForce) !== asked.name
    // One is in force: the older ends in the same release, so that no phone ever shows both.
    const older = isOther
      ? [
          {
            name: documentName(inForce),
            base: base(inForce),
            body: { ...inForce.body, ended: editor.now().toISOString() },
          },
        ]
      : []
    setDone('published')
    await send(
      [{ name: asked.name, base: asked.base, body }, ...older],
      swedish(asked.isUpdate ? 'situation.reasonUpdate' : 'situation.reason'),
    )
    setWriting(undefined)
  }
  const end = async (document: DocumentOf<'situation'>) => {
    setEnding(false)
    setDone('over')
    const body = tidySituation({ ...document.body, ended: editor.now().toISOString() })
    await send(
      [{ name: documentName(document), base: base(document), body }],
      swedish('situation.overReason'),
    )
  }
  const notice = (
    <PublicationNotice
      department={department}
      done={t(done === 'over' ? 'situation.doneOver' : 'situation.done')}
      doneText={<p>{t('situation.doneText')}</p>}
    />
  )
  const sending = queueOf(editor).get().get(`${organisation}/${department}`)
  const isUnderWay = read.value?.isWaiting === true || sending?.at === 'sending'
  const isIdle = inForce === undefined && draft === undefined && !isUnderWay && done === undefined
  if (writing !== undefined)
    return (
      <SituationForm
        key={writing.name}
        name={writing.name}
        base={writing.base}
        initial={writing.body}
        isUpdate={writing.isUpdate}
        onPublish={(body) => publish(writing, body)}
      />
    )
  // Nothing to look at: straight to the writing, which is what one came for.
  if (isIdle) {
    setWriting(begin())
    return null
  }
  return (
    <div className="wide">
      <div className="stack">
        {notice}
        {draft !== undefined && (
          <Notice kind="warning" title={t('situation.draft')}>
            <p>
              {t('situation.draftText')} <When at={draft.changedAt} />
            </p>
            <div className="buttons">
              <button
                type="button"
                className="button is-main"
                onClick={() =>
                  setWriting({
                    name: draft.name,
                    base: draft.base,
                    body: draft.body as SituationBody,
                    isUpdate: draft.base !== undefined,
                  })
                }
              >
                {t('situation.continue')}
              </button>
              <button
                type="button"
                className="button"
                onClick={() => {
                  if (organisation !== undefined)
                    void editor.device.drafts(organisation).remove(draft.name)
                }}
              >
                {t('situation.discard')}
              </button>
            </div>
          </Notice>
        )}
        {inForce === undefined ? (
          <p>{t('situation.noneText')}</p>
        ) : (
          <SituationCard document={inForce} />
        )}
        {inForce !== undefined && (
          <div className="stack">
            <button
              type="button"
              className="button is-main is-wide"
              onClick={() =>
                setWriting({
                  name: documentName(inForce),
                  base: base(inForce),
                  body: inForce.body,
                  isUpdate: true,
                })
              }
            >
              {t('situation.update')}
            </button>
            <button type="button" className="button is-wide" onClick={() => setEnding(true)}>
              {t('situation.over')}
            </button>
          </div>
        )}
        <button
          type="button"
          className={`button is-wide${inForce === undefined ? ' is-main' : ''}`}
          onClick={() => {
            setDone(undefined)
            setWriting(begin())
          }}
        >
          {t(inForce === undefined ? 'situation.startNew' : 'situation.new')}
        </button>
        {inForce !== undefined && <p className="meta">{t('situation.newText')}</p>}
      </div>
      <div className="aside">
        {earlier.length > 0 && (
          <section className="section">
            <h2>{t('situation.earlier')}</h2>
            <div className="card rows">
              {earlier.map((one) => (
                <Row
                  key={one.id}
                  href={addressOf(documentName(one))}
                  kind="plain"
                  title={<span lang="sv">{one.body.title}</span>}
                  under={<When at={one.body.since} />}
                />
              ))}
            </div>
          </section>
        )}
      </div>
      {isEnding && inForce !== undefined && (
        <Ask
          title={t('situation.overTitle')}
          yes={t('situation.overYes')}
          no={t('situation.overNo')}
          onYes={() => void end(inForce)}
          onNo={() => setEnding(false)}
        >
          <p>{t('situation.overText')}</p>
        </Ask>
      )}
    </div>
  )
}
