import { plainText } from '#domain/plain-text.ts'
import { versionName } from '#store/layout.ts'
import { describeStatus } from '../describe-status.ts'
import { openOrFillExample } from '../fill-example.ts'
import type { Command } from '../command.ts'
import type { DepartmentStatus, Status } from '../describe-status.ts'

/** What the organisation is, who may do what, and what each department has published. Shows nothing secret. */
export const status: Command = {
  usage: 'status [--json]',
  summary: 'show the organisation: keys and roles, departments, phones, mirrors, alarms',
  options: { json: { type: 'boolean' } },
  positionals: [0, 0],

  async run(context, { values }) {
    const open = await openOrFillExample(context)
    const found = await describeStatus(context, open)
    if (values['json'] === true) {
      context.print(JSON.stringify(found, null, 2))
      return 0
    }
    for (const line of lines(found, context.now())) context.print(line)
    return 0
  },
}

function lines(found: Status, now: Date): string[] {
  const { root, keys, stores, departments } = found
  return [
    `${found.title}${found.example ? ' (ÖVNING: an example)' : ''}`,
    `organisation  ${found.organisation}`,
    `check words   ${found.checkWords.join(' ')}`,
    `root          ${root.v}, issued ${day(root.issued)}, review by ${day(root.reviewBy)}`,
    `data          ${found.data}`,
    ...stores.map(
      ({ url, write }) =>
        `${write ? 'store       ' : 'mirror      '}  ${url}${write ? '' : ' (read only)'}`,
    ),
    '',
    'Keys (* this machine holds it):',
    ...keys.map(({ kid, role, isRoot, publishes, isHere }) => {
      const may = [...(isRoot ? ['root key'] : []), ...publishes].join(', ') || 'nothing'
      return `${isHere ? '*' : ' '} ${kid}  ${role ?? '–'}: ${may}`
    }),
    `${found.recovery.isHere ? '*' : ' '} ${found.recovery.kid}  recovery key`,
    ...(found.wiped.length > 0
      ? ['', 'Access has ended:', ...found.wiped.map((id) => `  ${id}`)]
      : []),
    '',
    'Departments:',
    ...departments.flatMap((department) => departmentLines(department, now)),
  ]
}

function departmentLines(department: DepartmentStatus, now: Date): string[] {
  const { id, title, gen, published, phones, alarms } = department
  const name = `${id.padEnd(13)} ${title}`
  if (department.isUnfinished)
    return [`${name}: a revocation was stopped midway`, ...finishLines(department)]
  if (department.needsNewerProgram) {
    return [
      `${name}: what was published last needs a newer version of this program; if nobody should have one, ask its publishers, and planb revoke the key`,
    ]
  }
  if (!published) return [`${name}: nothing published`]
  const { v, edition, epoch, issued, publishedBy, documents, confirmedAt, problem } = published
  const by = publishedBy === undefined ? '' : ` by ${publishedBy}, ${documents} documents`
  const key = epoch > 1 ? `, key ${epoch}` : ''
  return [
    `${name}: edition ${edition} (${versionName(gen, v)}${key}), ${day(issued)}${by}`,
    `  version code ${published.versionCode}, confirmed ${ageOf(confirmedAt, now)}`,
    ...(problem === undefined ? [] : [`  cannot be opened: ${problem}`]),
    ...phones.map(
      ({ device, short, label, invitation, confirmed }) =>
        `  phone ${short}  ${device}  ${label || '(no name)'}${invitation ? `, invitation ${plainText(invitation, 64)}` : ''}, ${
          confirmed
            ? `holds ${confirmed.gen}-${confirmed.v}${confirmed.gen === gen && confirmed.v === v ? '' : ' (older)'}, said ${day(confirmed.at)}`
            : 'has not said what it holds'
        }`,
    ),
    ...alarms.map(
      ({ code, store, time, label, device }) =>
        `  ALARM ${code}${store ? ` from ${store}` : ''}, seen ${day(time)} by ${label || device}`,
    ),
  ]
}

/** [M13] Which command finishes it, and the versions among which one counts. */
function finishLines({ finish }: DepartmentStatus): string[] {
  if (!finish) return ['  finish it: planb revoke again, with the key that went']
  const { command, versions } = finish
  return [
    `  finish it: ${command}`,
    ...versions.map(({ v, edition, issued, by, isByGone }) => {
      const who = isByGone ? 'the key that went' : (by ?? 'a root key')
      return `  V can be ${v}: edition ${edition}, ${day(issued)}, by ${who}`
    }),
  ]
}

function ageOf(confirmedAt: string | undefined, now: Date): string {
  if (confirmedAt === undefined) return 'never'
  const days = Math.floor((now.getTime() - Date.parse(confirmedAt)) / 86_400_000)
  return days < 1 ? 'today' : `${days} ${days === 1 ? 'day' : 'days'} ago`
}

function day(instant: string): string {
  return instant.slice(0, 10)
}
