import type { DocumentKind } from '../schema/document.ts'
import { asIdentifier } from './new-id.ts'

export interface NewDocument {
  title: string
  department: string
  /** Since when a new situation holds; blank where it is left out. */
  now?: Date
}

/**
 * What a new document of a kind begins with: its title, every list of it, usual settings, and a blank
 * where somebody must write. It does not fit its schema until that is done, so that nothing unwritten is
 * published.
 */
export function emptyBody(kind: DocumentKind, start: NewDocument): Record<string, unknown> {
  return { title: start.title, ...fieldsByKind[kind](start) }
}

const fieldsByKind: Readonly<
  Record<DocumentKind, (start: NewDocument) => Record<string, unknown>>
> = {
  organisation: ({ department }) => ({
    example: false,
    departments: [department],
    coordinator: '',
  }),
  systems: () => ({ systems: [] }),
  department: () => ({
    intervals: { review: 12, exercise: 12, phoneTree: 3 },
    firstNumbers: [],
    order: [],
    shiftLists: [],
    units: [],
    answers: [],
  }),
  contacts: () => ({ contacts: [] }),
  plan: () => ({
    activity: '',
    owner: { role: '', deputy: '' },
    mbco: '',
    mtpd: '',
    rto: '',
    rpo: '',
    consequences: ['4 h', '24 h', '3 d', '7 d', '30 d'].map((after) => ({ after, text: '' })),
    dependencies: [],
    paused: [],
    leastStaffing: [],
    activation: { when: [], decides: '' },
    routines: [],
    recovery: [],
    return: [],
    contacts: [],
    exercises: [],
    answers: [],
    sources: [],
  }),
  routine: ({ title }) => ({
    name: title,
    summary: '',
    aliases: [],
    group: 'it',
    systems: [],
    answers: [],
    for: '',
    harm: [],
    notice: [],
    phases: { minutes15: { steps: [] } },
    do: [],
    dont: [],
    control: [],
    escalation: [],
    return: [],
    healthCare: false,
    sources: [],
  }),
  'phone-tree': () => ({
    purpose: '',
    script: '',
    voluntary: false,
    mayStart: [],
    start: 'start',
    minutesPerCall: 3,
    positions: [{ id: 'start', title: '', calls: [] }],
    drills: [],
  }),
  form: ({ title }) => ({
    replaces: '',
    systems: [],
    answers: [],
    aliases: [],
    record: 'other',
    fields: [],
    kept: '',
    collected: { by: '', when: '' },
    entered: { into: '', by: '', checkedBy: '' },
    retention: '',
    copies: 10,
    serialPrefix: serialPrefixOf(title),
    copyByHand: [],
    sources: [],
  }),
  exercise: () => ({
    purpose: '',
    scenario: '',
    length: '30 min',
    participants: [],
    preparation: [],
    injects: [],
    questions: [],
    uses: [],
    answers: [],
    log: [],
  }),
  situation: ({ now }) => ({
    since: now?.toISOString() ?? '',
    items: [],
    may: [],
    mayNot: [],
    signedBy: '',
    drill: false,
  }),
  rota: () => ({ entries: [] }),
}

/** First letters of the title's words, `Anteckning vid besök` → `AVB`; of a single word its own first ones. */
function serialPrefixOf(title: string): string {
  const words = asIdentifier(title).replace(/[0-9]/g, '').split('-').filter(Boolean)
  const letters = words.length > 1 ? words.map((word) => word[0]).join('') : (words[0] ?? '')
  return letters.slice(0, words.length > 1 ? 4 : 3).toUpperCase()
}
