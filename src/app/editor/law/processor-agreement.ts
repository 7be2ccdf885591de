import type { LawTemplate } from './law-template.ts'

export const processorAgreement: LawTemplate = {
  id: 'processor-agreement',
  title: 'Personuppgiftsbiträdesavtal: checklista',
  lead: 'När någon utanför kommunen driver datavärden eller den server som appen hämtas från.',
  box: {
    verified: [
      {
        what: 'Den som behandlar personuppgifter åt kommunen ska ha ett avtal enligt artikel 28.3. Anlitar biträdet i sin tur någon krävs ett avtal dem emellan (28.4), och kommunens tillstånd i förväg (28.2).',
        against:
          'IMY, Personuppgiftsbiträdesavtal, imy.se; dataskyddsförordningen artikel 28 (gdprinfo.eu)',
      },
      {
        what: 'SKR har ett färdigt avtal med instruktion och lista över underbiträden. Det är instruktionen och listan som fylls i.',
        against: 'SKR, Vägledande kommentarer, PUB-avtalsdokument, skr.se (2 maj 2024)',
      },
      {
        what: 'Biträdet ska underrätta kommunen om en personuppgiftsincident utan onödigt dröjsmål.',
        against: 'Dataskyddsförordningen artikel 33.2 (gdpr-text.com)',
      },
      {
        what: 'Innehållet krypteras innan det lämnar chefens enhet. Datavärden ser adresser, storlekar, tider och hur många telefoner som finns.',
        against: 'Plan B:s hotbild (docs/threat-model.md) och README',
      },
      {
        what: 'planb serve skriver i sin logg metod, slag av adress, status och kod, inga personers adresser. En webbserver framför den kan logga mer.',
        against: 'Plan B:s regler för servern (src/server/SPEC.md, H13)',
      },
    ],
    unverified: [
      'Om krypterat innehåll är personuppgifter hos en värd som saknar nyckel. Utgå från att det är det.',
      'Vad just er leverantör loggar, och i vilket land.',
      'Om SKR har kommit med en nyare version av avtalet.',
    ],
    lawyer: [
      'Vem som är personuppgiftsansvarig: varje nämnd för sig, eller gemensamt.',
      'Att SKR:s avtal kan användas oförändrat, och att instruktionen räcker.',
      'Överföring till tredjeland, också genom leverantörens ägare eller underbiträden.',
      'Sekretess vid utkontraktering, och tystnadsplikt för leverantörens personal.',
    ],
  },
  fill: {
    datavärd: 'leverantören: namn och organisationsnummer',
    webbadress: 'adressen till appen och till datavärden',
    land: 'var servrar och säkerhetskopior står',
    'timmar för incident': 'hur snabbt värden ska höra av sig. Förslag: 24 timmar',
    'dagar för logg': 'hur länge värdens loggar får finnas. Förslag: 30 dagar',
  },
  sections: [
    {
      title: 'Vad värden ser och inte ser',
      blocks: [
        {
          kind: 'table',
          head: ['Uppgift', 'Ser värden den?'],
          rows: [
            [
              'Planer, rutiner, telefonnummer, ringkedjor, namn',
              'Nej. Krypterat, utan nyckel hos värden',
            ],
            ['Svar i ringkedjan, telefonernas namn', 'Nej. Krypterat'],
            ['IP-adresser till dem som hämtar', 'Ja, när de hämtar'],
            ['Tider och storlekar (storlekarna är avrundade uppåt)', 'Ja'],
            ['Hur många telefoner, och en kod för var och en', 'Ja. Koden säger inte vem det är'],
            ['Verksamheternas och rollernas namn, publika nycklar', 'Ja. De är öppna för alla'],
            ['Nycklar att läsa eller ändra med', 'Nej'],
          ],
        },
        {
          kind: 'text',
          text: 'Värden kan hålla inne uppgifter, visa gamla eller ta bort dem. Telefonerna märker vad som är ändrat eller gammalt och behåller det de har.',
        },
        {
          kind: 'text',
          text: 'Den som levererar appens kod är en annan sak: den kan byta ut appen, och då läsa allt som visas. Ha den på en egen adress, skild från datavärden, och ställ högre krav.',
        },
      ],
    },
    {
      title: 'Till instruktionen i avtalet',
      blocks: [
        {
          kind: 'list',
          items: [
            'Ändamål: att lagra och lämna ut krypterade filer åt [kommunen], så att personalens telefoner kan hämta planer.',
            'Uppgifter: IP-adresser, tider, storlekar och telefonernas koder. Därtill krypterade uppgifter som värden inte kan läsa: roller, namn och telefonnummer till anställda.',
            'Registrerade: anställda, vikarier och kontaktpersoner hos leverantörer. Inga brukare, patienter eller elever.',
            'Plats: [land]. Adresser: [webbadress].',
            'Loggar: så lite som möjligt, högst [dagar för logg], och aldrig för att följa enskilda.',
          ],
        },
      ],
    },
    {
      title: 'Checklista för avtalet med [datavärd]',
      blocks: [
        {
          kind: 'boxes',
          items: [
            'Värden behandlar uppgifter bara enligt skriftlig instruktion (28.3 a).',
            'Personalen har tystnadsplikt (28.3 b).',
            'Säkerheten är beskriven (28.3 c, artikel 32): uppdateringar, åtkomst, säkerhetskopior, brandskydd, skydd mot överbelastning.',
            'Underbiträden är godkända och står i en lista. Ändringar meddelas i förväg (28.2, 28.4).',
            'Värden hjälper till när någon begär sina uppgifter (28.3 e).',
            'Värden hjälper till med säkerhet, incidenter och konsekvensbedömning (28.3 f).',
            'Incidenter anmäls till kommunens nummer dygnet runt inom [timmar för incident], också vid misstanke.',
            'När avtalet slutar raderas eller återlämnas allt, med intyg (28.3 g). En kopia kan tas när som helst med planb mirror.',
            'Kommunen får granska (28.3 h).',
            'Värden står utanför kommunens nät, katalogtjänst och inloggning, så att den inte faller med dem.',
            'Minst en spegel finns hos någon annan.',
            'Domännamnet ägs av kommunen och betalas flera år i förväg. Den som tar över det kan byta ut appen.',
            'Den som levererar appen får inte ändra den. Kontrollsumman jämförs varje vecka med planb verify --app, från ett annat nät.',
          ],
        },
        {
          kind: 'fields',
          fields: [
            { label: 'Kontakt hos värden dygnet runt: namn och nummer' },
            { label: 'Kontakt hos kommunen dygnet runt: roll och nummer' },
            { label: 'Genomgånget, datum och av vem' },
          ],
        },
      ],
    },
  ],
}
