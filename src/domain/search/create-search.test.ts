import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aDocument } from '../../../tests/support/example-documents.ts'
import type { PlanBDocument } from '../schema/document.ts'
import { createSearch, type SearchOptions } from './create-search.ts'

const routine = (department: string, id: string, body: Record<string, unknown>) =>
  aDocument('routine', body, { department, id })
const documents: PlanBDocument[] = [
  aDocument('systems', {
    systems: [
      { id: 'epost', title: 'E-post', names: ['Outlook'], purpose: 'Mejl', owner: 'It' },
      { id: 'tes', title: 'TES', names: ['planeringen'], purpose: 'Körlistor', owner: 'Vi' },
    ],
  }),
  routine('hemtjanst', 'tes', {
    aliases: ['körlista', 'vem ska jag till'],
    systems: ['tes'],
    phases: { minutes15: { steps: [{ text: 'Åk först till den som ska ha insulin' }] } },
    translations: {
      en: { title: 'When TES is down', name: 'TES: your visit list', summary: 'Whom to visit' },
    },
  }),
  routine('hemtjanst', 'lakemedel', {
    title: 'När signeringen inte fungerar',
    name: 'Läkemedelslista',
    summary: 'Vad som ska ges',
  }),
  routine('hemtjanst', 'las', {
    title: 'När låsen inte fungerar',
    name: 'Nycklar och lås',
    summary: 'Komma in till brukare',
    aliases: ['kommer inte in', 'nyckelskåp'],
  }),
  routine('hemtjanst', 'skoterskan', {
    title: 'När ingen svarar på jourtelefonen',
    name: 'Ingen svarar',
    summary: 'Vem du ringer sedan',
    aliases: ['sköterskan svarar inte', 'brukare har ramlat'],
  }),
  routine('hemtjanst', 'bilar', {
    title: 'När bilar inte fungerar',
    name: 'Hemtjänstens bilar',
    summary: 'Byt till cykel',
  }),
  routine('gemensamt', 'epost', {
    title: 'När mejlen inte fungerar',
    name: 'Mejl och Teams',
    summary: 'Besked utan e-post',
    systems: ['epost'],
  }),
  routine('gemensamt', 'skrivare', {
    title: 'När skrivaren inte fungerar',
    name: 'Skrivaren',
    summary: 'Skriv för hand',
  }),
  routine('gemensamt', 'datorer', {
    title: 'När datorn inte får användas',
    name: 'Datorn',
    summary: 'Lämna in',
  }),
  routine('gemensamt', 'inloggning', {
    title: 'När du inte kommer in',
    name: 'Lösenord och inloggning',
    summary: 'Byt',
  }),
  routine('gemensamt', 'vet-inte', {
    title: 'När du inte vet vad som är fel',
    name: 'Jag vet inte vad som är fel',
    summary: 'Den första kvarten',
    group: 'other',
    answers: [44],
  }),
  aDocument('form', { title: 'Signeringslista läkemedel' }, { id: 'signering' }),
  aDocument('plan', { title: 'Läkemedel i hemmet' }, { id: 'lakemedel' }),
  aDocument('phone-tree', { title: 'Ringkedja natt' }, { id: 'natt' }),
  ...['hemtjanst', 'gemensamt'].map((department) =>
    aDocument(
      'contacts',
      {
        contacts: [
          {
            id: 'natt',
            title: 'Sjuksköterska kväll och natt',
            short: 'Sköterska',
            number: '+46701740612',
          },
          {
            id: 'kommun',
            title: department,
            number: department === 'gemensamt' ? '+46846500401' : '112',
          },
        ],
      },
      { department },
    ),
  ),
]
const search = createSearch(documents)
search.deepen(Infinity)
const names = (query: string, options: SearchOptions = { department: 'hemtjanst' }) =>
  search.find(query, options).map(({ name }) => name)

describe('search by the words people use', () => {
  it.each([
    ['skrivaren', 'gemensamt/routine/skrivare'],
    ['skrivare funkar inte', 'gemensamt/routine/skrivare'],
    ['Skrivarna!', 'gemensamt/routine/skrivare'],
    ['printer', 'gemensamt/routine/skrivare'],
    ['mejl', 'gemensamt/routine/epost'],
    ['mejlen är nere', 'gemensamt/routine/epost'],
    ['mail', 'gemensamt/routine/epost'],
    ['e-posten', 'gemensamt/routine/epost'],
    ['outlook', 'gemensamt/routine/epost'],
    ['datorn', 'gemensamt/routine/datorer'],
    ['min dator e trasig', 'gemensamt/routine/datorer'],
    ['loggin', 'gemensamt/routine/inloggning'],
    ['kan inte logga in', 'gemensamt/routine/inloggning'],
    ['losenord', 'gemensamt/routine/inloggning'],
    ['nyklar', 'hemtjanst/routine/las'],
    ['nyckeln', 'hemtjanst/routine/las'],
    ['korlista', 'hemtjanst/routine/tes'],
    ['körlistorna', 'hemtjanst/routine/tes'],
    ['planeringen', 'hemtjanst/routine/tes'],
    ['vem ska jag till', 'hemtjanst/routine/tes'],
    ['kommer inte in', 'hemtjanst/routine/las'],
    ['kommer inte in i TES', 'hemtjanst/routine/tes'],
    ['nyckelskåpet', 'hemtjanst/routine/las'],
    ['sköterskan svarar inte', 'hemtjanst/routine/skoterskan'],
    ['skötersan svarar inte!!', 'hemtjanst/routine/skoterskan'],
    ['min brukare har ramlat', 'hemtjanst/routine/skoterskan'],
    ['mejlen ligger nere', 'gemensamt/routine/epost'],
    ['hittar inte skrivaren', 'gemensamt/routine/skrivare'],
    ['hemtjänstbilen', 'hemtjanst/routine/bilar'],
    ['insulin', 'hemtjanst/routine/tes'],
    ['läkemedel', 'hemtjanst/routine/lakemedel'],
    ['medicin', 'hemtjanst/routine/lakemedel'],
    ['lakemedelslistan borta', 'hemtjanst/routine/lakemedel'],
    ['vad fungerar inte', 'gemensamt/routine/vet-inte'],
    ['Vad är fel?', 'gemensamt/routine/vet-inte'],
    ['hjälp', 'gemensamt/routine/vet-inte'],
    ['vem ringer jag', 'hemtjanst/phone-tree/natt'],
    ['ring sköterskan', 'hemtjanst/contact/natt'],
    ['visit list', 'hemtjanst/routine/tes'],
    ['my computer does not work', 'gemensamt/routine/datorer'],
  ])('%s', (query, first) => expect(names(query)[0]).toBe(first))

  it('"vem ska jag ringa" gives the numbers that stand first, in their order, before phone trees', () => {
    const firstNumbers = ['hemtjanst/contact/kommun', 'hemtjanst/contact/natt']
    const department = aDocument('department', { firstNumbers }, { department: 'hemtjanst' })
    const found = createSearch([...documents, department]).find('vem ska jag ringa?', {
      department: 'hemtjanst',
    })
    expect(found.slice(0, 3).map(({ name }) => name)).toEqual([
      ...firstNumbers,
      'hemtjanst/phone-tree/natt',
    ])
  })

  it('finds both parts of a compound', () => {
    const lists = [
      'hemtjanst/routine/tes',
      'hemtjanst/routine/lakemedel',
      'hemtjanst/form/signering',
    ]
    expect(new Set(names('lista').slice(0, 3))).toEqual(new Set(lists))
  })

  it('puts what holds all words before what repeats one of them', () => {
    const two = createSearch([
      routine('hemtjanst', 'larm', {
        title: 'Larm',
        name: 'Larmet',
        aliases: ['larm'],
        summary: 'Larm',
      }),
      routine('hemtjanst', 'rest', { title: 'Rest', name: 'Rest', summary: 'Byt batteri i larm' }),
    ])
    expect(two.find('larm')[0]?.id).toBe('larm')
    expect(two.find('larm batteri')[0]?.id).toBe('rest')
  })

  it('goes along while somebody types', () => {
    for (const typed of [
      'skr',
      'skri',
      'skriv',
      'skriva',
      'skrivar',
      'skrivare',
      'skrivaren',
      'skrivaren fung',
    ]) {
      expect([typed, names(typed)[0]]).toEqual([typed, 'gemensamt/routine/skrivare'])
    }
  })

  it('puts routines first, then forms and plans', () => {
    expect(names('läkemedel')).toEqual([
      'hemtjanst/routine/lakemedel',
      'hemtjanst/form/signering',
      'hemtjanst/plan/lakemedel',
    ])
  })

  it('finds a number by its digits, the same function once', () => {
    for (const typed of ['070-174 06 12', '0701740612', '+46 70 174 06 12', '1740612']) {
      expect([typed, ...names(typed)]).toEqual([typed, 'hemtjanst/contact/natt'])
    }
    expect(names('112')).toEqual(['hemtjanst/contact/kommun'])
  })

  it('says what it is in one line, the one with the word where that is deeper in', () => {
    expect(search.find('körlista')[0]).toMatchObject({
      kind: 'routine',
      department: 'hemtjanst',
      id: 'tes',
      title: 'TES: din körlista',
      snippet: 'Vem du ska till',
    })
    expect(search.find('insulin')[0]?.snippet).toBe('Åk först till den som ska ha insulin')
    expect(search.find('sköterska')[0]).toMatchObject({ kind: 'contact', snippet: '070-174 06 12' })
    expect(search.find('körlista', { language: 'en' })[0]).toMatchObject({
      title: 'TES: your visit list',
      snippet: 'Whom to visit',
    })
  })

  it('is quiet where nothing fits, and takes anything', () => {
    expect([names(''), names(' ?! '), names('xyzzyqwerty')]).toEqual([[], [], []])
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (query) => {
        expect(search.find(query, { limit: 3 }).length).toBeLessThanOrEqual(3)
      }),
    )
    expect(names('a'.repeat(100_000))).toEqual([])
  }, 60_000)
})

describe('built a little at a time', () => {
  it('finds by name at once, by texts when they are in', () => {
    const lazy = createSearch(documents)
    expect(lazy.find('skrivare')[0]?.id).toBe('skrivare')
    expect(lazy.find('insulin')).toEqual([])
    let turns = 0
    while (lazy.deepen(5)) turns += 1
    expect(turns).toBeGreaterThan(1)
    expect(lazy.find('insulin')[0]?.id).toBe('tes')
    expect(lazy.deepen()).toBe(false)
  })

  it('answers a thousand documents within a frame', () => {
    const many = Array.from({ length: 1000 }, (_, index) =>
      routine(index % 2 ? 'hemtjanst' : 'kost', `r${index}`, {
        name: `System ${index}: körlista nummer ${index}`,
        aliases: ['schema', 'besök', `ord${index}`],
        phases: {
          minutes15: { steps: [{ text: 'Ring sjuksköterskan och säg att listan saknas' }] },
        },
      }),
    )
    const large = createSearch([...documents, ...many])
    large.deepen(Infinity)
    const times = ['k', 'kör', 'körlista', 'ord500', 'skrivaren funkar inte', 'korlistna'].map(
      (query) => {
        // Time of this thread, the least of a few: other work on the machine is not what is measured.
        const runs = Array.from({ length: 7 }, () => {
          const before = process.threadCpuUsage()
          large.find(query)
          const { user, system } = process.threadCpuUsage(before)
          return (user + system) / 1000
        })
        return Math.min(...runs)
      },
    )
    expect(Math.max(...times)).toBeLessThan(16)
  }, 120_000)
})
