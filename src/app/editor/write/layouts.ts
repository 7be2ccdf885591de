import type { IconName } from '#app/ui/icon.tsx'
import type { DocumentKind } from '#domain/schema/document.ts'

/** How a part of a page looks: as in the reader. */
export type Look = 'plain' | 'card' | 'harm' | 'do' | 'dont' | 'count' | 'must' | 'kept' | 'say' | 'drill' | 'sheet' | 'steps' // prettier-ignore

/** A part of the page of a kind: its heading and its fields, in the reader's order. */
export interface Part {
  /** The fields, by name below the body (`owner/role`). A group or list brings its own. */
  fields: readonly string[]
  look?: Look
  icon?: IconName
  /** Text key of the heading below `part`. Without one the only field's name is the heading. */
  title?: string
}

/** Where everything stands on a page of a kind. What is named nowhere comes last, so that nothing is lost. */
export interface Layout {
  head: readonly string[]
  main: readonly Part[]
  aside: readonly Part[]
  below: readonly Part[]
}

/** Fields no person types: names that others refer by, made when a thing is made; what a button of its own says. */
export const madeFields: ReadonlySet<string> = new Set(['id', 'approval'])

export const layouts: Readonly<Record<DocumentKind, Layout>> = {
  routine: {
    head: ['title', 'name', 'summary', 'for'],
    main: [{ fields: ['harm'], look: 'harm', icon: 'warning' }, { fields: ['phases/minutes15'] }],
    aside: [
      { fields: ['do'], look: 'do', icon: 'check' },
      { fields: ['dont'], look: 'dont', icon: 'cross' },
      { fields: ['control'], look: 'count', icon: 'count' },
    ],
    below: [
      { fields: ['phases'] },
      { fields: ['return'], look: 'steps' },
      { fields: ['escalation'] },
      { fields: ['notice'] },
      {
        title: 'about',
        look: 'card',
        fields: ['group', 'systems', 'healthCare', 'reviewed', 'nextReview', 'notes'],
      },
      { title: 'found', look: 'card', fields: ['aliases', 'answers', 'sources'] },
    ],
  },
  plan: {
    head: ['title'],
    main: [
      { fields: ['mbco'], look: 'must' },
      { title: 'times', look: 'card', fields: ['mtpd', 'rto', 'rpo'] },
      { fields: ['activation'], look: 'card' },
      { fields: ['routines'] },
    ],
    aside: [
      { fields: ['contacts'] },
      { fields: ['leastStaffing'] },
      { fields: ['paused'] },
      {
        title: 'about',
        look: 'card',
        fields: [
          'activity',
          'owner',
          'decided',
          'version',
          'reviewed',
          'nextReview',
          'binder',
          'exercises',
        ],
      },
    ],
    below: [
      { fields: ['dependencies'] },
      { fields: ['consequences'] },
      { fields: ['recovery'], look: 'steps' },
      { fields: ['return'], look: 'steps' },
      { title: 'found', look: 'card', fields: ['sources', 'answers'] },
    ],
  },
  contacts: {
    head: ['title'],
    main: [{ fields: ['contacts'] }],
    aside: [{ fields: ['checked'], look: 'card' }],
    below: [],
  },
  'phone-tree': {
    head: ['title', 'hours'],
    main: [
      { fields: ['script'], look: 'say' },
      { fields: ['drillScript'], look: 'drill' },
      { fields: ['voluntary'], look: 'card', title: 'voluntary' },
    ],
    aside: [
      {
        title: 'about',
        look: 'card',
        fields: ['purpose', 'unit', 'mayStart', 'minutesPerCall', 'checked', 'drills'],
      },
    ],
    below: [{ fields: ['start'], look: 'card' }, { fields: ['positions'] }],
  },
  form: {
    head: ['title', 'summary'],
    main: [
      { fields: ['kept'], look: 'kept', icon: 'pin' },
      { fields: ['notes'] },
      { fields: ['fields'], look: 'sheet' },
    ],
    aside: [
      { fields: ['copyByHand'] },
      {
        title: 'afterwards',
        look: 'card',
        fields: [
          'replaces',
          'record',
          'collected',
          'entered',
          'retention',
          'copies',
          'serialPrefix',
        ],
      },
    ],
    below: [{ title: 'found', look: 'card', fields: ['systems', 'aliases', 'answers', 'sources'] }],
  },
  exercise: {
    head: ['title'],
    main: [
      { fields: ['scenario'], look: 'must' },
      { fields: ['injects'] },
      { fields: ['questions'] },
    ],
    aside: [
      { fields: ['purpose'] },
      { fields: ['length'], look: 'card' },
      { fields: ['participants'] },
      { fields: ['preparation'] },
      { fields: ['uses'] },
      { fields: ['log'] },
    ],
    below: [{ title: 'found', look: 'card', fields: ['answers'] }],
  },
  situation: {
    head: ['title'],
    main: [
      {
        title: 'when',
        look: 'card',
        fields: ['drill', 'since', 'nextNews', 'ended', 'signedBy'],
      },
      { fields: ['summary'] },
      { fields: ['may'], look: 'do', icon: 'check' },
      { fields: ['mayNot'], look: 'dont', icon: 'cross' },
    ],
    aside: [{ fields: ['items'] }],
    below: [],
  },
  rota: {
    head: ['title', 'phoneTree'],
    main: [{ fields: ['entries'] }],
    aside: [],
    below: [],
  },
  department: {
    head: ['title', 'summary'],
    main: [
      { fields: ['firstNumbers'] },
      { fields: ['firstCard'] },
      { fields: ['order'] },
      { fields: ['shiftLists'] },
    ],
    aside: [
      { fields: ['critical'] },
      { fields: ['terms'], look: 'card' },
      { fields: ['intervals'], look: 'card' },
      { fields: ['binder'], look: 'card' },
      { fields: ['units'] },
    ],
    below: [{ title: 'found', look: 'card', fields: ['keepEntries', 'answers'] }],
  },
  systems: {
    head: ['title'],
    main: [{ fields: ['systems'] }],
    aside: [],
    below: [],
  },
  organisation: {
    head: ['title'],
    main: [{ title: 'about', look: 'card', fields: ['coordinator', 'website', 'example'] }],
    aside: [{ fields: ['departments'] }],
    below: [],
  },
}

/** The fields of a kind that its layout names nowhere. */
export function leftOver(layout: Layout, fields: readonly string[]): string[] {
  const named = new Set(
    [
      ...layout.head,
      ...[...layout.main, ...layout.aside, ...layout.below].flatMap((part) => part.fields),
    ].map((field) => field.split('/')[0]),
  )
  return fields.filter((field) => !named.has(field) && !madeFields.has(field))
}
