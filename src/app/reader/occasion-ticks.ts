import type { Occasion } from '#device/occasions.ts'

/** The occasion that is under way for a document. */
export function openOccasion(
  occasions: readonly Occasion[],
  name: string,
  organisation: string | undefined,
): Occasion | undefined {
  return occasions.find(
    (each) =>
      each.name === name &&
      each.endedAt === undefined &&
      (each.organisation === undefined || each.organisation === organisation),
  )
}

/**
 * The occasions as they will be once a tick is stored, so that the box answers the finger at once. The
 * first tick begins an occasion, which has no id of its own yet.
 */
export function withTick(
  occasions: readonly Occasion[],
  tick: { name: string; organisation: string | undefined; step: string; done: boolean; at: string },
): Occasion[] {
  const { name, organisation, step, done, at } = tick
  const open: Occasion = openOccasion(occasions, name, organisation) ?? {
    id: 'beginning',
    name,
    ...(organisation === undefined ? {} : { organisation }),
    startedAt: at,
    changedAt: at,
    ticks: [],
  }
  const others = open.ticks.filter((each) => each !== step)
  const changed = { ...open, changedAt: at, ticks: done ? [...others, step] : others }
  return [changed, ...occasions.filter((each) => each !== open)]
}
