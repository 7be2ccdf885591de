import { join } from 'node:path'
import { headFolder } from '#store/layout.ts'
import { CliError } from './command.ts'
import { createOrganisation } from './create-organisation.ts'
import { dataFolder, openOrganisation } from './data-folder.ts'
import { loadPlans } from './load-plans.ts'
import { publishPlans } from './publish-plans.ts'
import type { CliContext } from './command.ts'
import type { OpenOrganisation } from './data-folder.ts'

/**
 * Opens the data folder's organisation; fills an empty folder with the example from plans/, keys random
 * and made now. An example whose filling was stopped midway is filled on. `start`, `publish`, `export`,
 * `invite`, `verify` and `status` do this (DESIGN, "Commands"), the others never.
 */
export async function openOrFillExample(context: CliContext): Promise<OpenOrganisation> {
  const data = dataFolder(context)
  let open = await openOrganisation(data)
  if (open && !(await isUnfinishedExample(open))) return open

  const plans = await loadPlans(context, join(context.project, 'plans'))
  if (!open) {
    if (!plans.organisation.example) {
      throw new CliError(
        1,
        `${data.path} is empty, and plans/ holds no example to fill it with`,
        'Make an organisation with planb init, then planb publish.',
      )
    }
    await createOrganisation(
      data,
      {
        title: plans.organisation.title,
        example: true,
        coordinator: plans.organisation.coordinator,
        departments: plans.departments,
        storeUrl: 'store/',
      },
      context.now(),
    )
    open = await openOrganisation(data)
  }
  if (!open) throw new Error('the organisation was made and is not there')
  const isPublished = await publishedDepartments(open)
  const missing = plans.documents.filter(({ department }) => !isPublished.has(department))
  await publishPlans(open, missing, { now: context.now })
  return open
}

async function isUnfinishedExample(open: OpenOrganisation): Promise<boolean> {
  if (!open.root.example) return false
  const published = await publishedDepartments(open)
  return Object.keys(open.root.departments).some((department) => !published.has(department))
}

/** Departments with any head, also a damaged one: filling on must not publish over what was there. */
async function publishedDepartments(open: OpenOrganisation): Promise<Set<string>> {
  const published = new Set<string>()
  for (const department of Object.keys(open.root.departments)) {
    if ((await open.store.list(headFolder(department))).length > 0) published.add(department)
  }
  return published
}
