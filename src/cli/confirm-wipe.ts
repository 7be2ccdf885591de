import { plainText } from '#domain/plain-text.ts'
import { shortId } from '#journal/short-id.ts'
import { ownValue } from '#trust/json.ts'
import { CliError } from './command.ts'
import { isYes } from './is-yes.ts'
import { readPhones } from './read-phones.ts'
import type { CliContext } from './command.ts'
import type { Phone } from '#journal/phones.ts'
import type { Office } from '#sync/manage/office.ts'
import type { Kid } from '#trust/keys.ts'

/**
 * Says which phone is about to be emptied, and asks: what it holds cannot be brought back to it, and one
 * mistyped character is another person's phone. Where nobody sits at a terminal, `--yes` has to say it.
 *
 * @param input.isSaid `--yes` was given
 * @throws CliError when nobody says yes
 */
export async function confirmWipe(
  context: CliContext,
  input: { office: Office; device: Kid; isSaid: boolean },
): Promise<void> {
  const { office, device, isSaid } = input
  const { phones, unread } = await readPhones(office, office.root)
  const own = phones.filter(({ phone }) => phone.device === device)
  const label = own.map(({ phone }) => phone.label).find((text) => text !== '') ?? ''
  const short = shortId(device)
  const role = ownValue<string>(office.root.roles, device)
  context.print(`phone ${short}  ${label || '(no name)'}  ${device}`)
  if (role !== undefined) context.print(`  publishes as ${role}`)
  for (const { department, phone } of own) context.print(`  ${department}: ${tellOf(phone)}`)
  if (own.length === 0) {
    context.print(
      '  No department here knows it: it has not told of itself since the last new key.',
    )
  }
  if (unread.length > 0) {
    context.complain(`planb: what phones tell could not be read here of ${unread.join(', ')}`)
  }
  const isAlike = ({ phone }: { phone: Phone }) =>
    phone.device !== device && shortId(phone.device) === short
  if (phones.some(isAlike)) {
    context.complain(`planb: another phone is called ${short} too: compare all 43 characters`)
  }
  if (isSaid) return
  if (!context.ask) {
    throw new CliError(
      2,
      'nobody has said that it is this phone: nothing was done',
      'Look at what stands above. If that is the one, run it again with --yes, or on a terminal.',
    )
  }
  const name = label === '' ? short : `${short} (${label})`
  const answer = await context.ask(`Töm telefonen ${name}? Allt den har försvinner. [ja/nej] `)
  if (isYes(answer)) return
  throw new CliError(1, 'nothing was done', 'planb status lists the phones.')
}

function tellOf({ invitation, joinedAt, confirmed }: Phone): string {
  const heard =
    confirmed && Date.parse(confirmed.at) > Date.parse(joinedAt) ? confirmed.at : joinedAt
  return [
    // Any member can write one: no line of theirs may pass for one of ours.
    `invitation ${plainText(invitation ?? '', 64) || '–'}`,
    `joined ${day(joinedAt)}`,
    `last heard ${day(heard)}`,
    confirmed ? `holds ${confirmed.gen}-${confirmed.v}` : 'has not said what it holds',
  ].join(', ')
}

function day(instant: string): string {
  return instant.slice(0, 10)
}
