/** What somebody asks for, kept until it is granted: the phone may be put away meanwhile. */
export interface EnrolDraft {
  role: string
  departments: string[]
  /** What it could publish when this was asked: the answer is what is new. */
  had: string[]
}

const nameOf = (organisation: string) => `planb:enrolment:${organisation}`

export function readDraft(organisation: string): EnrolDraft | undefined {
  try {
    const held = JSON.parse(
      localStorage.getItem(nameOf(organisation)) ?? 'null',
    ) as EnrolDraft | null
    return typeof held?.role === 'string' &&
      Array.isArray(held.departments) &&
      Array.isArray(held.had)
      ? held
      : undefined
  } catch {
    return undefined
  }
}

export function keepDraft(organisation: string, draft: EnrolDraft | undefined): void {
  try {
    if (draft === undefined) localStorage.removeItem(nameOf(organisation))
    else localStorage.setItem(nameOf(organisation), JSON.stringify(draft))
  } catch {
    // Storage that is full or refused: the person fills it in again.
  }
}
