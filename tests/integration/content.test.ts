import { resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readPlansFolder } from '#cli/read-plans-folder.ts'
import { planCompleteness } from '#domain/completeness.ts'
import { indexDocuments } from '#domain/resolve.ts'
import { documentName, type PlanBDocument } from '#domain/schema/document.ts'
import { createSearch, type Search } from '#domain/search/create-search.ts'
import { readPlans } from '#library/read-plans.ts'
import { writePlans } from '#library/write-plans.ts'

const folder = resolve(import.meta.dirname, '../../plans')

/**
 * The rows of SYSTEMS (what went down in the reports) that the first departments own: under which
 * departments a routine must answer each ("every department" is gemensamt, which every phone holds),
 * and how people would ask for it, typed on a phone in a hurry, in which department.
 */
// prettier-ignore
const rows: { row: number; answeredBy: string[]; asked: [department: string, phrases: string[]][] }[] = [
  { row: 1, answeredBy: ['hemtjanst', 'hemsjukvard'], asked: [['hemtjanst', ['medicinlistan är borta', 'journalen', 'brukarinformation']], ['hemsjukvard', ['läkemedelslistan funkar inte', 'kan inte se journalen', 'patientuppgifter']]] },
  { row: 2, answeredBy: ['hemtjanst', 'hemsjukvard'], asked: [['hemtjanst', ['treserva nere', 'var skriver jag anteckningar', 'verksamhetssystemet']], ['hemsjukvard', ['tresserva', 'dokumentera på papper']]] },
  { row: 3, answeredBy: ['hemtjanst'], asked: [['hemtjanst', ['tes funkar inte', 'körlistan', 'vem ska jag till']]] },
  { row: 6, answeredBy: ['hemtjanst'], asked: [['hemtjanst', ['beställa mat', 'matlådor', 'maten kommer inte']]] },
  { row: 8, answeredBy: ['gemensamt', 'krisledning'], asked: [['hemtjanst', ['mejlen är nere', 'mail', 'teams']], ['krisledning', ['e-posten', 'kan inte mejla', 'outlook']]] },
  { row: 9, answeredBy: ['gemensamt'], asked: [['hemtjanst', ['inget internet', 'wifi', 'nätet är nere']], ['trygghetslarm', ['nätverket', 'internet']]] },
  { row: 10, answeredBy: ['gemensamt'], asked: [['hemtjanst', ['datorn', 'datorn får inte användas', 'laptop']], ['krisledning', ['lämna in datorer', 'virus i datorn']]] },
  { row: 11, answeredBy: ['gemensamt'], asked: [['hemtjanst', ['skrivaren', 'skrivare funkar inte', 'kan inte skriva ut']], ['hemsjukvard', ['utskrift', 'printern']]] },
  { row: 24, answeredBy: ['krisledning'], asked: [['krisledning', ['intranätet', 'intranet', 'insidan nere']]] },
  { row: 25, answeredBy: ['krisledning'], asked: [['krisledning', ['hemsidan', 'webbplatsen är nere', 'webben']]] },
  { row: 28, answeredBy: ['gemensamt'], asked: [['hemtjanst', ['e-tjänsten', 'etjänst', 'ansökan på papper']]] },
  { row: 34, answeredBy: ['gemensamt', 'krisledning'], asked: [['hemtjanst', ['lösenord', 'kommer inte in i datorn', 'loggin', 'bankid']], ['krisledning', ['byta lösenord', 'lösen']]] },
  { row: 35, answeredBy: ['trygghetslarm'], asked: [['trygghetslarm', ['larmen fungerar inte', 'kolla trygghetslarmen', 'digitala lås']]] },
  { row: 36, answeredBy: ['hemsjukvard'], asked: [['hemsjukvard', ['pascal', 'npö', 'lifecare fungerar inte']]] },
  { row: 37, answeredBy: ['krisledning'], asked: [['krisledning', ['leverantören är hackad', 'leverantör', 'systemet kommer aldrig tillbaka']]] },
  { row: 38, answeredBy: ['krisledning'], asked: [['krisledning', ['personuppgifter har läckt', 'anmäla till imy', 'gdpr']]] },
  { row: 39, answeredBy: ['gemensamt', 'krisledning'], asked: [['hemtjanst', ['når inte kollegorna', 'nå personal utan mejl']], ['krisledning', ['nå alla medarbetare', 'genomringning']]] },
  { row: 41, answeredBy: ['krisledning'], asked: [['krisledning', ['pressen ringer', 'journalist', 'utpressare hör av sig', 'talesperson']]] },
  { row: 42, answeredBy: ['krisledning'], asked: [['krisledning', ['krisledningsmöte', 'stab', 'dagordning']]] },
  { row: 43, answeredBy: ['gemensamt'], asked: [['hemtjanst', ['halva personalen borta', 'många sjuka', 'personalbrist']], ['hemsjukvard', ['för få sjuksköterskor', 'sjukfrånvaro']], ['trygghetslarm', ['halva personalen']]] },
  { row: 44, answeredBy: ['gemensamt', 'krisledning'], asked: [['hemtjanst', ['vad fungerar inte', 'vet inte vad som är fel', 'allt är nere']], ['krisledning', ['läget nu', 'vad får man göra']]] },
  { row: 45, answeredBy: ['gemensamt', 'krisledning'], asked: [['hemtjanst', ['nätet stängs', 'planerat avbrott', 'stänger ner i kväll']], ['krisledning', ['stänga nätet']]] },
  { row: 46, answeredBy: ['gemensamt'], asked: [['hemtjanst', ['systemet är tillbaka', 'efterregistrering', 'föra in papper']], ['hemsjukvard', ['fungerar igen', 'efterdokumentation']]] },
  { row: 47, answeredBy: ['gemensamt'], asked: [['hemtjanst', ['kalendern', 'mötesbokning']], ['krisledning', ['kalender', 'boka möte']]] },
  { row: 48, answeredBy: ['krisledning'], asked: [['krisledning', ['trött', 'avlösning', 'flera veckor']]] },
  { row: 49, answeredBy: ['hemtjanst', 'hemsjukvard'], asked: [['hemtjanst', ['signeringen', 'ingen delegering', 'nyklar']], ['hemsjukvard', ['signeringslista', 'delegering']]] },
]

let documents: PlanBDocument[]
let problems: string[]

beforeAll(async () => {
  const found = await readPlansFolder(folder)
  const read = readPlans(found.texts)
  documents = read.documents
  problems = [...found.problems, ...read.problems]
    .filter(({ severity }) => severity === 'error')
    .map(
      ({ file, line, column, message, hint }) => `${file}:${line}:${column}: ${message}. ${hint}.`,
    )
})

const searches = new Map<string, Search>()
/** What a phone of the department holds: its own and gemensamt. */
function searchIn(department: string): Search {
  let search = searches.get(department)
  if (search === undefined) {
    const held = documents.filter((one) => [department, 'gemensamt'].includes(one.department))
    search = createSearch(held)
    search.deepen(Infinity)
    searches.set(department, search)
  }
  return search
}

function answering(row: number): { department: string; name: string }[] {
  return documents
    .filter((one) => one.kind === 'routine' && one.body.answers.includes(row))
    .map((one) => ({ department: one.department, name: documentName(one) }))
}

describe('the example’s plans', () => {
  it('have no errors', () => {
    expect(problems).toEqual([])
    expect(documents.length).toBeGreaterThan(100)
  })

  it('read back the same when they are written out', () => {
    const again = readPlans(writePlans(documents))
    expect(again.problems.filter(({ severity }) => severity === 'error')).toEqual([])
    const byName = (list: PlanBDocument[]) => new Map(list.map((one) => [documentName(one), one]))
    expect(byName(again.documents)).toEqual(byName(documents))
  })

  it('count as complete by the four', () => {
    const index = indexDocuments(documents)
    const now = new Date('2026-11-20T12:00:00+01:00')
    const incomplete = index
      .ofKind('plan')
      .map((plan) => planCompleteness(plan, { index, now }))
      .filter(({ counts }) => !counts)
    expect(incomplete).toEqual([])
  })
})

describe.each(rows)('row $row of what went down', ({ row, answeredBy, asked }) => {
  it.each(answeredBy)('is answered by a routine of %s', (department) => {
    expect(answering(row).map((one) => one.department)).toContain(department)
  })

  it.each(
    asked.flatMap(([department, phrases]) =>
      phrases.map((phrase) => [department, phrase] as const),
    ),
  )('in %s, "%s" finds it among the first three', (department, phrase) => {
    const first = searchIn(department).find(phrase, { department, limit: 3 })
    const answers = new Set(answering(row).map(({ name }) => name))
    const names = first.map(({ name }) => name)
    expect(names.some((name) => answers.has(name)) ? 'found' : names).toBe('found')
  })
})

/**
 * What people type who are in a hurry and do not know what things are called: the first hit is the one
 * that helps. By what the phone holds.
 */
// prettier-ignore
const everyday: Record<string, [phrase: string, first: string][]> = {
  hemtjanst: [
    ['sjuksköterskan svarar inte', 'hemtjanst/routine/sjukskoterskan-svarar-inte'],
    ['ingen sjuksköterska', 'hemtjanst/routine/sjukskoterskan-svarar-inte'],
    ['får inte tag på sköterskan', 'hemtjanst/routine/sjukskoterskan-svarar-inte'],
    ['sjuksköterska', 'hemtjanst/contact/sjukskoterska'],
    ['chefen svarar inte', 'hemtjanst/contact/chef-i-beredskap'],
    ['ringa chefen', 'hemtjanst/contact/chef-i-beredskap'],
    ['vem ska jag ringa', 'hemtjanst/contact/sjukskoterska'],
    ['hemsidan är nere', 'gemensamt/routine/e-tjanster'],
    ['inget intranät', 'gemensamt/routine/na-personal'],
    ['kommer inte in i TES', 'hemtjanst/routine/tes-korlista'],
    ['kommer inte in', 'hemtjanst/routine/las-och-nycklar'],
    ['hittar inte adressen', 'hemtjanst/routine/tes-korlista'],
    ['hittar inte körlistan', 'hemtjanst/routine/tes-korlista'],
    ['mobilen död', 'gemensamt/routine/mobiltelefoni'],
    ['telefonen laddar ur', 'hemtjanst/routine/telefonen'],
    ['larmet funkar inte', 'hemtjanst/routine/larm-som-inte-kvitteras'],
    ['brukare har ramlat', 'hemtjanst/routine/larm-som-inte-kvitteras'],
    ['nyckelskåpet', 'hemtjanst/routine/las-och-nycklar'],
    ['hon öppnar inte dörren', 'hemtjanst/routine/las-och-nycklar'],
    ['fax', 'gemensamt/routine/epost'],
    ['insulin', 'hemtjanst/routine/signering-lakemedel'],
    ['insulinet', 'hemtjanst/routine/signering-lakemedel'],
    ['delegeringen har gått ut', 'hemtjanst/routine/signering-lakemedel'],
    ['hemtjänstbilen', 'hemtjanst/contact/fordon'],
    ['bilen startar inte', 'hemtjanst/contact/vagassistans'],
    ['inget internet', 'gemensamt/routine/internet'],
    ['lösenord', 'gemensamt/routine/inloggning'],
    ['bankid', 'gemensamt/routine/inloggning'],
    ['skrivaren funkar inte', 'gemensamt/routine/skrivare'],
    ['var finns blanketterna', 'gemensamt/routine/skrivare'],
    ['mejlen ligger nere', 'gemensamt/routine/epost'],
    ['paddan', 'gemensamt/routine/datorer'],
    ['kollegan kom inte', 'hemtjanst/routine/halva-personalen'],
    ['jag är ensam i natt', 'hemtjanst/routine/halva-personalen'],
    ['vem jobbar i kväll', 'hemtjanst/routine/scheman-i-hemtjansten'],
    ['elen har gått', 'hemtjanst/routine/el'],
    ['inget vatten', 'gemensamt/contact/fastighet'],
    ['hot och våld', 'gemensamt/contact/larm-112'],
    ['brukaren är borta', 'gemensamt/contact/polisen'],
    ['växeln nere', 'gemensamt/contact/vag-in-1'],
    ['sjuksköterskn svara inte', 'hemtjanst/routine/sjukskoterskan-svarar-inte'],
    ['syrran svarar ej', 'hemtjanst/routine/sjukskoterskan-svarar-inte'],
    ['tess funkar ej', 'hemtjanst/routine/tes-korlista'],
    ['körlsita', 'hemtjanst/routine/tes-korlista'],
    ['medecin', 'hemtjanst/routine/signering-lakemedel'],
    ['dörrn går inte upp', 'hemtjanst/routine/las-och-nycklar'],
    ['brukaren svarar inte', 'hemtjanst/routine/las-och-nycklar'],
    ['ingen löser av mig', 'hemtjanst/routine/scheman-i-hemtjansten'],
    ['får jag använda whatsapp', 'gemensamt/routine/na-personal'],
    ['internett', 'gemensamt/routine/internet'],
    ['skrivarn', 'gemensamt/routine/skrivare'],
    ['cyberattack', 'gemensamt/routine/jag-vet-inte'],
    ['ruttplanering', 'hemtjanst/routine/tes-korlista'],
    ['slingan', 'hemtjanst/routine/tes-korlista'],
    ['almanacka', 'gemensamt/routine/kalender'],
    ['kallender', 'gemensamt/routine/kalender'],
    ['kopieringsmaskin', 'gemensamt/routine/skrivare'],
    ['underbemannade', 'hemtjanst/routine/halva-personalen'],
    ['influensa', 'hemtjanst/routine/halva-personalen'],
    ['middag', 'hemtjanst/routine/matbestallning'],
    ['dosrullar', 'hemtjanst/routine/signering-lakemedel'],
    ['tidningen ringer', 'gemensamt/contact/kommunikator'],
    ['pressen', 'gemensamt/contact/kommunikator'],
    ['var bor hon', 'hemtjanst/routine/tes-korlista'],
    ['vem bestämmer', 'hemtjanst/contact/chef-i-beredskap'],
    ['kan inte skriva ut', 'gemensamt/routine/skrivare'],
  ],
  hemsjukvard: [
    ['kommer inte in i lifecare', 'hemsjukvard/routine/lakarkontakt-npo-lifecare'],
    ['läkaren svarar inte', 'hemsjukvard/routine/lakarkontakt-npo-lifecare'],
    ['kylen är varm', 'hemsjukvard/routine/el-och-kyl'],
    ['vi är för få', 'hemsjukvard/routine/halva-skoterskorna-borta'],
    ['dödsfall', 'hemsjukvard/contact/lakarstod'],
    ['influensa', 'hemsjukvard/routine/halva-skoterskorna-borta'],
    ['medicinskåp', 'hemsjukvard/routine/signering-delegering'],
    ['ringkedja', 'hemsjukvard/phone-tree/skoterskor'],
    ['telefonkedja', 'hemsjukvard/phone-tree/skoterskor'],
  ],
  trygghetslarm: [
    ['larmcentralen svarar inte', 'trygghetslarm/routine/larmcentralen-nas-inte'],
    ['dörren låst', 'trygghetslarm/routine/digitala-las'],
    ['knappen funkar inte', 'trygghetslarm/routine/ett-larm-fungerar-inte'],
    ['halva personalen', 'trygghetslarm/routine/halva-larmgruppen-borta'],
    ['influensa', 'trygghetslarm/routine/halva-larmgruppen-borta'],
    ['låsapp', 'trygghetslarm/routine/digitala-las'],
    ['telefonkedja', 'trygghetslarm/phone-tree/larmgruppen'],
  ],
  krisledning: [
    ['pressen', 'krisledning/routine/talesperson'],
    ['hackade', 'krisledning/routine/stang-natet'],
    ['cyberattack', 'krisledning/routine/stang-natet'],
    ['vem bestämmer', 'krisledning/routine/stab'],
    ['ringkedja', 'krisledning/phone-tree/forvaltningarna'],
    ['extra möte', 'krisledning/routine/stab'],
    ['information till invånare', 'krisledning/routine/na-alla'],
    ['hemtjänsten', 'krisledning/contact/bitr-socialchef'],
  ],
}

describe.each(Object.entries(everyday))('what people type in %s', (department, asked) => {
  it.each(asked)('"%s" gives %s first', (phrase, first) => {
    const hits = searchIn(department).find(phrase, { department, limit: 3 })
    expect(hits.map(({ name }) => name)[0]).toBe(first)
  })
})

describe('a crisis manager who has joined every department', () => {
  it.each([
    ['digitala lås', ['trygghetslarm/routine/digitala-las', 'hemtjanst/routine/las-och-nycklar']],
    [
      'halva personalen',
      [
        'hemtjanst/routine/halva-personalen',
        'trygghetslarm/routine/halva-larmgruppen-borta',
        'hemsjukvard/routine/halva-skoterskorna-borta',
        'gemensamt/routine/halva-personalen',
      ],
    ],
  ])('finds the routines of each that "%s" is about', (phrase, expected) => {
    const all = createSearch(documents)
    all.deepen(Infinity)
    const hits = all.find(phrase, { department: 'krisledning', limit: expected.length })
    expect(hits.map(({ name }) => name)).toEqual(expected)
  })
})

it('"ringa anhöriga" finds where the numbers of relatives are', () => {
  const first = searchIn('hemtjanst').find('ringa anhöriga', { department: 'hemtjanst', limit: 3 })
  expect(first.map(({ name }) => name)).toContain('hemtjanst/routine/treserva-anteckningar')
})

it.each(['ringkedja', 'telefonkedja'])(
  '"%s" finds the phone trees of the department first',
  (asked) => {
    const hits = searchIn('hemtjanst').find(asked, { department: 'hemtjanst', limit: 3 })
    expect(hits.map(({ name }) => name).toSorted()).toEqual([
      'hemtjanst/phone-tree/dag',
      'hemtjanst/phone-tree/kvall',
      'hemtjanst/phone-tree/natt',
    ])
  },
)

it('"kan inte skriva" finds where notes are written, also where the printer comes first', () => {
  const first = searchIn('hemtjanst').find('kan inte skriva', { department: 'hemtjanst', limit: 5 })
  expect(first.map(({ name }) => name)).toContain('hemtjanst/routine/treserva-anteckningar')
})
