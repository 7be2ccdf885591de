import type { DocumentIndex } from '#domain/resolve.ts'
import { commonDepartment } from '#domain/schema/document.ts'
import type { Situation } from '#domain/schema/situation.ts'
import type { System } from '#domain/schema/systems.ts'

export type ItemState = Situation['items'][number]['state']
type Item = Situation['items'][number]

/** A situation being written: like one that is published, but lines may still be empty. */
export interface SituationBody extends Omit<Situation, 'items'> {
  items: Item[]
}

/** A new one, in force from now. */
export function newSituation(now: Date, signedBy: string): SituationBody {
  return {
    title: '',
    since: now.toISOString(),
    items: [],
    may: [],
    mayNot: [],
    signedBy,
    drill: false,
  }
}

/** An id that says when, and that no other situation has: `lage-2026-11-23-1432`. */
export function situationId(now: Date, taken: ReadonlySet<string>): string {
  const stamp = now.toISOString().slice(0, 16).replace('T', '-').replace(':', '')
  const first = `lage-${stamp}`
  for (let number = 2; ; number += 1) {
    const id = number === 2 && !taken.has(first) ? first : `${first}-${number}`
    if (!taken.has(id)) return id
  }
}

/** Says how one system does; the same state once more takes it away. */
export function withState(
  body: SituationBody,
  system: Pick<Item, 'title' | 'system'>,
  state: ItemState,
): SituationBody {
  const place = placeOf(body, system)
  const held = body.items[place]
  if (held === undefined) {
    const { title } = system
    const item = { title, ...(system.system !== undefined && { system: system.system }), state }
    return { ...body, items: [...body.items, item] }
  }
  if (held.state === state) return { ...body, items: body.items.filter((_, at) => at !== place) }
  return { ...body, items: body.items.with(place, { ...held, state }) }
}

/** A short advice to one system, as it is typed. */
export function withNote(
  body: SituationBody,
  system: Pick<Item, 'title' | 'system'>,
  note: string,
): SituationBody {
  const place = placeOf(body, system)
  const held = body.items[place]
  if (held === undefined) return body
  return { ...body, items: body.items.with(place, { ...held, note }) }
}

export function itemOf(
  body: SituationBody,
  system: Pick<Item, 'title' | 'system'>,
): Item | undefined {
  return body.items[placeOf(body, system)]
}

function placeOf(body: SituationBody, { title, system }: Pick<Item, 'title' | 'system'>): number {
  return body.items.findIndex((item) =>
    system === undefined ? item.title === title : item.system === system,
  )
}

/** As it is published: no empty lines, nothing that was only begun. */
export function tidySituation(body: SituationBody): SituationBody {
  const lines = (of: readonly string[]) =>
    of.map((line) => line.trim()).filter((line) => line !== '')
  const { summary, ...rest } = body
  return {
    ...rest,
    title: body.title.trim(),
    signedBy: body.signedBy.trim(),
    ...(summary !== undefined && summary.trim() !== '' && { summary: summary.trim() }),
    items: body.items.map(({ note, ...item }) => ({
      ...item,
      ...(note !== undefined && note.trim() !== '' && { note: note.trim() }),
    })),
    may: lines(body.may),
    mayNot: lines(body.mayNot),
  }
}

/** How people name a system: the first of the names they use, without what explains it. */
export function usualName(system: System): string {
  const [beforeComma = system.title] = system.title.split(',')
  return beforeComma.trim()
}

/**
 * The register in the order people think of it: what most routines of this phone answer first, those of all
 * counted before those of one department.
 */
export function systemsByUse(index: DocumentIndex): System[] {
  const uses = new Map<string, number>()
  for (const { department, body } of index.ofKind('routine'))
    for (const id of body.systems)
      uses.set(id, (uses.get(id) ?? 0) + (department === commonDepartment ? 2 : 1))
  const register = index.getOf('systems', `${commonDepartment}/systems/systems`)?.body.systems ?? []
  return register.toSorted((a, b) => (uses.get(b.id) ?? 0) - (uses.get(a.id) ?? 0))
}

/** Systems that somebody may mean by what they type. */
export function systemsNamed(systems: readonly System[], query: string): System[] {
  const wanted = query.trim().toLocaleLowerCase('sv')
  if (wanted === '') return [...systems]
  return systems.filter(({ title, names, purpose }) =>
    [title, purpose, ...names].some((text) => text.toLocaleLowerCase('sv').includes(wanted)),
  )
}
