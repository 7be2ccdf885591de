import { asIdentifier } from '#domain/edit/new-id.ts'
import { likelyWord } from '#domain/edit-distance.ts'
import { commonDepartment, type DocumentKind } from '#domain/schema/document.ts'
import { isIdentifier, organisationKinds, singleKinds } from '#domain/validate-document.ts'
import type { Problem } from './problem.ts'

/** Folders of a department by the kind of document in them. */
export const folderByKind = {
  plan: 'plans',
  routine: 'routines',
  'phone-tree': 'phone-trees',
  form: 'forms',
  exercise: 'exercises',
  situation: 'situations',
  rota: 'rotas',
} as const satisfies Partial<Record<DocumentKind, string>>
export type FolderKind = keyof typeof folderByKind

const kindByFolder = new Map<string, FolderKind>(
  Object.entries(folderByKind).map(([kind, folder]) => [folder, kind as FolderKind]),
)

export interface PlanName {
  department: string
  kind: DocumentKind
  id: string
}

export type PlanPath =
  | { ok: true; name: PlanName }
  /** A file that is no content and may lie there: hidden files, what explains the folder to its readers. */
  | { ok: false; ignored: true }
  | {
      ok: false
      ignored: false
      code: Problem['code']
      /** An error when not given. */
      severity?: 'warning'
      message: string
      hint: string
    }

/** The file a document is kept in, within the content folder. */
export function planPath({ department, kind, id }: PlanName): string {
  if (organisationKinds.has(kind)) return `${kind}.yaml`
  if (singleKinds.has(kind)) return `${department}/${kind}.yaml`
  return `${department}/${folderByKind[kind as FolderKind]}/${id}.yaml`
}

/** Whether a path, or a folder it lies in, is among those that could not be read. */
export function isUnread(path: string, unread: ReadonlySet<string>): boolean {
  const parts = path.split('/')
  return parts.some((_, index) => unread.has(parts.slice(0, index + 1).join('/')))
}

/** Texts about the folder, not for staff. */
const readMe = /^(readme|l[aä]s ?mig|notes|anteckningar|changelog|licen[cs]e)\b.*\.(md|txt)$/iu

/** Which document a file is by where it lies; what is wrong with its place otherwise. */
export function parsePlanPath(path: string): PlanPath {
  const parts = path.split('/')
  const file = parts.at(-1) ?? ''
  if (parts.some((part) => part.startsWith('.')) || readMe.test(file)) {
    return { ok: false, ignored: true }
  }
  if (/\.(md|txt)$/i.test(file)) {
    const message = `"${file}" is not published: only .yaml files are content`
    const hint = 'Write it as .yaml if staff need it; a README.md may lie here and is for you'
    return { ...wrong('not-published', message, hint), severity: 'warning' }
  }
  if (!file.endsWith('.yaml')) {
    const hint = /\.ya?ml$/i.test(file)
      ? `Rename it to ${file.replace(/\.ya?ml$/i, '.yaml')}`
      : 'Take it out of the folder: only .yaml files are content'
    return wrong('wrong-extension', `"${file}" does not end in .yaml`, hint)
  }
  const id = file.slice(0, -'.yaml'.length)
  const unfit = [...parts.slice(0, -1), id].find((part) => !isIdentifier(part))
  if (unfit !== undefined) {
    const message = `"${unfit}" may not be a name: it may hold only a–z, 0–9 and single hyphens`
    return wrong('bad-name', message, `Rename it to "${asIdentifier(unfit)}"`)
  }
  if (parts.length === 1) return topFile(id)
  const [department = '', folder = ''] = parts
  if (parts.length === 2) return departmentFile(department, id)
  const kind = kindByFolder.get(folder)
  if (parts.length === 3 && kind !== undefined) return { ok: true, name: { department, kind, id } }
  const likely = likelyWord(folder, kindByFolder.keys())
  const folders = [...kindByFolder.keys()].join(', ')
  return wrong(
    'wrong-folder',
    parts.length === 3
      ? `There is no folder "${folder}" in a department`
      : 'The file lies too deep',
    likely !== undefined && parts.length === 3
      ? `Did you mean "${likely}"? The folders are ${folders}`
      : `Move it to <department>/<folder>/${file}, where folder is one of ${folders}`,
  )
}

function topFile(id: string): PlanPath {
  if (id === 'organisation' || id === 'systems') {
    return { ok: true, name: { department: commonDepartment, kind: id, id } }
  }
  const where = 'Beside the department folders lie only organisation.yaml and systems.yaml'
  return wrong('wrong-folder', `"${id}.yaml" does not belong here`, `${where}; ${moveHint(id)}`)
}

function departmentFile(department: string, id: string): PlanPath {
  if (id === 'department' || id === 'contacts')
    return { ok: true, name: { department, kind: id, id } }
  const message = `"${id}.yaml" does not belong directly in a department's folder`
  if (id === 'organisation' || id === 'systems') {
    return wrong('wrong-folder', message, 'Move it up: it lies beside the department folders')
  }
  return wrong('wrong-folder', message, moveHint(id))
}

function moveHint(id: string): string {
  return `move it into a folder of a department (${[...kindByFolder.keys()].join(', ')}), for example routines/${id}.yaml`
}

function wrong(code: Problem['code'], message: string, hint: string) {
  return { ok: false as const, ignored: false as const, code, message, hint }
}
