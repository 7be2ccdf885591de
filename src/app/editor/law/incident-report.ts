import type { LawSection, LawTemplate } from './law-template.ts'

/** On every sheet: who, what and when, since they may be sent, or read out by phone, apart from each other. */
const always = [
  { label: 'Organisation: [kommunen]. Organisationsnummer' },
  { label: 'Kontakt dygnet runt: roll, telefon (inte via växeln)' },
  { label: 'Egen beteckning på incidenten' },
  { label: 'Vi fick vetskap om den: datum och klockslag' },
]

const sent = [
  { label: 'Lämnad till, på vilket sätt (portal, telefon, post), datum och klockslag' },
  { label: 'Mottagarens beteckning eller den som tog emot. Lämnad av (roll)' },
]

function sheet(
  title: string,
  when: string,
  fields: readonly { label: string; lines?: number }[],
): LawSection {
  return {
    title,
    ownPage: true,
    blocks: [
      { kind: 'text', text: when },
      { kind: 'fields', fields: always },
      { kind: 'fields', fields },
      { kind: 'fields', fields: sent },
    ],
  }
}

export const incidentReport: LawTemplate = {
  id: 'incident-report',
  title: 'Incidentrapportering: blad att fylla i',
  lead: 'Skriv ut i förväg och lägg i pärmen. Under ett angrepp fungerar kanske varken e-post, e-legitimation eller skrivare.',
  box: {
    verified: [
      {
        what: 'Cybersäkerhetslagen (2025:1506) gäller sedan den 15 januari 2026. Incidenter rapporteras enligt 2 kap. 5–8 §§ till den CSIRT-enhet som cybersäkerhetsförordningen (2025:1507) 31 § pekar ut, enligt dess 6 §.',
        against:
          'Regeringskansliets rättsdatabaser (rkrattsbaser.gov.se), början av SFS 2025:1506 och 2025:1507',
      },
      {
        what: 'Stegen 24 timmar, 72 timmar och en månad.',
        against:
          'Plan B:s faktaunderlag, och en sammanställning av prop. 2025/26:28 och NIS 2 artikel 23. Inte mot lagtexten',
      },
      {
        what: 'Personuppgiftsincidenter anmäls till IMY inom 72 timmar från vetskap, om det inte är osannolikt att de leder till risk. Det som saknas kan kompletteras inom fyra veckor. Är e-tjänsten nere kan blankett skickas med post: Box 8114, 104 20 Stockholm.',
        against:
          'IMY, Notification of a personal data breach och Om våra e-tjänster inte fungerar, imy.se; dataskyddsförordningen artikel 33',
      },
      {
        what: 'MSB bytte namn till Myndigheten för civilt försvar (MCF) den 1 januari 2026.',
        against:
          'Riksdagens förteckning (HC03205, Myndigheten för civilt försvar – ett nytt namn för MSB) och nyhetsartiklar i december 2025',
      },
    ],
    unverified: [
      'Mottagaren. En utredning har föreslagit att MSB:s uppgifter flyttas till FRA (SOU 2025:79), och en sammanställning anger den 1 juli 2026 som planerad dag för CSIRT-enheten. Kontrollera nu, och skriv numret på bladen.',
      'Lagens 2 kap. 5–8 §§ är inte lästa i sin helhet: när tiden börjar, vad som är en betydande incident och vad varje rapport ska innehålla.',
      'Fälten på bladen är ett förslag. Myndighetens egna formulär och föreskrifter går före.',
      'IMY:s postadress är från en sparad kopia av sidan, utan datum.',
    ],
    lawyer: [
      'Vilka delar av kommunen och vilka bolag som omfattas, och vem som är tillsynsmyndighet för varje sektor.',
      'När tiderna börjar löpa: vid misstanke eller vid vetskap.',
      'Andra anmälningar: polis, IVO och avvikelser i vården, Säkerhetspolisen vid säkerhetskänslig verksamhet, försäkringsbolag, avtalsparter.',
      'Sekretess för det ni lämnar. Uppgifter till en myndighet blir allmän handling där.',
    ],
  },
  fill: {
    mottagare: 'myndighet, telefon dygnet runt och portalens adress. Kontrollera varje halvår',
    'roll som rapporterar': 'vem som gör det, och vem som ersätter',
    'datum för kontroll': 'när mottagaren senast kontrollerades',
  },
  sections: [
    {
      title: 'Tiderna',
      blocks: [
        {
          kind: 'table',
          head: ['När', 'Vad', 'Till vem'],
          rows: [
            ['Inom 24 timmar', 'Första varning: något har hänt', '[mottagare]'],
            ['Inom 72 timmar', 'Incidentanmälan: en första bedömning', '[mottagare]'],
            [
              'Inom 72 timmar',
              'Personuppgiftsincident, om personuppgifter är röjda, ändrade, förlorade eller inte går att nå',
              'IMY',
            ],
            [
              'Inom en månad från anmälan',
              'Slutrapport. Pågår den än: lägesrapport',
              '[mottagare]',
            ],
          ],
        },
        {
          kind: 'list',
          items: [
            'Rapporterar för [kommunen]: [roll som rapporterar].',
            'Mottagaren kontrollerad: [datum för kontroll].',
            'Hellre i tid och ofullständig än sen och hel. Skriv ”vet inte” där ni inte vet.',
            'Att uppgifter inte går att nå är också en personuppgiftsincident, till exempel när journaler är låsta eller förlorade.',
            'Skriv inga namn på brukare eller anställda på bladen.',
            'Polisanmäl. Spara loggar och orörda diskar.',
          ],
        },
      ],
    },
    sheet('Blad 1: inom 24 timmar', 'Första varning. Det viktigaste är att den kommer fram.', [
      { label: 'Vad har hänt? Vad märks?', lines: 4 },
      { label: 'Vilka tjänster och verksamheter är nere eller störda?', lines: 4 },
      { label: 'Misstänks brott eller angrepp? Ja, nej, vet inte. Varför?', lines: 2 },
      { label: 'Kan andra kommuner, leverantörer eller länder påverkas? Ja, nej, vet inte' },
      { label: 'Behöver ni hjälp? Med vad?', lines: 2 },
    ]),
    sheet('Blad 2: inom 72 timmar', 'Incidentanmälan. Rätta och fyll på det som stod på blad 1.', [
      { label: 'Ändringar och nytt sedan blad 1', lines: 3 },
      {
        label: 'Hur allvarligt: antal användare, brukare, enheter; liv och hälsa; hur länge',
        lines: 3,
      },
      { label: 'Tekniska spår (angrepps-IP, filnamn, konton), om de är kända', lines: 3 },
      { label: 'Vad ni har gjort. Vilka reservrutiner som används', lines: 4 },
    ]),
    sheet(
      'Blad 3: till IMY inom 72 timmar',
      'Personuppgiftsincident, enligt dataskyddsförordningen artikel 33.3. Kom ni över 72 timmar: skriv varför.',
      [
        { label: 'Vad har hänt: röjda, ändrade, förlorade, inte åtkomliga', lines: 2 },
        { label: 'Vilka grupper och ungefär hur många personer' },
        { label: 'Vilka slags uppgifter och ungefär hur många poster' },
        { label: 'Dataskyddsombud: namn, telefon' },
        { label: 'Troliga följder för personerna', lines: 2 },
        { label: 'Vad ni har gjort och tänker göra', lines: 2 },
        { label: 'Är de berörda informerade? När och hur? Varför inte?' },
        { label: 'Varför sen (om över 72 timmar)' },
      ],
    ),
    sheet(
      'Blad 4: inom en månad',
      'Slutrapport. Pågår incidenten: lämna en lägesrapport, och slutrapport när den är över.',
      [
        { label: 'Förlopp med tider', lines: 5 },
        { label: 'Trolig orsak', lines: 3 },
        { label: 'Följder: verksamheter, personer, förlorade uppgifter, kostnad', lines: 3 },
        { label: 'Åtgärder, och vad som ändras', lines: 3 },
        { label: 'Påverkan utanför kommunen eller landet' },
      ],
    ),
  ],
}
