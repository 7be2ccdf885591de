import type { LawTemplate } from './law-template.ts'

export const accessibilityStatement: LawTemplate = {
  id: 'accessibility-statement',
  title: 'Tillgänglighetsredogörelse: utkast',
  lead: 'Att publicera på kommunens webbplats när Plan B tas i bruk. Pröva själva innan ni skriver under.',
  box: {
    verified: [
      {
        what: 'Vad en redogörelse ska innehålla, och att den för en app ska finnas på kommunens webbplats eller där appen hämtas. Det räcker inte att den finns i appen.',
        against: 'Digg, Skapa en tillgänglighetsredogörelse, digg.se',
      },
      {
        what: 'Den som följer EN 301 549 V3.2.1, som hänvisar till WCAG 2.1, uppfyller kraven i Diggs föreskrifter.',
        against: 'Digg, Rättslig vägledning 7, Åtaganden, digg.se',
      },
      {
        what: 'Intranät och andra webbplatser för slutna grupper omfattas om de har publicerats från och med den 23 september 2019.',
        against: 'Digg, Intranät och extranät ska vara tillgängliga (24 november 2023)',
      },
      {
        what: 'Det som står under ”Så har vi prövat” om automatiska prov.',
        against: 'Plan B:s tester (tests/browser) och färgprov (src/app/styles/contrast.test.ts)',
      },
    ],
    unverified: [
      'Appen är inte prövad av personer med funktionsnedsättning, och inte mot alla krav i EN 301 549 bilaga A.',
      'Den är inte prövad med skärmläsare av någon som använder en till vardags, och inte på en riktig iPhone. Proven körs i WebKitGTK, Chromium och Firefox.',
      'Automatiska prov hittar bara en del av alla brister.',
      'Om en nyare standard eller annan tillsynsmyndighet gäller när ni läser det här.',
      'Era egna texter, bilder och bilagor.',
    ],
    lawyer: [
      'Om Plan B är webbplats, app eller sluten grupp enligt lagen (2018:1937) om tillgänglighet till digital offentlig service.',
      'Graden: helt, delvis eller inte förenlig. ”Delvis” är förslaget tills någon har granskat den.',
      'Eventuell oskäligt betungande anpassning (12 §). Inget sådant åberopas i utkastet.',
    ],
  },
  fill: {
    webbadress: 'adressen till er Plan B',
    kontakt: 'e-post, telefon och formulär för den som hittar en brist',
    'datum för bedömning': 'när ni själva har prövat appen',
    'datum för uppdatering': 'när redogörelsen senast ändrades',
    'egna brister': 'det ni hittar när ni prövar, med skäl och när det rättas',
  },
  sections: [
    {
      title: 'Tillgänglighetsredogörelse för Plan B',
      ownPage: true,
      blocks: [
        {
          kind: 'text',
          text: '[kommunen] står bakom den här digitala servicen: Plan B, [webbadress]. Vi vill att alla i personalen ska kunna använda den. Här står hur Plan B uppfyller lagen om tillgänglighet till digital offentlig service, kända brister och hur du rapporterar fler.',
        },
        {
          kind: 'text',
          text: 'Plan B är delvis förenlig med lagen. Det beror på att den inte är granskad fullt ut, och på bristerna nedan.',
        },
      ],
    },
    {
      title: 'Kontakta oss',
      blocks: [
        {
          kind: 'text',
          text: 'Hittar du en brist, eller behöver du innehållet på annat sätt: [kontakt]. Alla rutiner och blanketter finns också i pärmen. Är du inte nöjd med svaret kan du anmäla till Digg: https://www.digg.se/tdosanmalan',
        },
      ],
    },
    {
      title: 'Så har vi prövat',
      blocks: [
        {
          kind: 'table',
          head: ['Prov', 'Resultat'],
          rows: [
            [
              'axe-core (WCAG 2.1 A och AA) på appens sidor, svenska och engelska, ljust och mörkt',
              'Inga fel hittade',
            ],
            ['Bredd 320 bildpunkter', 'Inget behöver rullas i sidled'],
            ['Det man trycker på', 'Minst 48 bildpunkter högt'],
            ['Färger: kontrast för text', 'Minst 7:1, ljust och mörkt'],
            ['Tangentbord, namn för skärmläsare', 'Prövat av utvecklarna, delvis automatiskt'],
            ['Personer med funktionsnedsättning', 'Inte prövat'],
            ['Skärmläsare av van användare (VoiceOver, TalkBack, NVDA)', 'Inte prövat'],
            ['iPhone', 'Inte prövat på riktig telefon'],
            ['EN 301 549 bilaga A, punkt för punkt', 'Inte prövat'],
          ],
        },
        {
          kind: 'text',
          text: 'Metod: självskattning. Senaste bedömning: [datum för bedömning]. Redogörelsen uppdaterades senast [datum för uppdatering].',
        },
      ],
    },
    {
      title: 'Innehåll som inte är tillgängligt',
      blocks: [
        {
          kind: 'list',
          items: [
            'QR-koden kan inte läsas av en skärmläsare. Samma inbjudan finns som länk, och som rader att skriva in.',
            'Pärmen och blanketterna på papper finns inte i punktskrift eller som ljud. De går att läsa i appen.',
            '[egna brister]',
          ],
        },
        {
          kind: 'text',
          text: 'Oskäligt betungande anpassning: inget åberopas. Innehåll som inte omfattas av lagen: inget åberopas.',
        },
      ],
    },
    {
      title: 'Pröva själva, en timme',
      ownPage: true,
      blocks: [
        {
          kind: 'boxes',
          items: [
            'Slå på telefonens skärmläsare. Öppna en rutin och bocka av ett steg.',
            'Ring ett nummer med skärmläsaren på.',
            'Ställ in största textstorlek. Läs en rutin från början till slut.',
            'Använd bara tangentbord på en dator: öppna, sök, skriv ut.',
            'Läs i starkt solljus och i mörker.',
            'Låt någon som har svårt att läsa svenska följa de första femton minuterna i en rutin.',
          ],
        },
        { kind: 'fields', fields: [{ label: 'Brister ni hittade', lines: 4 }] },
      ],
    },
  ],
}
