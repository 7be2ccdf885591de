import type { DocumentKind, DocumentOf } from '#domain/schema/document.ts'
import { validateDocument } from '#domain/validate-document.ts'

/** The least a body of each kind needs. */
const leastBodies: Record<DocumentKind, Record<string, unknown>> = {
  organisation: {
    title: 'Lövåsa',
    example: true,
    departments: ['gemensamt', 'hemtjanst'],
    coordinator: 'Samordnare',
  },
  systems: { title: 'System', systems: [] },
  department: { title: 'Hemtjänst', firstNumbers: [] },
  contacts: { title: 'Kontakter', contacts: [] },
  plan: {
    title: 'Insatser i hemmet',
    activity: 'Hjälp i hemmet',
    owner: { role: 'Enhetschef', deputy: 'Samordnare' },
    mbco: 'Alla får mat och medicin',
    mtpd: '4 h',
    rto: '2 h',
    rpo: '1 d',
  },
  routine: {
    title: 'När TES inte fungerar',
    name: 'TES: din körlista',
    summary: 'Vem du ska till',
    group: 'it',
    for: 'Du som arbetar i kväll',
    phases: { minutes15: { steps: [{ text: 'Hämta pärmen' }] } },
  },
  'phone-tree': {
    title: 'Ringkedja',
    purpose: 'Nå alla',
    script: 'Säg',
    mayStart: ['Chef'],
    start: 'a',
    positions: [
      { id: 'a', title: 'A', number: '+46701740605', calls: ['b'], deputy: 'b' },
      { id: 'b', title: 'B', number: '+46701740606' },
    ],
  },
  form: {
    title: 'Anteckning vid besök',
    replaces: 'Treserva',
    record: 'sol',
    fields: [{ label: 'Vad gjordes', type: 'lines', rows: 5 }],
    kept: 'Pärmen, flik 4',
    collected: { by: 'Samordnaren', when: 'Varje morgon' },
    entered: { into: 'Treserva', by: 'Samordnaren', checkedBy: 'En kollega' },
    retention: '2 år',
    serialPrefix: 'HT',
    copyByHand: ['Dra en linje'],
  },
  exercise: {
    title: 'Övning',
    purpose: 'Pröva',
    scenario: 'Allt är nere',
    length: '2 h',
    participants: ['Alla'],
  },
  situation: { title: 'Läge nu', since: '2026-03-12T14:20:00+01:00', signedBy: 'Krisledning' },
  rota: { title: 'Vecka 12', entries: [] },
}

/** A valid document of a kind with some fields set; for tests. Throws when it is not valid. */
export function aDocument<K extends DocumentKind>(
  kind: K,
  body: Record<string, unknown> = {},
  name: { department?: string; id?: string } = {},
): DocumentOf<K> {
  const common = kind === 'organisation' || kind === 'systems'
  const single = common || kind === 'department' || kind === 'contacts'
  const validated = validateDocument({
    department: name.department ?? (common ? 'gemensamt' : 'hemtjanst'),
    kind,
    id: name.id ?? (single ? kind : 'ett'),
    body: { ...leastBodies[kind], ...body },
  })
  if (!validated.ok) throw new Error(JSON.stringify(validated.problems))
  return validated.document as unknown as DocumentOf<K>
}
