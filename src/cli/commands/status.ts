import { currentHead } from '#server/current-head.ts'
import { versionName } from '#store/layout.ts'
import { checkWords } from '#trust/check-words.ts'
import { currentRelease } from '../current-release.ts'
import { openOrFillExample } from '../fill-example.ts'
import type { Command } from '../command.ts'

/** What the organisation is and what each department has published. Shows nothing secret. */
export const status: Command = {
  usage: 'status',
  summary: 'show the organisation and what each department has published',
  options: {},
  positionals: [0, 0],

  async run(context) {
    const open = await openOrFillExample(context)
    const { root } = open
    context.print(`${root.title}${root.example ? ' (ÖVNING: an example)' : ''}`)
    context.print(`organisation  ${root.organisation}`)
    context.print(`check words   ${checkWords(root.organisation).join(' ')}`)
    context.print(
      `root          ${root.v}, issued ${day(root.issued)}, review by ${day(root.reviewBy)}`,
    )
    context.print(`data          ${open.path}`)
    for (const [id, { title }] of Object.entries(root.departments)) {
      const current = await currentHead(open.store, root, id)
      const name = `${id.padEnd(13)} ${title}`
      if (!current) {
        context.print(`${name}: nothing published`)
        continue
      }
      const release = await currentRelease(open, id)
      const by = release ? ` by ${release.publishedBy}, ${release.documents.length} documents` : ''
      const { gen, v, issued, edition } = current.head
      context.print(`${name}: edition ${edition} (${versionName(gen, v)}), ${day(issued)}${by}`)
    }
    return 0
  },
}

function day(instant: string): string {
  return instant.slice(0, 10)
}
