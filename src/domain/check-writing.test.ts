import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aDocument } from '../../tests/support/example-documents.ts'
import { checkWriting } from './check-writing.ts'
import { emptyBody } from './edit/empty-body.ts'
import { indexDocuments } from './resolve.ts'
import { documentKinds, type PlanBDocument } from './schema/document.ts'
import { phaseNames } from './schema/routine.ts'
import type { EditedDocument } from './edit/find-references.ts'

const now = new Date('2026-11-23T12:00:00Z')
const department = 'hemtjanst'
const common: PlanBDocument[] = [
  {
    ...aDocument('systems', {
      title: 'System',
      systems: [
        { id: 'tes', title: 'TES', purpose: 'x', owner: 'x', names: [], needs: [], copies: [] },
      ],
    }),
    department: 'gemensamt',
  },
]

function edited(kind: string, body: unknown, id = kind): EditedDocument {
  return { department, kind, id, body }
}
function check(documents: readonly EditedDocument[], others: readonly PlanBDocument[] = common) {
  return checkWriting(documents, indexDocuments(others), { now, department })
}
function codes(documents: readonly EditedDocument[], prefix = '') {
  return check(documents)
    .map(({ code, path, severity }) => [severity, code, path.join('.')])
    .filter(([, code]) => code?.startsWith(prefix))
}

const contacts = edited('contacts', {
  title: 'Nummer',
  checked: { on: '2026-11-01', role: 'Chef' },
  contacts: [{ id: 'chef', title: 'Chef i beredskap', number: '+46701740605' }],
})
const form = edited('form', { ...aDocument('form', {}).body }, 'papper')
const steps = [
  { text: 'Ring chefen', call: ['hemtjanst/contact/chef'], form: 'hemtjanst/form/papper' },
]
const phases = Object.fromEntries(phaseNames.map((phase) => [phase, { steps }]))
const routine = {
  ...aDocument('routine', {}).body,
  systems: ['tes'],
  phases,
  harm: ['Insulin'],
  notice: ['Tomt'],
  control: ['Räkna'],
  escalation: [{ when: 'Alltid' }],
  return: steps,
  reviewed: { on: '2026-10-01', role: 'Chef' },
}
const good = [contacts, form, edited('routine', routine)]

describe('a department without fault', () => {
  it('has no finding', () => {
    expect(check(good)).toEqual([])
  })
})

describe('[W1] references', () => {
  it('that point at nothing, or at another department, block', () => {
    const body = {
      ...routine,
      escalation: [{ when: 'x', call: ['hemtjanst/contact/borta', 'skola/contact/rektor'] }],
    }
    expect(codes([contacts, form, edited('routine', body)])).toEqual([
      ['blocks', 'reference-missing', 'escalation.0.call.0'],
      ['blocks', 'reference-foreign', 'escalation.0.call.1'],
    ])
    expect(codes([contacts, edited('routine', routine)], 'reference')).toHaveLength(7)
  })
  it('to what all share are taken to be right where that is not held', () => {
    const body = {
      ...routine,
      systems: ['okant'],
      return: [{ text: 'x', form: 'gemensamt/form/x' }],
    }
    const documents = [contacts, form, edited('routine', body)]
    expect(check(documents, [])).toEqual([])
    expect(codes(documents)).toEqual([
      ['blocks', 'system-unknown', 'systems.0'],
      ['blocks', 'reference-missing', 'return.0.form'],
    ])
  })
  it('see what is being written, not what was published', () => {
    const published = aDocument('form', {})
    const index = indexDocuments([...common, { ...published, department, id: 'papper' }])
    const findings = checkWriting([contacts, edited('routine', routine)], index, {
      now,
      department,
    })
    expect(findings.every(({ code }) => code === 'reference-missing')).toBe(true)
    expect(findings).toHaveLength(7)
  })
})

describe('[W3] a rota', () => {
  it('names positions of its tree', () => {
    const tree = edited('phone-tree', { positions: [{ id: 'natt' }] }, 'kvall')
    const rota = edited('rota', {
      title: 'Natt',
      phoneTree: 'hemtjanst/phone-tree/kvall',
      entries: ['natt', 'dag'].map((position) => ({
        position,
        from: '2026-03-12T14:20:00+01:00',
        to: '2026-03-12T22:20:00+01:00',
      })),
    })
    expect(codes([tree, rota], 'position')).toEqual([
      ['blocks', 'position-unknown', 'entries.1.position'],
    ])
  })
})

describe('[W4] a phone tree', () => {
  const tree = (positions: object[], more: object = {}) =>
    edited('phone-tree', {
      title: 'Kedja',
      start: 'a',
      positions,
      drillScript: 'ÖVNING. Säg',
      ...more,
    })
  it('is blocked by a loop and by whom nobody calls, while it is written too', () => {
    const positions = [
      { id: 'a', title: 'Start', calls: ['b'], deputy: 'b', number: '+46701740605' },
      { title: 'Utan id' },
      { id: 'b', title: 'Natten', calls: ['a'], deputy: 'a', contact: 'hemtjanst/contact/chef' },
      { id: 'c', title: 'Ingen', calls: [], number: '+46701740606' },
    ]
    const findings = check([contacts, tree(positions)]).filter(({ code }) =>
      code.startsWith('tree'),
    )
    expect(findings).toEqual([
      {
        name: 'hemtjanst/phone-tree/phone-tree',
        path: ['positions', 2, 'calls', 0],
        code: 'tree-loop',
        severity: 'blocks',
        values: { position: 'Natten', other: 'Start', circle: 'Start → Natten → Start' },
      },
      {
        name: 'hemtjanst/phone-tree/phone-tree',
        path: ['positions', 3, 'id'],
        code: 'tree-unreachable',
        severity: 'blocks',
        values: { position: 'Ingen' },
      },
    ])
  })
  it('warns of too many calls, no deputy, no number', () => {
    const others = [1, 2, 3, 4, 5, 6].map((n) => ({
      id: `p${n}`,
      title: `P${n}`,
      number: '+46701740606',
      calls: [],
    }))
    const positions = [
      {
        id: 'a',
        title: 'A',
        calls: others.map(({ id }) => id),
        contact: 'hemtjanst/contact/borta',
      },
      ...others,
    ]
    expect(codes([contacts, tree(positions)], 'tree')).toEqual([
      ['warning', 'tree-no-deputy', 'positions.0'],
      ['warning', 'tree-no-number', 'positions.0'],
      ['warning', 'tree-too-many-calls', 'positions.0.calls'],
    ])
  })
  it('[W5] has a script for drills that begins with ÖVNING', () => {
    expect(codes([tree([])], 'drill-script')).toEqual([])
    expect(codes([tree([], { drillScript: '**Övning:** säg' })], 'drill-script')).toEqual([])
    expect(codes([tree([], { drillScript: 'Detta är en övning' })], 'drill-script')).toEqual([
      ['warning', 'drill-script-unmarked', 'drillScript'],
    ])
    expect(codes([tree([], { drillScript: ' ' })], 'drill-script')).toEqual([
      ['hint', 'drill-script-missing', 'drillScript'],
    ])
  })
})

describe('[W6] a plan', () => {
  it('lacks what it lacks of the four', () => {
    const body = {
      ...aDocument('plan', {}).body,
      routines: ['hemtjanst/routine/routine'],
      recovery: steps,
    }
    expect(codes([...good, edited('plan', body)])).toEqual([
      ['hint', 'review-never', 'reviewed'],
      ['warning', 'return-missing', 'return'],
      ['warning', 'contacts-missing', 'contacts'],
      ['hint', 'exercise-never', 'exercises'],
    ])
  })
})

describe('[W7] a routine', () => {
  it('has phases to the end, a control, and MAS behind it where it is health care', () => {
    const body = {
      ...routine,
      title: 'TES',
      phases: { minutes15: { steps }, day1: { steps: [] } },
      control: [],
      healthCare: true,
    }
    expect(codes([contacts, form, edited('routine', body)])).toEqual([
      ['blocks', 'schema:bad-value', 'phases.day1.steps'],
      ['hint', 'title-not-when', 'title'],
      ['warning', 'phases-missing', 'phases.hour1'],
      ['warning', 'control-missing', 'control'],
      ['warning', 'approval-missing', 'approval'],
    ])
  })
})

describe('[W8] acronyms', () => {
  it('are explained in the document, or are a name', () => {
    const harm = ['Ring MAS och NPÖ', 'MAS (medicinskt ansvarig) vet', 'hälso- och sjukvård (HSL), HSL', 'TES, IT-jouren och SMS', 'NPÖ igen', 'STANNA KVAR DÄR DU ÄR', 'Läs SoL'] // prettier-ignore
    const findings = check([
      contacts,
      form,
      edited('routine', { ...routine, harm, aliases: ['XYZ'] }),
    ])
    expect(findings).toEqual([
      {
        name: 'hemtjanst/routine/routine',
        path: ['harm', 0],
        code: 'acronym-unexplained',
        severity: 'hint',
        values: { word: 'NPÖ' },
      },
    ])
  })
})

describe('[W9] a step', () => {
  it('is at most 140 characters and three sentences', () => {
    const texts = [
      'x'.repeat(140),
      'x'.repeat(141),
      'Stanna. Titta. Ring.',
      'Stanna. Titta. Ring. Vänta.',
    ]
    const body = { ...routine, return: texts.map((text) => ({ text })), notes: 'x'.repeat(300) }
    expect(codes([contacts, form, edited('routine', body)])).toEqual([
      ['warning', 'step-long', 'return.1.text'],
      ['warning', 'step-long', 'return.3.text'],
    ])
  })
})

describe('[W10] what is due', () => {
  it('warns when its day has passed', () => {
    const body = { ...routine, reviewed: { on: '2025-10-01', role: 'Chef' } }
    expect(check([contacts, form, edited('routine', body)])).toEqual([
      {
        name: 'hemtjanst/routine/routine',
        path: ['reviewed'],
        code: 'review-overdue',
        severity: 'warning',
        values: { due: '2026-10-01', days: 53 },
      },
    ])
  })
})

describe('[W11] [W12] numbers', () => {
  it('that cannot be right, stand twice, or are called by nobody', () => {
    const list = [
      { id: 'chef', title: 'Chef', number: '+46701740605' },
      { id: 'a', title: 'A', number: '+4670174060' },
      { id: 'b', title: 'B', number: '+46701740605', direct: false },
      { id: 'c', title: 'C', number: '+460701740606' },
    ]
    const body = { title: 'Nummer', checked: { on: '2026-11-01', role: 'Chef' }, contacts: list }
    expect(codes([edited('contacts', body), form, edited('routine', routine)])).toEqual([
      ['hint', 'contact-unused', 'contacts.1'],
      ['warning', 'number-unlikely', 'contacts.1.number'],
      ['hint', 'contact-unused', 'contacts.2'],
      ['hint', 'number-twice', 'contacts.2.number'],
      ['hint', 'number-through-switchboard', 'contacts.2.second'],
      ['hint', 'contact-unused', 'contacts.3'],
      ['warning', 'number-unlikely', 'contacts.3.number'],
    ])
  })
})

describe('[W13] a form', () => {
  it('is named by somebody', () => {
    expect(codes([...good, edited('form', form.body, 'annan')])).toEqual([
      ['hint', 'form-unused', ''],
    ])
  })
})

describe('[W14] a body that does not fit its schema', () => {
  it('blocks, and stands before everything else', () => {
    const body = {
      ...routine,
      harm: [],
      summary: '',
      name: 'x'.repeat(401),
      for: undefined,
      group: 'x',
    }
    const findings = check([contacts, form, edited('routine', body)])
    expect(
      findings.map(({ code, path, values }) => [code, path.join('.'), values?.reason]),
    ).toEqual([
      ['schema:bad-value', 'name', 'too-long'],
      ['schema:bad-value', 'summary', 'empty'],
      ['schema:bad-value', 'group', 'form'],
      ['schema:missing-field', 'for', 'empty'],
      ['harm-missing', 'harm', undefined],
    ])
  })
  it('is what every new document is', () => {
    for (const kind of documentKinds.filter(
      (kind) => !['organisation', 'systems', 'department', 'contacts', 'rota'].includes(kind),
    )) {
      const findings = check([edited(kind, emptyBody(kind, { title: 'Ny', department }))])
      expect(findings[0]?.severity, kind).toBe('blocks')
    }
  })
})

describe('checkWriting', () => {
  it('never throws, and tells each finding once, blocks first', () => {
    const anyBody = fc.oneof(
      fc.json().map((text) => JSON.parse(text) as unknown),
      fc.record({
        positions: fc.array(
          fc.record({
            id: fc.constantFrom('a', 'b', '__proto__'),
            calls: fc.array(fc.constantFrom('a', 'b', 'c')),
            title: fc.json(),
          }),
        ),
        start: fc.constantFrom('a', 3),
      }),
      fc.record({
        contacts: fc.array(fc.record({ id: fc.json(), number: fc.string(), title: fc.anything() })),
      }),
      fc.record({
        title: fc.string(),
        phases: fc.anything(),
        harm: fc.array(fc.string()),
        return: fc.array(fc.record({ text: fc.string() })),
      }),
    )
    const documents = fc.array(
      fc.tuple(fc.constantFrom(...documentKinds, 'later', '__proto__'), anyBody),
      { maxLength: 5 },
    )
    fc.assert(
      fc.property(documents, (all) => {
        const findings = check(all.map(([kind, body], index) => edited(kind, body, `d${index}`)))
        const keys = findings.map(({ name, code, path }) => JSON.stringify([name, code, path]))
        expect(new Set(keys).size).toBe(keys.length)
        const firstOther = findings.findIndex(({ severity }) => severity !== 'blocks')
        expect(
          findings
            .slice(firstOther < 0 ? findings.length : firstOther)
            .some(({ severity }) => severity === 'blocks'),
        ).toBe(false)
      }),
      { numRuns: 300 },
    )
  })
  it('looks at no other department', () => {
    const other = { ...edited('routine', {}), department: 'skola' }
    expect(check([other])).toEqual([])
  })
})
