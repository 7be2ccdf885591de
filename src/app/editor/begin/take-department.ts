import { firstDocuments } from '#domain/first-documents.ts'
import { commonDepartment } from '#domain/schema/document.ts'
import { chooseTemplates, type Existing, type TemplateChoice } from '#domain/template-set.ts'
import type { TemplateDocument } from '#domain/template.ts'
import { addDepartment } from '#sync/manage/add-department.ts'
import type { Draft } from '#device/drafts.ts'
import type { EditorView } from '../editor-parts.ts'
import { openOffice } from '../office.ts'

export interface TakenDepartment {
  id: string
  /** Documents to be looked through and published, those of what all share counted too. */
  drafts: number
}

/**
 * Adds a department for everybody, then puts what the library has for it beside it as drafts: nothing of that is
 * published before somebody has filled in the numbers and read it. Stopped anywhere it can be run again: what is
 * published or being written already is left as it is.
 *
 * @param library none for an empty department
 * @throws what addDepartment throws; DeviceError full
 */
export async function takeDepartment(
  editor: Pick<EditorView, 'device' | 'sync' | 'fetch' | 'base' | 'now'>,
  organisation: string,
  choice: TemplateChoice,
  library: readonly TemplateDocument[],
): Promise<TakenDepartment> {
  const office = await openOffice(editor, organisation)
  const first = firstDocuments(choice)
  await addDepartment(office, { id: choice.id, title: choice.title, documents: first })
  await editor.sync.syncNow('asked')

  const authority = await editor.device.authority(organisation)
  const keeper = editor.device.drafts(organisation)
  const common = authority.release(commonDepartment)
  const own = authority.release(choice.id)
  const written = await keeper.list()
  const existing: Existing = [...(common?.documents ?? []), ...written.flatMap(documentOf)]
  const chosen = chooseTemplates(library, choice, lastOfEach(existing))
  const published = new Map(
    [...(own?.documents ?? first), ...(common?.documents ?? [])].map((document) => [
      `${document.department}/${document.kind}/${document.id}`,
      document.body as unknown,
    ]),
  )
  const isWritten = new Set(written.map(({ name }) => name))
  let drafts = 0
  for (const document of [...chosen.own, ...chosen.common]) {
    const name = `${document.department}/${document.kind}/${document.id}`
    const before = published.get(name)
    const isOwn = document.department === choice.id
    if (isOwn && (isWritten.has(name) || (before !== undefined && !isBlank(document, before))))
      continue
    const release = isOwn ? own : common
    const place = { gen: release?.gen ?? 1, v: release?.v ?? 1 }
    await keeper.put({
      name,
      body: document.body,
      ...(before !== undefined && { base: { ...place, body: before } }),
    })
    drafts += 1
  }
  return { id: choice.id, drafts }
}

/** A department's settings and contacts as they are when it is made: nobody has written in them. */
function isBlank({ kind }: TemplateDocument, before: unknown): boolean {
  const body = before as Record<string, unknown[] | undefined>
  if (kind === 'contacts') return body['contacts']?.length === 0
  return kind === 'department' && body['firstNumbers']?.length === 0
}

function documentOf({ name, body }: Draft): Existing[number][] {
  const [department = '', kind = '', id = ''] = name.split('/')
  return body === undefined ? [] : [{ department, kind, id, body }]
}

/** What is being written stands for what is published. */
function lastOfEach(documents: Existing): Existing {
  const byName = new Map(documents.map((one) => [`${one.department}/${one.kind}/${one.id}`, one]))
  return [...byName.values()]
}
