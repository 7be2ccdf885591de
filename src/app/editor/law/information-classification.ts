import type { LawTemplate } from './law-template.ts'

export const informationClassification: LawTemplate = {
  id: 'information-classification',
  title: 'Informationsklassning: förslag',
  lead: 'Förslag till nivåer för konfidentialitet (K), riktighet (R) och tillgänglighet (T), med skäl.',
  box: {
    verified: [
      {
        what: 'Klassningen bygger på vad som händer om konfidentialitet, riktighet eller tillgänglighet brister. KLASSA följer i huvudsak MSB:s matris och har en nivå till, synnerligen allvarlig (4).',
        against: 'SKR, KLASSA, Vägledning för klassning, klassa-info.skr.se',
      },
      {
        what: 'Nivåerna är 0 ingen eller försumbar, 1 måttlig, 2 betydande, 3 allvarlig, 4 synnerligen allvarlig skada (rör Sveriges säkerhet).',
        against: 'Värdelistan Säkerhetsklass enligt SKR:s anvisning, nationella-riktlinjer.se',
      },
      {
        what: 'Tillgänglighet väger tungt: efter angreppen gick schema, läkemedelslistor och journaler inte att nå, och i en kommun försvann journaler för gott.',
        against: 'Kalix och Vellinge kommuners egna redogörelser efter angreppen',
      },
    ],
    unverified: [
      'Nivåerna är ett förslag av dem som har skrivit mallen. De är inte prövade i KLASSA.',
      'Hur kommunens egen modell ser ut. Använd den om den skiljer sig.',
    ],
    lawyer: [
      'Att sekretessbedömningen stämmer med K-nivåerna.',
      'Att inget rör Sveriges säkerhet (nivå 4). Det avgör säkerhetsskyddschefen.',
    ],
  },
  fill: {
    informationsägare: 'den chef som äger planerna',
    datum: 'dag för klassningen och nästa översyn',
  },
  sections: [
    {
      title: 'Klassning i [kommunen]',
      blocks: [
        {
          kind: 'table',
          head: ['Slag av uppgift', 'K', 'R', 'T', 'Skäl'],
          rows: [
            [
              'Reservrutiner och åtgärdskort',
              '1',
              '3',
              '3',
              'Ett ändrat steg kan skada en brukare. Ska gå att läsa när allt annat är nere.',
            ],
            [
              'Kontinuitetsplaner: beroenden, avbrottstider, svagheter',
              '2',
              '2',
              '2',
              'Visar var kommunen är sårbar. Delar kan omfattas av sekretess.',
            ],
            [
              'Ringkedjor och funktionsnummer',
              '1',
              '3',
              '3',
              'Ett ändrat nummer skickar personalen till fel person.',
            ],
            [
              'Privata nummer',
              '2',
              '3',
              '2',
              'Anställdas privatliv. Funktionstelefoner ska finnas som reserv.',
            ],
            [
              'Läge nu',
              '1',
              '3',
              '3',
              'Styr vad alla gör under en händelse. Ett falskt läge skadar direkt.',
            ],
            ['Tomma blanketter', '0', '2', '3', 'Offentliga. Behövs på papper i förväg.'],
            [
              'Svar i en pågående ringkedja',
              '2',
              '2',
              '2',
              'Säger vem som kan komma. Finns bara under körningen.',
            ],
            [
              'Telefonlistan: telefonernas namn och version',
              '2',
              '2',
              '1',
              'Används för att stänga ute telefoner. Kan vänta.',
            ],
            [
              'Inbjudningar och affischer',
              '2',
              '2',
              '1',
              'Den som har koden läser verksamhetens planer tills koden byts.',
            ],
            [
              'Rotnycklar och återläsningsnyckel',
              '3',
              '3',
              '3',
              'Avgör vem som får publicera. Två förlorade av tre kräver ny organisation.',
            ],
            [
              'Appens kod',
              '0',
              '3',
              '3',
              'Öppen källkod. En utbytt app kan läsa och visa vad som helst.',
            ],
          ],
        },
        {
          kind: 'text',
          text: 'Hör inte hemma i Plan B, oavsett nivå: säkerhetsskyddsklassificerade uppgifter, uppgifter om brukare, patienter och elever, lösenord och koder, och personer med skyddade personuppgifter.',
        },
      ],
    },
    {
      title: 'Så möts nivåerna',
      blocks: [
        {
          kind: 'list',
          items: [
            'Konfidentialitet: krypterat per verksamhet innan det lämnar chefens enhet. I telefonen är telefonens eget lås skyddet, och de sidor personen får se ligger där i klartext så att de alltid går att öppna.',
            'Riktighet: signerat av en namngiven roll. Ändrat, utbytt eller äldre innehåll godtas inte.',
            'Tillgänglighet: sparat i varje telefon, med flera speglar och pärmen. Ålder och tvivel varnar men låser aldrig.',
          ],
        },
        {
          kind: 'fields',
          fields: [
            { label: 'Ändringar mot förslaget', lines: 3 },
            { label: 'Beslutat av [informationsägare], [datum]' },
          ],
        },
      ],
    },
  ],
}
