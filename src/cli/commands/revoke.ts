import { replaceRootKey } from '#sync/manage/replace-root-key.ts'
import { revoke as revokeKey } from '#sync/manage/revoke.ts'
import { wipe } from '#sync/manage/wipe.ts'
import { ownValue } from '#trust/json.ts'
import { createSigningKey, exportPrivateKey, importSigningKey, thumbprint } from '#trust/keys.ts'
import { CliError } from '../command.ts'
import { confirmWipe } from '../confirm-wipe.ts'
import { openExisting } from '../data-folder.ts'
import { coordinatorLink, linkAddress, warnOfLocalLink } from '../invitation-link.ts'
import { isCalled } from '../is-called.ts'
import { asManaged, printManaged } from '../managed.ts'
import { openOffice } from '../open-office.ts'
import { readPhones } from '../read-phones.ts'
import { warnOfLastGood } from '../last-good.ts'
import { isRecoveryKey, replaceRecoveryKey } from '../replace-recovery-key.ts'
import { writeOrganisation } from '../secrets.ts'
import type { CliContext, Command, OptionValues } from '../command.ts'
import type { OpenOrganisation } from '../data-folder.ts'
import type { Office } from '#sync/manage/office.ts'
import type { Kid } from '#trust/keys.ts'

/** Ends what a key or a device may do. */
export const revoke: Command = {
  usage: 'revoke KID [--wipe [--yes]] [--keep DEPARTMENT=V …] [--app URL]',
  summary:
    'take a publisher’s key away; with --wipe empty a phone (KID: also its short id), asked first, --yes answers; a root key or the recovery key is replaced by a new one',
  options: {
    wipe: { type: 'boolean' },
    yes: { type: 'boolean' },
    keep: { type: 'string', multiple: true },
    app: { type: 'string' },
  },
  positionals: [1, 1],

  async run(context, { values, positionals }) {
    const keep = readKeep(values)
    const open = await openExisting(context)
    const office = await openOffice(context, open)
    const kid = await findKid(open, office, positionals[0]!)
    if (open.root.root.kids.includes(kid) || (await isReplacedRootKey(open, kid))) {
      return await replace(context, { open, office, kid, values, keep })
    }
    if (await isRecoveryKey(open, kid)) {
      await replaceRecoveryKey(context, open)
      return 0
    }
    const role = ownValue<string>(open.root.roles, kid)
    // All of them: run again after it was stopped, the root no longer says where the key published.
    const departments = Object.keys(open.root.departments)
    await warnOfLastGood(context, { office, gone: kid, departments, keep })
    if (values['wipe'] === true) {
      await confirmWipe(context, { office, device: kid, isSaid: values['yes'] === true })
      const managed = await asManaged(wipe(office, { devices: [kid], keep }))
      context.print(`access of ${role ?? 'the device'} has ended: ${kid}`)
      printManaged(context, managed)
      context.print(
        'It loses what it holds at its next contact. planb rotate DEPARTMENT keeps what is published from now on from it.',
      )
      return 0
    }
    const managed = await asManaged(revokeKey(office, { kid, keep }))
    context.print(`${role ?? 'the key'} may no longer publish: ${kid}`)
    printManaged(context, managed)
    context.print('The device still reads. planb rotate DEPARTMENT --leave-out ends that as well.')
    return 0
  },
}

/** `--keep hemtjanst=12`: the last version, by its v, that is to be believed. */
function readKeep(values: OptionValues): Record<string, number> {
  const named = Array.isArray(values['keep']) ? values['keep'] : []
  return Object.fromEntries(
    named.map((text) => {
      const match = /^([a-z0-9-]+)=([1-9][0-9]{0,9})$/.exec(String(text))
      if (!match) {
        throw new CliError(
          2,
          `--keep "${text}" is not understood`,
          'For example --keep hemtjanst=12',
        )
      }
      return [match[1]!, Number(match[2])]
    }),
  )
}

/**
 * The key or device that is meant: the whole thumbprint, or so much of its beginning, or the short id, that it is
 * the only one among the keys of the root and the devices that have told of themselves.
 */
async function findKid(open: OpenOrganisation, office: Office, text: string): Promise<Kid> {
  if (/^[A-Za-z0-9_-]{43}$/.test(text)) return text
  const known = new Set([
    ...Object.keys(open.root.keys),
    ...open.root.wiped,
    await thumbprint(open.root.recovery),
  ])
  for (const { phone } of (await readPhones(office, open.root)).phones) known.add(phone.device)
  const found = [...known].filter((kid) => isCalled(kid, text))
  if (found.length === 1) return found[0]!
  throw new CliError(
    found.length > 1 ? 1 : 2,
    found.length > 1 ? `${text} is the name of more than one` : `there is no key ${text}`,
    'planb status lists keys and phones, each with its 43 characters.',
  )
}

/** Whether the root key was replaced by a run that was stopped before it wrote that down. */
async function isReplacedRootKey({ secrets }: OpenOrganisation, kid: Kid): Promise<boolean> {
  if (!secrets.nextRootKey) return false
  const own = await Promise.all(secrets.rootKeys.map(thumbprint))
  return own.includes(kid)
}

/**
 * A root key cannot go without another in its place. The new one lies in safety before a root names it, so
 * that being stopped anywhere loses no key.
 */
async function replace(
  context: CliContext,
  input: {
    open: OpenOrganisation
    office: Office
    kid: Kid
    values: OptionValues
    keep: Record<string, number>
  },
): Promise<0> {
  const { open, office, kid, values, keep } = input
  if (values['wipe'] === true) {
    throw new CliError(
      1,
      'a root key’s device cannot be wiped while its key counts',
      'Replace the key first: planb revoke KID without --wipe.',
    )
  }
  let { secrets } = open
  if (!secrets.nextRootKey) {
    const made = await createSigningKey({ extractable: true })
    secrets = { ...secrets, nextRootKey: await exportPrivateKey(made) }
    await writeOrganisation(open.secret, secrets)
  }
  const next = await importSigningKey(secrets.nextRootKey!, { extractable: false })
  const others = office.rootKeys.filter((key) => key.kid !== kid)
  const enough = others.filter((key) => key.kid !== next.kid).length >= open.root.root.needForRoot
  const departments = Object.keys(open.root.departments)
  await warnOfLastGood(context, { office, gone: kid, departments, keep })
  const managed = await asManaged(
    replaceRootKey(
      { ...office, rootKeys: enough ? others : office.rootKeys },
      { gone: kid, jwk: next.jwk, extraKeys: [next], keep },
    ),
  )
  const kids = await Promise.all(secrets.rootKeys.map(thumbprint))
  const at = kids.indexOf(kid)
  const { nextRootKey, ...rest } = secrets
  const rootKeys =
    at >= 0 ? secrets.rootKeys.with(at, nextRootKey!) : [...secrets.rootKeys, nextRootKey!]
  await writeOrganisation(open.secret, { ...rest, rootKeys })

  context.print(`root key ${kid} counts no more; in its place stands ${next.kid}`)
  printManaged(context, managed)
  context.print('Print its paper now: planb papers DIR. Destroy the paper of the old key.')
  if (at === 0) {
    const now = { ...open, root: managed.root, secrets: { ...rest, rootKeys } }
    context.print('The coordinator’s device opens this once. Whoever has it owns the organisation:')
    context.print(await coordinatorLink(now, linkAddress(context, values)))
    warnOfLocalLink(values, context.print)
  }
  return 0
}
