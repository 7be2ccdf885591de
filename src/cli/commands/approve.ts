import { approve as approvePublisher } from '#sync/manage/approve.ts'
import { decodeEnrolment, enrolmentWords } from '#trust/enrolment.ts'
import { thumbprint } from '#trust/keys.ts'
import { TrustError } from '#trust/trust-error.ts'
import { readTypedText } from '#trust/typed-text.ts'
import { understandLink } from '#trust/understand-link.ts'
import { CliError, textOption } from '../command.ts'
import { openExisting } from '../data-folder.ts'
import { isYes } from '../is-yes.ts'
import { asManaged, printManaged } from '../managed.ts'
import { openOffice } from '../open-office.ts'
import { ownRequest } from '../own-request.ts'
import type { CliContext, Command } from '../command.ts'
import type { EnrolmentRequest } from '#trust/enrolment.ts'

/** Lets a manager publish: by the code their device shows, when the words on both screens agree. */
export const approve: Command = {
  usage:
    'approve CODE DEPARTMENT… [--role TITLE] [--words "…"] [--approves] [--no-start] | --own DEPARTMENT…',
  summary:
    'let a manager publish departments: CODE is what their device shows (link, code or typed lines); --own: this machine',
  options: {
    role: { type: 'string' },
    words: { type: 'string' },
    approves: { type: 'boolean' },
    'no-start': { type: 'boolean' },
    own: { type: 'boolean' },
  },
  positionals: [1, 200],

  async run(context, { values, positionals }) {
    const isOwn = values['own'] === true
    const departments = isOwn ? positionals : positionals.slice(1)
    if (departments.length === 0) {
      throw new CliError(2, 'no department was named', `planb ${approve.usage}`)
    }
    const open = await openExisting(context)
    const unknown = departments.find((id) => !Object.hasOwn(open.root.departments, id))
    if (unknown !== undefined) {
      throw new CliError(
        1,
        `the organisation has no department ${unknown}`,
        `It has ${Object.keys(open.root.departments).join(', ')}.`,
      )
    }
    const office = await openOffice(context, open)
    const requests = isOwn
      ? await ownRequest(open, departments)
      : [{ request: readCode(positionals[0]!), departments }]
    for (const { request, departments: own } of requests) {
      if (!isOwn) await compareWords(context, request, textOption(values, 'words'), own)
      const role = textOption(values, 'role')
      const managed = await asManaged(
        approvePublisher({ ...office, root: open.root }, request, {
          departments: own,
          ...(role !== undefined && { role }),
          ...(values['approves'] === true && { approve: true }),
          ...(values['no-start'] === true && { start: false }),
        }),
      )
      const kid = await thumbprint(request.signing)
      context.print(`${role ?? request.role} may publish ${own.join(', ')}: ${kid}`)
      printManaged(context, managed)
    }
    return 0
  },
}

/** The request in what was pasted, scanned or typed. */
function readCode(text: string): EnrolmentRequest {
  const understood = understandLink(text)
  const typed = understood?.kind === 'typed' ? readTypedText(understood.payload) : undefined
  if (typed && 'problems' in typed) {
    const { line, column, suggested } = typed.problems[0]!
    throw new CliError(
      1,
      `the typed code has a mistake in line ${line}${column ? `, character ${column}` : ''}`,
      suggested ? `It should be ${suggested}.` : 'Compare that line with the manager’s screen.',
    )
  }
  const payload = typed ? typed.payload : understood?.payload
  const kind = typed ? typed.kind : understood?.kind
  if (payload === undefined || kind !== 'enrolment') {
    throw new CliError(
      1,
      kind === undefined ? 'that is no code of a manager’s device' : 'that code is another kind',
      'It is the link, or the code beginning with E, that the manager’s device shows under “Bli den som publicerar”.',
    )
  }
  try {
    return decodeEnrolment(payload)
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    throw new CliError(
      1,
      `the code cannot be read (${error.code})`,
      'Copy the whole of it from the manager’s device once more.',
      error,
    )
  }
}

/**
 * Eight words that both see: whoever stands between the two devices cannot make a request of their own with
 * the same ones. On a terminal a person answers; where there is none, `--words` says what the manager's screen shows.
 *
 * @throws CliError when they differ, or nobody has compared them
 */
async function compareWords(
  context: CliContext,
  request: EnrolmentRequest,
  given: string | undefined,
  departments: readonly string[],
): Promise<void> {
  const words = await enrolmentWords(request)
  context.print(`${request.role} asks to publish ${request.departments.join(', ') || '–'}`)
  const others = departments.filter((id) => !request.departments.includes(id))
  if (others.length > 0) context.print(`not asked for, but given now: ${others.join(', ')}`)
  context.print(`Kontrollord: ${words.join(' ')}`)
  if (given !== undefined) {
    const said =
      given
        .toLowerCase()
        .normalize('NFC')
        .match(/\p{L}+/gu) ?? []
    if (said.join(' ') === words.join(' ')) return
    throw new CliError(
      1,
      'the words differ: nothing was signed',
      'Ask the manager to read their words aloud. If they still differ, somebody has changed the code on the way.',
    )
  }
  if (!context.ask) {
    throw new CliError(
      2,
      'nobody has compared the words: nothing was signed',
      'Let the manager read the words on their screen aloud, and give them as they say them: --words "…". Or run it on a terminal.',
    )
  }
  const answer = await context.ask('Visar chefens skärm samma åtta ord? [ja/nej] ')
  if (isYes(answer)) return
  throw new CliError(
    1,
    'nothing was signed',
    'If the words differ, somebody has changed the code on the way: let the manager show it again.',
  )
}
