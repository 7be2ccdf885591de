import { createLocalWriteStore } from '#server/local-write-store.ts'
import { confirm as confirmDepartment } from '#sync/manage/confirm.ts'
import { importSigningKey } from '#trust/keys.ts'
import { mayPublish } from '#trust/root.ts'
import { CliError } from '../command.ts'
import { openExisting } from '../data-folder.ts'
import { asManaged } from '../managed.ts'
import { rootKeysInUse } from '../root-keys-in-use.ts'
import { readDepartment } from '../secrets.ts'
import { seenHead } from '../seen-heads.ts'
import type { Command } from '../command.ts'
import type { OpenOrganisation } from '../data-folder.ts'
import type { ManagedDepartment } from '#sync/manage/office.ts'
import type { SigningKey } from '#trust/keys.ts'

/** What `planb confirm --json` prints; nothing in it is secret. */
interface Confirmed {
  root: number
  departments: {
    department: string
    gen: number
    v: number
    /** `unchanged`: the store has a confirmation as late already. */
    outcome: 'confirmed' | 'unchanged' | 'nothing-published'
  }[]
}

/** Signs that what is published is still the newest: what a publisher's app says by itself once a day. */
export const confirm: Command = {
  usage: 'confirm [DEPARTMENT…] [--json]',
  summary:
    'sign that what is published is still the newest, so that phones count its age from now; without a name of every department this machine has a key for',
  options: { json: { type: 'boolean' } },
  positionals: [0, 200],

  async run(context, { values, positionals }) {
    const open = await openExisting(context)
    const { root, secret, store } = open
    const unknown = positionals.find((id) => !Object.hasOwn(root.departments, id))
    if (unknown !== undefined) {
      throw new CliError(
        1,
        `the organisation has no department ${unknown}`,
        `It has ${Object.keys(root.departments).join(', ')}.`,
      )
    }
    const office = {
      store: createLocalWriteStore(store, {
        organisation: root.organisation,
        allowExample: root.example === true,
        now: context.now,
      }),
      root,
      now: context.now,
      held: (department: string) => seenHead(secret, root.organisation, department),
    }
    const found: Confirmed = { root: root.v, departments: [] }
    for (const { department, signer } of await signersOf(open, positionals)) {
      const managed = await asManaged(confirmDepartment(office, department, signer))
      for (const one of managed.departments.map(confirmedOf)) {
        found.departments.push(one)
        if (values['json'] !== true) context.print(lineOf(one))
      }
    }
    if (values['json'] === true) context.print(JSON.stringify(found, null, 2))
    return found.departments.some(({ outcome }) => outcome !== 'nothing-published') ? 0 : 1
  },
}

/**
 * Each department with the key that confirms it: this machine's own, else a root key.
 *
 * @param named all that this machine has a key for when none is named
 * @throws CliError when there is no key
 */
async function signersOf(
  open: OpenOrganisation,
  named: readonly string[],
): Promise<{ department: string; signer: SigningKey }[]> {
  const [rootKey] = await rootKeysInUse(open)
  const signers: { department: string; signer: SigningKey }[] = []
  for (const department of named.length > 0 ? named : Object.keys(open.root.departments)) {
    const secrets = await readDepartment(open.secret, department)
    const own = secrets && (await importSigningKey(secrets.signing, { extractable: false }))
    const signer = own && mayPublish(open.root, department, own.kid) ? own : rootKey
    if (signer) signers.push({ department, signer })
    else if (named.length > 0) throw noKey(department)
  }
  if (signers.length === 0) throw noKey('any department')
  return signers
}

function noKey(what: string): CliError {
  return new CliError(
    1,
    `this machine has no key that may publish ${what}`,
    'Confirm it in a manager’s app, which does so by itself, or let this machine in: planb approve --own DEPARTMENT',
  )
}

function confirmedOf({ outcome, ...place }: ManagedDepartment): Confirmed['departments'][number] {
  if (outcome === 'published') return { ...place, outcome: 'confirmed' }
  return {
    ...place,
    outcome: outcome === 'nothing-published' ? 'nothing-published' : 'unchanged',
  }
}

function lineOf({ department, gen, v, outcome }: Confirmed['departments'][number]): string {
  if (outcome === 'confirmed') return `${department}: ${gen}-${v} is confirmed as the newest`
  if (outcome === 'unchanged')
    return `${department}: ${gen}-${v} has a confirmation as late already`
  return `${department}: nothing published yet`
}
