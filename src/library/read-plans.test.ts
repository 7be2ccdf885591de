import { describe, expect, it } from 'vitest'
import { documentName } from '#domain/schema/document.ts'
import { maxFileBytes } from './problem.ts'
import { readPlans } from './read-plans.ts'

const routine = `title: När TES inte fungerar
name: "TES: din körlista"
summary: Vem du ska till
group: it
systems: [tes]
answers: [3]
for: Du som arbetar i kväll
phases:
  minutes15:
    steps:
      - text: Ring
        call: [hemtjanst/contact/tib]
`
const tree = `title: Ringkedja
purpose: Nå alla
script: Säg
mayStart: [Chef]
start: a
positions:
  - { id: a, title: A, number: "+46701740605", calls: [b], deputy: b }
  - { id: b, title: B, contact: hemtjanst/contact/tib }
`
const form = `title: Anteckning
replaces: Treserva
record: sol
fields: [{ label: Vad, type: lines, rows: 5 }]
kept: Pärmen
collected: { by: Samordnaren, when: Varje morgon }
entered: { into: Treserva, by: Samordnaren, checkedBy: En kollega }
retention: 2 år
serialPrefix: HT
copyByHand: [Dra en linje]
`
/** A small organisation without a fault. */
const sound: Record<string, string> = {
  'organisation.yaml':
    'title: Lövåsa\nexample: true\ndepartments: [gemensamt, hemtjanst]\ncoordinator: Samordnaren\n',
  'systems.yaml':
    'title: System\nsystems:\n  - { id: tes, title: TES, purpose: Körlistor, owner: Vi }\n',
  'gemensamt/department.yaml': 'title: Gemensamt\nfirstNumbers: []\n',
  'hemtjanst/department.yaml': 'title: Hemtjänst\nfirstNumbers: [hemtjanst/contact/tib]\n',
  'hemtjanst/contacts.yaml':
    'title: Kontakter\ncontacts:\n  - { id: tib, title: TiB, number: "+46701740605" }\n',
  'hemtjanst/routines/tes.yaml': routine,
  'hemtjanst/phone-trees/natt.yaml': tree,
  'hemtjanst/forms/anteckning.yaml': form,
}
const read = (changes: Record<string, string> = {}) =>
  readPlans(new Map(Object.entries({ ...sound, ...changes })))
const found = (changes: Record<string, string>) =>
  read(changes).problems.map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`)
const tes = 'hemtjanst/routines/tes.yaml'
const inTes = (from: string, to: string) => ({ [tes]: routine.replace(from, to) })
const natt = 'hemtjanst/phone-trees/natt.yaml'
const inTree = (from: string, to: string) => ({ [natt]: tree.replace(from, to) })

describe('a content folder', () => {
  it('without a fault gives its documents and no problem', () => {
    const { documents, problems } = read({
      '.hidden': '\0',
      'README.md': '# Läs',
      'hemtjanst/.git/x': '',
    })
    expect(problems).toEqual([])
    expect(documents.map(documentName)).toEqual([
      'gemensamt/organisation/organisation',
      'gemensamt/systems/systems',
      'gemensamt/department/department',
      'hemtjanst/department/department',
      'hemtjanst/contacts/contacts',
      'hemtjanst/routine/tes',
      'hemtjanst/phone-tree/natt',
      'hemtjanst/form/anteckning',
    ])
  })

  it('tells every problem of every file at once, in order', () => {
    expect(
      found({
        ...inTes('group: it', 'grupp: it'),
        'hemtjanst/contacts.yaml': 'title: [x]\nlist: 1\n',
      }),
    ).toEqual([
      'hemtjanst/contacts.yaml:1:1 missing-field',
      'hemtjanst/contacts.yaml:1:8 wrong-type',
      'hemtjanst/contacts.yaml:2:1 unknown-field',
      'hemtjanst/department.yaml:2:16 dangling-reference',
      'hemtjanst/phone-trees/natt.yaml:8:33 dangling-reference',
      'hemtjanst/routines/tes.yaml:1:1 missing-field',
      'hemtjanst/routines/tes.yaml:4:1 unknown-field',
      'hemtjanst/routines/tes.yaml:12:16 dangling-reference',
    ])
  })

  it('reads Windows line ends and a byte order mark', () => {
    expect(found({ [tes]: `\ufeff${routine.replaceAll('\n', '\r\n')}` })).toEqual([])
  })
})

describe('what is wrong in a body', () => {
  it.each([
    ['group: it', 'grop: it', `${tes}:4:1 unknown-field`, 'Did you mean "group"?'],
    ['answers: [3]', 'answers: [50]', `${tes}:6:11 unknown-answer-row`, 'Correct or remove it'],
    ['answers: [3]', 'answers: [3, 3]', `${tes}:6:14 duplicate-entry`, 'Remove one of them'],
    ['systems: [tes]', 'systems: [tess]', `${tes}:5:11 unknown-system`, 'Did you mean "tes"?'],
    [
      'title: När',
      'title: 112 #',
      `${tes}:1:8 wrong-type`,
      'Put it in double quotation marks: "112"',
    ],
    [
      'title: När',
      'title: #',
      `${tes}:1:1 wrong-type`,
      'Write a value after the colon, or remove the field',
    ],
    [
      'title: När',
      'reviewed: { on: 2026-02-31, role: MAS }\ntitle: När',
      `${tes}:1:17 bad-value`,
      'YYYY-MM-DD, a day that exists, for example "2026-',
    ],
    ['group: it', 'group: moln', `${tes}:4:8 bad-value`, 'Choose one of those words'],
    ['group: it', 'group: phon', `${tes}:4:8 bad-value`, 'Did you mean "phone"?'],
    ['title: När', 'nextReview: 12/3 2026\ntitle: När', `${tes}:1:13 bad-value`, 'YYYY-MM-DD'],
    [
      'contact/tib',
      'contact/tbi',
      `${tes}:12:16 dangling-reference`,
      'Did you mean "hemtjanst/contact/tib"?',
    ],
    [
      'hemtjanst/contact/tib',
      'gemensamt/contact/tib',
      `${tes}:12:16 dangling-reference`,
      'Did you mean "hemtjanst/contact/tib"?',
    ],
    [
      'hemtjanst/contact/tib',
      'hemtjnst/contact/tib',
      `${tes}:12:16 foreign-reference`,
      'Point at "hemtjanst/contact/tib"',
    ],
    [
      'for: Du',
      'translations: { en: { titel: x } }\nfor: Du',
      `${tes}:7:23 unknown-field`,
      'Did you mean "title"?',
    ],
    [
      'for: Du',
      'translations: { eng: { title: x } }\nfor: Du',
      `${tes}:7:17 unknown-language`,
      'Did you mean "en"?',
    ],
    [
      'for: Du',
      'translations: { en: { group: x } }\nfor: Du',
      `${tes}:7:23 bad-translation`,
      'Remove it',
    ],
    [
      'for: Du',
      'secrecy: { sumary: OSL }\nfor: Du',
      `${tes}:7:12 unknown-field`,
      'Did you mean "summary"?',
    ],
    [
      '- text: Ring\n',
      '- { text: Ring, sedan vänta }\n      - text: Ring\n',
      `${tes}:11:23 unknown-field`,
      'Put the text before it in double quotation marks',
    ],
  ])('%s → %s', (from, to, where, hint) => {
    const { problems } = read(inTes(from, to))
    expect(
      problems.map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`),
    ).toContain(where)
    expect(problems.map((one) => one.hint).join('\n')).toContain(hint)
  })

  it('a reference into a third department is refused though the document is there', () => {
    const kost = {
      'organisation.yaml':
        sound['organisation.yaml']?.replace('hemtjanst', 'hemtjanst, kost') ?? '',
      'kost/department.yaml': 'title: Kost\nfirstNumbers: []\n',
      'kost/contacts.yaml':
        'title: K\ncontacts:\n  - { id: kok, title: Kök, number: "+46701740606" }\n',
    }
    expect(found({ ...kost, ...inTes('hemtjanst/contact/tib', 'kost/contact/kok') })).toEqual([
      `${tes}:12:16 foreign-reference`,
    ])
  })

  it('ids and serial prefixes stand once', () => {
    const twice = `${sound['hemtjanst/contacts.yaml']}  - { id: tib, title: B, number: "112" }\n`
    expect(found({ 'hemtjanst/contacts.yaml': twice })).toEqual([
      'hemtjanst/contacts.yaml:4:11 duplicate-id',
    ])
    expect(found({ 'hemtjanst/forms/b.yaml': form.replace('title: A', 'title: Ny a') })).toEqual([
      'hemtjanst/forms/b.yaml:9:15 duplicate-id',
    ])
  })

  it('times stand in their order', () => {
    const rota = (position: string, to: string) => ({
      'hemtjanst/rotas/vecka.yaml': `title: Vecka
phoneTree: hemtjanst/phone-tree/natt
entries:
  - { position: ${position}, from: 2026-03-12T22:00:00+01:00, to: ${to} }
`,
    })
    expect(found(rota('a', '2026-03-13T07:00:00+01:00'))).toEqual([])
    expect(found(rota('c', '2026-03-12T07:00:00+01:00'))).toEqual([
      'hemtjanst/rotas/vecka.yaml:4:17 unknown-position',
      'hemtjanst/rotas/vecka.yaml:4:57 wrong-order',
    ])
  })
})

describe('numbers of an example', () => {
  it.each([
    [
      'in its field',
      {
        'hemtjanst/contacts.yaml':
          'title: K\ncontacts:\n  - { id: tib, title: T, number: "+46701234567" }\n',
      },
    ],
    ['in a text', inTes('text: Ring', 'text: Ring 070-123 45 67')],
    [
      'in a translation',
      inTes('text: Ring', 'text: Ring\n        translations: { en: { text: Call 070-123 45 67 } }'),
    ],
  ])('must be fictional %s', (_, changes) => {
    expect(read(changes).problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'error real-number',
    ])
  })

  it('may be fictional or national ones, and any in a real organisation', () => {
    expect(found(inTes('text: Ring', 'text: Ring 070-174 06 05, 112 eller 113 13'))).toEqual([])
    const real = { 'organisation.yaml': sound['organisation.yaml']?.replace('true', 'false') ?? '' }
    expect(found({ ...real, ...inTes('text: Ring', 'text: Ring 070-123 45 67') })).toEqual([])
  })
})

describe('a phone tree', () => {
  it.each([
    ['start: a', 'start: x', 'error phone-tree-start'],
    ['calls: [b]', 'calls: [b, c]', 'error unknown-position'],
    ['calls: [b]', 'calls: [a, b]', 'error phone-tree-loop'],
    ['calls: [b]', 'calls: []', 'error phone-tree-unreachable'],
    ['calls: [b]', 'calls: [b, b]', 'warning phone-tree-called-twice'],
    ['deputy: b', 'deputy: x', 'error phone-tree-deputy'],
    [', contact: hemtjanst/contact/tib', '', 'warning phone-tree-no-number'],
    [', deputy: b', '', 'warning phone-tree-no-deputy'],
  ])('%s → %s', (from, to, expected) => {
    const { problems } = read(inTree(from, to))
    expect(problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual([expected])
  })
})

describe('what staff would not see, or see twice', () => {
  const told = (changes: Record<string, string>) =>
    read(changes).problems.map(({ file, severity, code }) => `${file} ${severity} ${code}`)

  it('texts that are no content are warned of, but for those that explain the folder', () => {
    expect(
      told({
        'hemtjanst/routines/el.txt': 'När elen går',
        'hemtjanst/README.md': '',
        'hemtjanst/routines/LÄSMIG.txt': '',
      }),
    ).toEqual(['hemtjanst/routines/el.txt warning not-published'])
  })

  it('two of a kind under one title are warned of, in one department only', () => {
    const copy = 'hemtjanst/routines/tes-kopia.yaml'
    expect(told({ [copy]: routine.replace('När  TES', 'När tes') })).toEqual([
      `${copy} warning duplicate-title`,
    ])
    const common = routine.replace('        call: [hemtjanst/contact/tib]\n', '')
    expect(told({ 'gemensamt/routines/tes.yaml': common })).toEqual([])
  })
})

describe('what cannot be read', () => {
  const without = (...gone: string[]) =>
    new Map(Object.entries(sound).filter(([path]) => !gone.some((one) => path.startsWith(one))))
  const codes = (files: Map<string, string>, unreadable: string[]) =>
    readPlans(files, unreadable).problems.map(({ file, code }) => `${file} ${code}`)

  it.each([['hemtjanst'], ['hemtjanst/contacts.yaml'], ['systems.yaml'], ['organisation.yaml']])(
    '%s is not told again by all that points into it',
    (path) => {
      expect(codes(without(path), [path])).toEqual([])
      expect(codes(without(path), [])).not.toEqual([])
    },
  )

  it('nor is a file that is no YAML', () => {
    expect(found({ 'hemtjanst/contacts.yaml': 'title: [x\n' })).toEqual([
      expect.stringMatching(/^hemtjanst\/contacts\.yaml:\d+:\d+ not-yaml$/),
    ])
  })
})

describe('where a file lies', () => {
  it.each([
    ['hemtjanst/rutines/tes.yaml', 'wrong-folder', 'Did you mean "routines"?'],
    ['hemtjanst/tes.yaml', 'wrong-folder', 'routines/tes.yaml'],
    ['tes.yaml', 'wrong-folder', 'routines/tes.yaml'],
    ['hemtjanst/routines/it/tes.yaml', 'wrong-folder', '<department>/<folder>/tes.yaml'],
    ['gemensamt/systems.yaml', 'wrong-folder', 'Move it up'],
    ['hemtjanst/routines/När TES.yaml', 'bad-name', '"nar-tes"'],
    ['hemtjanst/routines/tes2.yml', 'wrong-extension', 'tes2.yaml'],
    ['hemtjanst/routines/tes.docx', 'wrong-extension', 'only .yaml'],
    ['hemtjanst/forms/tes.yaml', 'wrong-folder', 'Move it to hemtjanst/routines/tes.yaml'],
    ['../utanfor/routines/tes.yaml', undefined, ''],
  ])('%s', (path, code, hint) => {
    const { problems } = read({ [path]: routine })
    expect(problems.map((one) => one.code)).toEqual(code === undefined ? [] : [code])
    expect(problems.map((one) => one.hint).join()).toContain(hint)
  })

  it('a folder that the organisation does not list, and one that is missing', () => {
    const { problems } = read({ 'hemtjnst/routines/a.yaml': 'title: x' })
    expect(problems.map(({ file, code }) => `${file} ${code}`)).toContain(
      'hemtjnst/routines/a.yaml unknown-department',
    )
    expect(problems.map(({ file, code }) => `${file} ${code}`)).toContain(
      'hemtjnst/department.yaml missing-file',
    )
    expect(problems.find(({ code }) => code === 'unknown-department')?.hint).toContain(
      '"hemtjanst"',
    )
    const more = sound['organisation.yaml']?.replace('hemtjanst', 'hemtjanst, kost') ?? ''
    expect(found({ 'organisation.yaml': more })).toEqual([
      'organisation.yaml:3:37 unknown-department',
    ])
    expect(readPlans(new Map()).problems.map(({ code }) => code)).toEqual(['missing-file'])
  })
})

describe('size', () => {
  it('a file over the limit is not parsed', () => {
    const { problems, documents } = read({ [tes]: `${routine}# ${'x'.repeat(maxFileBytes)}` })
    expect(problems.map(({ code }) => code)).toEqual(['too-large'])
    expect(documents).toHaveLength(7)
  })

  it('a thousand files take no more than twice ten times what a hundred take', () => {
    const steps = '      - text: Ring och säg att listan saknas.\n        where: "Pärmen, flik 4"\n'
    const folder = (count: number) => {
      const files = new Map(Object.entries(sound))
      for (let index = 0; index < count; index++) {
        const titled = routine.replace('title: N', `title: ${index} n`)
        files.set(`hemtjanst/routines/r${index}.yaml`, titled + steps.repeat(30))
      }
      return files
    }
    // Time of this thread, the least of three: other work on the machine is not what is measured.
    const timeOf = (count: number) => {
      const files = folder(count)
      const times = Array.from({ length: 3 }, () => {
        const before = process.threadCpuUsage()
        expect(readPlans(files).problems).toEqual([])
        const { user, system } = process.threadCpuUsage(before)
        return (user + system) / 1000
      })
      return Math.min(...times)
    }
    timeOf(100)
    expect(timeOf(1000) / timeOf(100)).toBeLessThan(20)
  }, 120_000)
})
