/** What somebody did in the reading copy before the app was up. */
export interface CarriedOver {
  /** Keys of steps that were ticked. */
  ticks: string[]
  /** The same of pages of the copy that were left, by address; the first script notes them. */
  earlier: Record<string, string[]>
  /** Names of parts that were opened. */
  opened: string[]
  /** What was typed into the search field, and whether it is being typed. */
  query: string
  isTyping: boolean
}

/** Reads it out of the copy on the screen, just before the app takes its place. */
export function readCarriedOver(root: HTMLElement): CarriedOver {
  const ticked = root.querySelectorAll<HTMLInputElement>('input[data-step]:checked')
  const opened = root.querySelectorAll<HTMLDetailsElement>('details[data-fold][open]')
  const field = root.querySelector<HTMLInputElement>('[role="search"] input')
  return {
    earlier: earlierTicks(root),
    ticks: [...ticked].flatMap((box) => box.dataset.step ?? []),
    opened: [...opened].flatMap((part) => part.dataset.fold ?? []),
    query: field?.value ?? '',
    isTyping: field !== null && field === root.ownerDocument.activeElement,
  }
}

function earlierTicks(root: HTMLElement): Record<string, string[]> {
  return JSON.parse(root.dataset.ticks ?? '{}') as Record<string, string[]>
}

/** Opens the same parts again and gives the field its focus back. */
export function restoreCarriedOver(root: HTMLElement, carried: CarriedOver): void {
  for (const name of carried.opened) {
    const part = root.querySelector<HTMLDetailsElement>(`details[data-fold="${CSS.escape(name)}"]`)
    if (part !== null) part.open = true
  }
  if (!carried.isTyping) return
  const field = root.querySelector<HTMLInputElement>('[role="search"] input')
  field?.focus({ preventScroll: true })
  field?.setSelectionRange(carried.query.length, carried.query.length)
}
