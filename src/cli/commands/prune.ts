import { resolve } from 'node:path'
import { createDirectoryStore } from '#store/directory.ts'
import {
  CliError,
  textOption,
  type CliContext,
  type Command,
  type OptionValues,
} from '../command.ts'
import { openExisting } from '../data-folder.ts'
import { isYes } from '../is-yes.ts'
import { openMirrorSource } from '../mirror/mirror-source.ts'
import { planPrune, prune, type PruneOptions, type PrunePlan } from '../prune-store.ts'

/** Clears old versions away, with the numbers of people who have left. */
export const pruneCommand: Command = {
  usage: 'prune [DIR] [--keep N] [--older DAYS] [--yes]',
  summary:
    'remove old versions from the store, or from a mirror in DIR: all but the newest N (5) of each department, and only those that were replaced DAYS ago; can be stopped and run again',
  options: {
    keep: { type: 'string' },
    older: { type: 'string' },
    yes: { type: 'boolean' },
  },
  positionals: [0, 1],

  async run(context, { values, positionals }) {
    const options: PruneOptions = {
      keep: countOf(values, 'keep', 5, 1),
      olderDays: countOf(values, 'older', 0, 0),
      now: context.now(),
    }
    const open = await openExisting(context)
    const [named] = positionals
    const store =
      named === undefined ? open.store : createDirectoryStore(resolve(context.cwd, named))
    const source = await openMirrorSource(store, open.root.organisation)
    if (source.roots.length === 0) {
      throw new CliError(1, `${named} holds no store`, 'Name the folder that planb mirror wrote.')
    }
    const plan = await planPrune(source, options)
    describe(context, plan)
    if (plan.departments.length === 0 && plan.blobs.length === 0) {
      context.print('nothing to remove')
      return 0
    }
    await confirm(context, values)
    await prune(source, plan, options)
    context.print('removed')
    return 0
  },
}

function describe(context: CliContext, { departments, leftAlone, blobs }: PrunePlan): void {
  for (const { department, heads, entries, oldestKept } of departments) {
    const editions = [...new Set(heads.map(({ head }) => head.edition))].sort((a, b) => a - b)
    const journal = entries.length > 0 ? `, and ${entries.length} entries of ended keys` : ''
    context.print(
      `${department}: ${heads.length} old versions (edition ${editions[0]} to ${editions.at(-1)})${journal}; edition ${oldestKept} and later stay`,
    )
  }
  for (const department of leftAlone) {
    context.complain(
      `planb: ${department} is left alone: planb verify says what does not hold there`,
    )
  }
  if (departments.length + blobs.length === 0) return
  context.print(`${blobs.length} files of content that nothing else needs`)
  context.print(
    'What is removed can not be shown, compared or brought back, and no stolen key be answered with it.',
  )
  context.print(
    'Mirrors, backups and papers keep what they have (planb prune DIR for a mirror here); a phone keeps the version before its newest until the next one.',
  )
}

async function confirm(context: CliContext, values: OptionValues): Promise<void> {
  if (values['yes'] === true) return
  if (!context.ask) {
    throw new CliError(
      2,
      'nobody has said yes: nothing was removed',
      'Look at what stands above, then run it again with --yes, or on a terminal.',
    )
  }
  if (isYes(await context.ask('Ta bort de gamla versionerna? [ja/nej] '))) return
  throw new CliError(1, 'nothing was removed', 'planb prune --keep N keeps more of them.')
}

function countOf(values: OptionValues, name: string, usual: number, least: number): number {
  const text = textOption(values, name)
  if (text === undefined) return usual
  const count = /^[0-9]{1,6}$/.test(text) ? Number(text) : -1
  if (count >= least) return count
  throw new CliError(2, `--${name} ${text} is no number from ${least}`, `planb prune --${name} 10`)
}
