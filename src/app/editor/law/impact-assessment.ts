import type { LawTemplate } from './law-template.ts'

export const impactAssessment: LawTemplate = {
  id: 'impact-assessment',
  title: 'Konsekvensbedömning (DPIA): utkast',
  lead: 'Ett utkast som beskriver vad Plan B gör. Verksamheten och dataskyddsombudet fyller i resten och beslutar.',
  box: {
    verified: [
      {
        what: 'En konsekvensbedömning ska göras innan behandlingen börjar, om den sannolikt leder till hög risk. Den beskriver behandlingen, bedömer om den behövs och är rimlig, bedömer riskerna och anger åtgärder. Dataskyddsombudet ska rådfrågas.',
        against:
          'IMY, Dataskyddsförordningen om konsekvensbedömningar och Kriterier för en godtagbar konsekvensbedömning (artikel 35), imy.se',
      },
      {
        what: 'Vad Plan B gör, ser och inte skyddar mot, i avsnitten nedan.',
        against:
          'Plan B:s hotbild (docs/threat-model.md), README och regler (SPEC.md) i den här versionen',
      },
    ],
    unverified: [
      'Om en konsekvensbedömning krävs hos er. Anställda står i beroendeställning, och nummer kan vara privata. Det talar för att göra den.',
      'IMY:s förteckning enligt artikel 35.4 är inte genomgången.',
      'Nivåerna i risktabellen är förslag.',
      'Säkerheten är prövad av dem som har byggt Plan B, inte av en oberoende granskare.',
    ],
    lawyer: [
      'Rättslig grund, och om någon uppgift är känslig (till exempel om roll eller plats säger något om hälsa eller facklig tillhörighet).',
      'Om restrisken kräver förhandssamråd med IMY (artikel 36).',
      'Om svar i ringkedjan är övervakning av anställda.',
    ],
  },
  fill: {
    nämnd: 'personuppgiftsansvarig',
    dataskyddsombud: 'namn, och dag för yttrandet',
    'rättslig grund': 'artikel 6, med det stöd i svensk rätt som juristen anger',
    antal: 'ungefär hur många anställda och vikarier det gäller',
    datavärd: 'leverantören',
    datum: 'dag för beslut och nästa översyn',
  },
  sections: [
    {
      title: '1. Behandlingen',
      blocks: [
        {
          kind: 'list',
          items: [
            'Ansvarig: [nämnd] i [kommunen]. Biträde: [datavärd].',
            'Ändamål: att personalen ska kunna arbeta säkert och nås när it, el, telefoni eller lokaler inte fungerar.',
            'Registrerade: [antal] anställda och vikarier, samt kontaktpersoner hos leverantörer. Inga brukare, patienter eller elever: appen har inget fält för dem.',
            'Uppgifter: roll, enhet, telefonnummer, tider; namn när rollen inte räcker; telefonens namn; vilken version telefonen har; rättelser som någon skickar in; svar i ringkedjan.',
            'Rättslig grund: [rättslig grund].',
          ],
        },
        {
          kind: 'steps',
          items: [
            'En chef skriver planen. Den krypteras och signeras i chefens enhet.',
            'Den krypterade planen läggs hos datavärden, som inte kan läsa eller ändra den utan att det märks.',
            'Telefoner som har gått med hämtar, kontrollerar och sparar den. Den går att läsa utan nät.',
            'Telefonerna meddelar varandra, krypterat: har gått med, vilken version de har, rättelser, varningar.',
            'Den som slutar stängs ute när verksamhetens kod byts. Det skyddar det som publiceras därefter, inte det som redan är läst.',
          ],
        },
      ],
    },
    {
      title: '2. Behövs den, och är den rimlig?',
      blocks: [
        {
          kind: 'list',
          items: [
            'Fem kommuner har beskrivit hur de stod utan it i dagar till månader. Ringkedjor, planer på papper och telefonnummer som gick att nå var det som hjälpte.',
            'Mindre ingripande sätt: bara papper. Pärmen finns kvar, men blir gammal och når inte den som är ute. Massutskick av sms ger inga svar.',
            'Så lite som möjligt: funktioner före namn, tjänstetelefon före privat nummer, antal i stället för svar när körningen är slut.',
            'Lagringstid: planer så länge de gäller; besked från telefoner högst 400 dagar; övriga poster högst 90 dagar. Verksamheten kan ställa in kortare, ner till 30.',
            'Rättigheter: information (mallen om privata nummer), rättelse genom att planen ändras, radering i nya versioner direkt och i äldre när de rensas, invändning till chefen.',
          ],
        },
      ],
    },
    {
      title: '3. Risker för de registrerade',
      blocks: [
        {
          kind: 'table',
          head: ['Vad kan hända', 'Vad Plan B gör', 'Vad som är kvar', 'Förslag till nivå'],
          rows: [
            [
              'Datavärden eller någon som tar över den läser nummer',
              'Innehållet är krypterat. Värden saknar nyckel',
              'Adresser, tider, storlekar, antal telefoner',
              'Låg',
            ],
            [
              'Någon ändrar ett nummer, så att personal ringer fel person',
              'Allt är signerat av en namngiven roll. Ändrat innehåll godtas inte',
              'En chefs upplåsta telefon kan publicera tills den stängs ute. Ändringen syns med roll',
              'Måttlig',
            ],
            [
              'En upplåst telefon tappas eller stjäls',
              'Koden byts. Telefonen kan tömmas',
              'Telefonens eget lås är skyddet tills dess. Tömning sker vid nästa kontakt',
              'Måttlig',
            ],
            [
              'Den som har slutat läser vidare',
              'Ny kod stänger ute från det som kommer',
              'Det som redan är hämtat finns kvar i telefonen',
              'Måttlig',
            ],
            [
              'En affisch med koden fotograferas av någon utifrån',
              'Koden kan bytas. Chefen ser vilka telefoner som har gått med',
              'Vem som helst med koden läser till dess',
              'Måttlig',
            ],
            [
              'Privata nummer sprids bland kollegor',
              'Märks som frivilliga. Utelämnas i offentlig version',
              'Den som har gått med kan läsa och kopiera',
              'Måttlig',
            ],
            [
              'Svar används mot en anställd',
              'Svar faller bort när körningen avslutas. Bara antal blir kvar',
              'Den som startade såg dem under körningen',
              'Låg, om facklig överenskommelse finns',
            ],
            [
              'Den som levererar appens kod byter ut den',
              'Egen adress, strikt policy, kontrollsummor som kan jämföras',
              'Mot detta finns inget fullt skydd',
              'Måttlig',
            ],
            [
              'Någon skriver in uppgifter om en brukare',
              'Inget fält för det. Blanketterna fylls i på papper',
              'Fritext i planer och rättelser kan missbrukas. Chefen granskar före publicering',
              'Låg',
            ],
          ],
        },
      ],
    },
    {
      title: '4. Åtgärder hos er',
      blocks: [
        {
          kind: 'boxes',
          items: [
            'Telefonerna har skärmlås.',
            'Rutin för borttappad telefon: vem ringer man, vem byter kod.',
            'Rutin när någon slutar: nummer bort, kod byts vid behov, äldre versioner rensas.',
            'Affischer sitter där bara personal går, och byts när koden byts.',
            'Rotnycklar på papper ligger inlåsta på två skilda ställen.',
            'Appens kontrollsumma jämförs varje vecka.',
            'Avtal med datavärden är klart (mallen om biträdesavtal).',
            'Förhandling med facket är klar.',
          ],
        },
      ],
    },
    {
      title: '5. Yttranden och beslut',
      blocks: [
        {
          kind: 'fields',
          fields: [
            { label: 'Synpunkter från anställda eller deras företrädare', lines: 2 },
            { label: 'Råd från [dataskyddsombud]', lines: 2 },
            { label: 'Restrisk och beslut. Nästa översyn [datum]', lines: 2 },
            { label: 'Underskrift, roll och datum' },
          ],
        },
      ],
    },
  ],
}
