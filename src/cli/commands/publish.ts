import { join, resolve } from 'node:path'
import { plainText } from '#domain/plain-text.ts'
import { longestReason } from '#release/build-release.ts'
import { CliError, textOption } from '../command.ts'
import { dataFolder, openOrganisation } from '../data-folder.ts'
import { openOrFillExample } from '../fill-example.ts'
import { loadPlans } from '../load-plans.ts'
import { readPlansBase, writePlansBase } from '../plans-base.ts'
import { publishPlans, publishedNow } from '../publish-plans.ts'
import type { Command, OptionValues } from '../command.ts'
import type { PublishOutcome, Publishing } from '../publish-plans.ts'

/** Publishes what changed in a plans folder. */
export const publish: Command = {
  usage: 'publish [DIR] [--reason TEXT] [--mine | --replace]',
  summary:
    'check the plans in DIR (plans) and publish what was changed there, with what others have published since; where both changed the same, --mine lets the folder win; --replace publishes the folder as it stands',
  options: {
    reason: { type: 'string' },
    mine: { type: 'boolean' },
    replace: { type: 'boolean' },
  },
  positionals: [0, 1],

  async run(context, { values, positionals }) {
    const reason = reasonOf(textOption(values, 'reason') ?? '')
    const folder = positionals[0]
      ? resolve(context.cwd, positionals[0])
      : join(context.project, 'plans')
    // Before the plans are read: what is published while this runs is somebody else's.
    const there = await openOrganisation(dataFolder(context))
    const since = there && (await publishedNow(there))
    const plans = await loadPlans(context, folder)
    const open = await openOrFillExample(context)
    const isExample = open.root.example === true
    if (plans.organisation.example !== isExample) {
      throw new CliError(
        1,
        isExample
          ? `the organisation in ${open.path} is an example, these plans are not`
          : `these plans are an example, the organisation in ${open.path} is not`,
        'Compare `example` in organisation.yaml, and which data folder PLANB_DATA names.',
      )
    }
    const { organisation } = open.root
    const mode = modeOf(values)
    const outcomes = await publishPlans(open, plans.documents, {
      now: context.now,
      reason,
      mode,
      ...(since && { since }),
      base: mode === 'replace' ? new Map() : await readPlansBase(folder, organisation),
      onPublished: async (department, documents) => {
        await writePlansBase(folder, organisation, new Map([[department, documents]])).catch(() =>
          context.complain(
            `planb: ${folder} cannot be written to: what others publish from now on cannot be told from what you change here`,
          ),
        )
      },
    })
    const published = outcomes.filter(({ outcome }) => outcome === 'published')
    for (const outcome of published) context.print(describe(outcome))
    for (const { department, staleApprovals } of published) {
      for (const name of staleApprovals) {
        context.complain(
          `planb: ${department}/${name} says that it is approved, and its text was changed since: ask the medical lead nurse, or remove "approval"`,
        )
      }
    }
    for (const { department } of outcomes.filter(({ isBehind }) => isBehind)) {
      context.complain(
        `planb: others have changed ${department} too: that stays, and this folder does not have it (planb export)`,
      )
    }
    if (published.length === 0) context.print('nothing to publish')
    return 0
  },
}

function modeOf({ mine, replace }: OptionValues): NonNullable<Publishing['mode']> {
  if (mine === true && replace === true) {
    throw new CliError(2, '--mine and --replace at once', 'Name one of them.')
  }
  return replace === true ? 'replace' : mine === true ? 'mine' : 'merge'
}

function reasonOf(given: string): string {
  const reason = plainText(given, given.length)
  if (Array.from(reason).length <= longestReason) return reason
  throw new CliError(
    2,
    `the reason has more than ${longestReason} characters`,
    'Say it in one line; what changed is listed anyway.',
  )
}

function describe({ department, edition, changes }: PublishOutcome): string {
  const shown = changes.slice(0, 5).map(({ change, kind, id }) => `${change} ${kind}/${id}`)
  const more = changes.length > 5 ? `, and ${changes.length - 5} more` : ''
  return `published ${department}, edition ${edition}: ${shown.join(', ')}${more}`
}
