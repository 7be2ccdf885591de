import { commonDepartment } from '#domain/schema/document.ts'
import { shortId } from '#journal/short-id.ts'
import { rotate as rotateDepartment } from '#sync/manage/rotate.ts'
import { mostRecipients } from '#sync/manage/rotation-recipients.ts'
import { toBase64url } from '#trust/bytes.ts'
import { checkWords } from '#trust/check-words.ts'
import { importSigningKey } from '#trust/keys.ts'
import { mayPublish } from '#trust/root.ts'
import { CliError } from '../command.ts'
import { currentDepartment } from '../current-release.ts'
import { openExisting } from '../data-folder.ts'
import { invitationLink, linkAddress, warnOfLocalLink } from '../invitation-link.ts'
import { isCalled } from '../is-called.ts'
import { asManaged, printManaged } from '../managed.ts'
import { openOffice } from '../open-office.ts'
import { readJournal } from '../read-journal.ts'
import { writeDepartment } from '../secrets.ts'
import { terminalQr } from '../terminal-qr.ts'
import type { Command, OptionValues } from '../command.ts'
import type { OpenOrganisation } from '../data-folder.ts'
import type { Phone } from '#journal/phones.ts'
import type { Office } from '#sync/manage/office.ts'
import type { Kid, SigningKey } from '#trust/keys.ts'

/** Gives a department a new key: old invitations end, phones that are known get it by themselves. */
export const rotate: Command = {
  usage: 'rotate DEPARTMENT [--leave-out KID…] [--include KID…] [--app URL]',
  summary:
    'give a department a new key: old invitations end, phones that have told of themselves follow, those left out do not; --include takes a device along that has not',
  options: {
    'leave-out': { type: 'string', multiple: true },
    include: { type: 'string', multiple: true },
    app: { type: 'string' },
  },
  positionals: [1, 500],

  async run(context, { values, positionals }) {
    const department = positionals[0]!
    const app = linkAddress(context, values)
    const open = await openExisting(context)
    if (!Object.hasOwn(open.root.departments, department)) {
      throw new CliError(
        1,
        `the organisation has no department ${department}`,
        `It has ${Object.keys(open.root.departments).join(', ')}.`,
      )
    }
    const office = await openOffice(context, open)
    const journal = await readJournal(office, open.root, department)
    const { phones = [], left = [] } = journal ?? {}
    const { secrets, opened } = await currentDepartment(open, department)
    const told = new Set([
      ...phones.map(({ device }) => device),
      ...(open.root.departments[department]?.publish ?? []),
    ])
    // [M28] Only a list of keys names these: any publisher could write there whom it wanted.
    const listed = department === commonDepartment ? [] : Object.keys(opened?.keys.agreement ?? {})
    const unknown = listed.filter(
      (kid) => !told.has(kid) && !left.includes(kid) && !open.root.wiped.includes(kid),
    )
    const known = [...told, ...unknown]
    const include = readDevices(optionOf(values, 'include'), unknown)
    const leaveOut = readLeaveOut(values, positionals.slice(1), known)
    const rotated = await asManaged(
      rotateDepartment(office, {
        department,
        leaveOut,
        include,
        ...(opened && { epoch: opened.epoch.epoch }),
        phones: Object.fromEntries(phones.map(({ device, agreement }) => [device, agreement])),
        signer: await signerOf(open, office, department),
      }),
    )
    if (secrets) {
      const { epoch, key, member } = rotated.epoch
      await writeDepartment(open.secret, department, {
        ...secrets,
        epoch,
        epochKey: toBase64url(key),
        memberKey: member,
        invitations: [],
      })
    }
    if (rotated.outcome === 'finished') {
      context.print(
        `${department}: a rotation that had been stopped is finished. Run it again to give another new key.`,
      )
    }
    context.print(`${department} has a new key (number ${rotated.epoch.epoch})`)
    printManaged(context, rotated)
    printFollowing(context.print, phones, rotated.recipients)
    for (const device of unknown) {
      const follows = include.includes(device)
        ? 'follows, as you said'
        : 'does not follow; if you know whose it is: --include, or a new code'
      context.print(
        `  ${shortId(device)}  ${device}  unknown device, has never told of itself in this key: ${follows}`,
      )
    }
    for (const device of rotated.unusable) {
      context.complain(`planb: the key of ${device} is no key; it needs a new code`)
    }
    if (rotated.tooMany.length > 0) {
      context.complain(
        `planb: ${rotated.tooMany.length} devices were left out, as there are more than ${mostRecipients}; they need a new code`,
      )
    }
    if (department === commonDepartment || !secrets) return 0
    context.print('Old invitations and posters have ended. The new one:')
    const link = await invitationLink(open, department, app, { madeAt: context.now() })
    context.print(link)
    for (const line of terminalQr(link)) context.print(line)
    context.print(`Kontrollord: ${checkWords(open.root.organisation).join(' ')}`)
    if (leaveOut.length > 0) {
      context.print(
        `Who was left out keeps what they have, and still reads what all departments share: planb rotate ${commonDepartment}`,
      )
    }
    warnOfLocalLink(values, context.complain)
    return 0
  },
}

/** `--leave-out`. */
function readLeaveOut(values: OptionValues, more: readonly string[], known: readonly Kid[]): Kid[] {
  const first = optionOf(values, 'leave-out')
  if (first.length === 0 && more.length > 0) {
    throw new CliError(2, `one argument too many: ${more[0]}`, `planb ${rotate.usage}`)
  }
  // `--leave-out A B` gives B as an argument of its own.
  return readDevices([...first, ...more], known)
}

function optionOf(values: OptionValues, name: string): string[] {
  const given = values[name]
  return Array.isArray(given) ? given.map(String) : []
}

/** Whole ids, or beginnings or short ids that only one of those has. */
function readDevices(named: readonly string[], known: readonly Kid[]): Kid[] {
  return named.map((text) => {
    const found = known.filter((kid) => isCalled(kid, text))
    if (found.length === 1) return found[0]!
    throw new CliError(
      1,
      found.length > 1 ? `${text} is the name of more than one` : `no device ${text} is known`,
      'planb status lists the phones, each with its 43 characters. A device that is not listed gets no new key anyway.',
    )
  })
}

/** The publisher's key of this machine, so that readers see its role; a root key where it has none that counts. */
async function signerOf(
  open: OpenOrganisation,
  office: Office,
  department: string,
): Promise<SigningKey> {
  const { secrets } = await currentDepartment(open, department)
  const own = secrets && (await importSigningKey(secrets.signing, { extractable: false }))
  return own && mayPublish(open.root, department, own.kid) ? own : office.rootKeys[0]!
}

function printFollowing(
  print: (line: string) => void,
  phones: readonly Phone[],
  recipients: readonly Kid[],
): void {
  for (const { device, label } of phones) {
    const follows = recipients.includes(device) ? 'follows by itself' : 'is left out'
    print(`  ${shortId(device)}  ${device}  ${label || '(no name)'}: ${follows}`)
  }
}
