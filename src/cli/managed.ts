import { ManageError } from '#sync/manage/manage-error.ts'
import { SendError } from '#sync/send-error.ts'
import { TrustError } from '#trust/trust-error.ts'
import { CliError } from './command.ts'
import { finishCommand } from './finish-command.ts'
import type { CliContext } from './command.ts'
import type { Managed } from '#sync/manage/office.ts'

/** Which root stands now, and what each department came to; those that are as they were are left out. */
export function printManaged(context: CliContext, { root, departments }: Managed): void {
  context.print(`root ${root.v}`)
  for (const { department, gen, v, outcome } of departments) {
    if (outcome === 'published') context.print(`${department}: published as ${gen}-${v}`)
    if (outcome === 'nothing-published') context.print(`${department}: nothing published yet`)
    if (outcome === 'not-readable') {
      context.complain(
        `planb: ${department} could not be opened here: its manager’s key must be approved where it can`,
      )
    }
  }
}

const advice: Partial<Record<string, string>> = {
  'root-fork':
    'Somebody else has made a root with the same number. Do not publish; compare the check words, look at planb verify, and ask who holds root keys.',
  'root-behind': 'The store has lost roots: bring it back from a mirror or a backup.',
  'head-behind':
    'The store has lost versions that this machine has seen: bring them back from a mirror or a backup (planb mirror). If they are lost for good, remove secret/seen-heads.json from the data folder.',
  'head-fork':
    'Two stores, or two histories of one, were mixed up: bring the true one back from a mirror or a backup. To go by what the store has now, remove secret/seen-heads.json from the data folder.',
  'epoch-changed':
    'Somebody else gave a new key meanwhile. Look at planb status, then run it again.',
  'root-squatted':
    'Remove the file that does not verify from the store (planb verify names it), then try again.',
  'gen-fork':
    'Look at what was published (planb status, planb verify), then decide which version stays.',
  'root-keys': 'Bring further root keys: a paper copy, or secret/organisation.json from a backup.',
  'head-missing': 'planb status and planb verify show which versions there are.',
  'lost-race': 'Try again.',
  'key-unknown': 'planb status lists the keys the root names.',
  'root-key-in-use': 'It is a root key: it can only be replaced.',
  'device-wiped':
    'That device’s access was ended. Its manager leaves and joins again, with a new code.',
  'root-gen': 'The department has used up its generations: an organisation must be made anew.',
  'root-full': 'The list of wiped devices is full.',
  'not-readable': 'Publish it first, or bring the keys that open it.',
  unreachable:
    'Whether it arrived is not known. Run the same command again: it goes on where it stopped.',
  timeout:
    'Whether it arrived is not known. Run the same command again: it goes on where it stopped.',
  full: 'Make room on the disk, then try again.',
}

function adviceOn(error: ManageError | SendError | TrustError): string {
  if (error instanceof ManageError && error.code === 'keep-unsaid') {
    return `Finish that first: ${finishCommand(error.unsaid)}, where V is the version that counts. planb status lists them.`
  }
  return advice[error.code] ?? 'Run the same command again: it goes on where it stopped.'
}

/** Says what stopped an operation, and what to do. Running a command again always finishes what it began. */
export async function asManaged<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(
      error instanceof ManageError ||
      error instanceof SendError ||
      error instanceof TrustError
    ))
      throw error
    const serverCode = error instanceof SendError ? error.serverCode : undefined
    throw new CliError(1, `${error.message} (${serverCode ?? error.code})`, adviceOn(error), error)
  }
}
