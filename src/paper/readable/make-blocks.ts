import { formatPhoneNumber } from '#domain/phone-number.ts'
import { sv } from '#i18n/sv.ts'
import { formatDay, formatInstant } from '#i18n/format.ts'
import type { Block } from './block.ts'
import type { NameOf } from './document-blocks.ts'
import type { Fields } from './read-fields.ts'

/* Makers of blocks: each gives nothing where there is nothing to show. */

export function titled(title: string, blocks: Block[]): Block[] {
  return blocks.length === 0 ? [] : [{ kind: 'heading', text: title }, ...blocks]
}

export function box(
  tone: (Block & { kind: 'box' })['tone'],
  title: string,
  blocks: Block[],
): Block[] {
  return blocks.length === 0 ? [] : [{ kind: 'box', tone, title, blocks }]
}

export function text(value: string | undefined): Block[] {
  return value === undefined ? [] : [{ kind: 'text', text: value }]
}

export function list(items: string[]): Block[] {
  return items.length === 0 ? [] : [{ kind: 'list', items }]
}

export function numbered(lines: string[]): Block[] {
  return lines.length === 0
    ? []
    : [{ kind: 'steps', steps: lines.map((line) => ({ text: line, under: [] })) }]
}

export function facts(...rows: [name: string, value: string | undefined][]): Block[] {
  const known = rows.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]))
  return known.length === 0 ? [] : [{ kind: 'facts', facts: known }]
}

export function table(head: string[], rows: string[][]): Block[] {
  return rows.length === 0 ? [] : [{ kind: 'table', head, rows }]
}

/** What stands with a step: who, where, whom to call, which paper, where to read on. */
export function steps(all: Fields[], nameOf: NameOf): Block[] {
  if (all.length === 0) return []
  return [
    {
      kind: 'steps',
      steps: all.map((one) => ({
        text: one.text('text') ?? '',
        under: [
          ...[one.text('who'), one.text('where')].filter((value) => value !== undefined),
          ...one.lines('call').map(nameOf),
          ...[one.text('form'), one.text('see')].flatMap((value) =>
            value === undefined ? [] : [nameOf(value)],
          ),
        ],
      })),
    },
  ]
}

/** Who is called by whom, in the order of the list: a drawing is the printed binder's. */
export function treeTable(positions: Fields[], nameOf: NameOf): Block[] {
  const titleOf = new Map(positions.map((one) => [one.text('id'), one.text('title') ?? '']))
  const called = (id: string) => titleOf.get(id) ?? id
  return table(
    ['', sv.contacts.title, sv.tree.calls],
    positions.map((one) => [
      [one.text('title'), one.text('name'), one.text('unit'), one.text('hours')]
        .filter(Boolean)
        .join(', '),
      [
        number(one.text('number')) ?? (one.text('contact') && nameOf(one.text('contact') ?? '')),
        number(one.text('second')),
      ]
        .filter(Boolean)
        .join(', '),
      one.lines('calls').map(called).join(', '),
    ]),
  )
}

export function binder(of: Fields): Block[] {
  const inner = of.inner('binder')
  return facts(
    [sv.plan.binder, joined(inner, 'place', 'responsible')],
    [sv.plan.printed, day(inner?.text('printed'))],
  )
}

export function reviewed(of: Fields): Block[] {
  const approval = of.inner('approval')
  return facts(
    [
      sv.routine.approved.replace('{{role}}', approval?.text('role') ?? ''),
      day(approval?.text('on')),
    ],
    [sv.routine.reviewed, signed(of.inner('reviewed'), 'role')],
    [sv.routine.nextReview, day(of.text('nextReview'))],
  )
}

export function sources(of: Fields): Block[] {
  const items = of
    .list('sources')
    .map((one) =>
      [
        one.text('text'),
        one.is('practice') ? sv.routine.practice : undefined,
        !one.is('practice') && !one.is('verified') ? sv.routine.unverified : undefined,
      ]
        .filter(Boolean)
        .join(' '),
    )
  return titled(sv.routine.sources, list(items))
}

export function joined(of: Fields | undefined, ...fields: string[]): string | undefined {
  const values = fields.flatMap((field) => of?.text(field) ?? [])
  return values.length === 0 ? undefined : values.join(', ')
}

export function signed(of: Fields | undefined, by: string): string | undefined {
  const values = [day(of?.text('on')), of?.text(by)].filter((value) => value !== undefined)
  return values.length === 0 ? undefined : values.join(', ')
}

export function number(value: string | undefined): string | undefined {
  return value === undefined ? undefined : formatPhoneNumber(value)
}

export function day(value: string | undefined): string | undefined {
  return value === undefined ? undefined : formatDay(value, 'sv')
}

export function instant(value: string | undefined): string | undefined {
  return value === undefined ? undefined : formatInstant(value, 'sv')
}

export function duration(value: string | undefined): string | undefined {
  const [count = '', unit = ''] = value?.split(' ') ?? []
  const form = `${unit}_${count === '1' ? 'one' : 'other'}` as keyof typeof sv.time
  return Object.hasOwn(sv.time, form) ? sv.time[form].replace('{{count}}', count) : value
}

export function recordKind(value: string | undefined): string | undefined {
  const kinds: Readonly<Record<string, string>> = sv.form.recordKind
  return value === undefined || !Object.hasOwn(kinds, value) ? value : kinds[value]
}

export function fieldType(value: string | undefined): string | undefined {
  const types: Readonly<Record<string, string>> = sv.form.fieldType
  return value === undefined || !Object.hasOwn(types, value) ? value : types[value]
}

export function situationState(value: string | undefined): string {
  if (value === 'works' || value === 'partly' || value === 'down') return sv.situation[value]
  return value ?? ''
}

export function withRole(sentence: string, role: string | undefined): string | undefined {
  return role === undefined ? undefined : sentence.replace('{{role}}', role)
}
