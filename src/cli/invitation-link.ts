import { absoluteStore } from '#trust/absolute-store.ts'
import { fromBase64url } from '#trust/bytes.ts'
import { createInvitationId, encodeInvitation } from '#trust/invitation.ts'
import { importAgreementKey } from '#trust/keys.ts'
import { createRestorePayload, encodeRestorePayload } from '#trust/restore-payload.ts'
import { CliError, textOption } from './command.ts'
import { currentDepartment } from './current-release.ts'
import { rootKeysInUse } from './root-keys-in-use.ts'
import { writeDepartment } from './secrets.ts'
import type { CliContext, OptionValues } from './command.ts'
import type { OpenOrganisation } from './data-folder.ts'

/**
 * The address that lets a phone join a department. It holds the epoch's key: print it, never log it.
 *
 * @param app address of the app, with a closing slash
 * @param which the department's first invitation again, or a new one, which is noted
 * @throws CliError when the department is not there or has published nothing
 */
export async function invitationLink(
  open: OpenOrganisation,
  department: string,
  app: string,
  which: 'first' | { madeAt: Date },
): Promise<string> {
  const missing = () =>
    new CliError(
      1,
      `there is no department ${department} here`,
      `It is one of ${Object.keys(open.root.departments).join(', ')}.`,
    )
  if (!Object.hasOwn(open.root.departments, department)) throw missing()
  const { secrets, opened } = await currentDepartment(open, department)
  if (!secrets) throw missing()
  if (!opened) {
    throw new CliError(1, `${department} has published nothing yet`, 'Run planb publish first.')
  }
  const { release } = opened
  let id = secrets.invitations[0]?.id
  if (which !== 'first' || id === undefined) {
    id = createInvitationId()
    const made = which === 'first' ? release.issued : which.madeAt.toISOString()
    const invitations = [...secrets.invitations, { id, made }]
    await writeDepartment(open.secret, department, { ...secrets, invitations })
  }
  const mirror = absoluteStore(open.root)
  const payload = encodeInvitation({
    organisation: open.root.organisation,
    department,
    root: { v: open.root.v, hash: open.root.hash },
    floor: { gen: release.gen, v: release.v, epoch: release.epoch },
    id,
    epochKey: fromBase64url(secrets.epochKey),
    ...(mirror !== undefined && { mirror }),
    flags: 0,
  })
  return `${app}#/join/${payload}`
}

/** The address that makes a device the coordinator's: one root key and the recovery key. */
export async function coordinatorLink(open: OpenOrganisation, app: string): Promise<string> {
  const { organisation, recovery } = open.secrets
  const [rootKey] = await rootKeysInUse(open)
  if (!rootKey) {
    throw new CliError(
      1,
      'no root key on this machine is one the organisation still names',
      'Bring secret/organisation.json back from a backup, or use a paper copy in the app.',
    )
  }
  const payload = await createRestorePayload('coordinator', organisation, {
    signing: rootKey,
    recovery: await importAgreementKey(recovery, { extractable: true }),
  })
  const mirror = absoluteStore(open.root)
  const whole = mirror === undefined ? payload : { ...payload, mirror }
  return `${app}#/restore/${encodeRestorePayload(whole)}`
}

/** Where a printed link leads: what `--app` says, else this machine, which `warnOfLocalLink` tells. */
export function linkAddress({ env }: CliContext, values: OptionValues): string {
  return appAddress(textOption(values, 'app') ?? `http://127.0.0.1:${env['PORT'] || '4173'}/`)
}

/**
 * Says, after the link, that it leads only to this machine where no `--app` was given: a command
 * cannot know under which address phones reach the app, and the link would go on a poster as it is.
 */
export function warnOfLocalLink(values: OptionValues, say: (line: string) => void): void {
  if (textOption(values, 'app') !== undefined) return
  say('This link opens only on this machine.')
  say('For phones, name the address they open the app by, for example --app https://planb.example/')
}

/** An address of the app as it is printed: absolute, http or https, with a closing slash. */
export function appAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) {
    throw new CliError(
      2,
      `"${text}" is no address of an app`,
      'For example https://planb.kommun.se/',
    )
  }
  return url.href.endsWith('/') ? url.href : `${url.href}/`
}
