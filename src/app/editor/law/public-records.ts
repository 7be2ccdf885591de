import type { LawTemplate } from './law-template.ts'

export const publicRecords: LawTemplate = {
  id: 'public-records',
  title: 'Allmän handling, sekretess och gallring',
  lead: 'När planer skrivs, begärs ut eller rensas: vad som är offentligt, hur fält märks, och ett förslag till gallringsbeslut.',
  box: {
    verified: [
      {
        what: 'Huvudregeln är att analyser och planer hos en myndighet är offentliga. Delar kan behöva sekretess, och då bör ett öppet utdrag finnas.',
        against: 'MSB (nu MCF), Sekretess i risk- och sårbarhetsanalys, msb.se',
      },
      {
        what: 'De bestämmelser som oftast används är OSL 18 kap. 13 § (fredstida kriser) och 15 kap. 2 § (försvarssekretess). OSL 18 kap. 8 och 9 §§ förekommer mer sällan. Flera villkor måste vara uppfyllda i varje enskilt fall.',
        against:
          'MSB (nu MCF), samma sida och Steg 2 – sekretessbedömning. De gäller risk- och sårbarhetsanalyser',
      },
      {
        what: 'Privata telefonnummer till personal kan omfattas av OSL 39 kap. 3 § andra stycket.',
        against: 'JP Infonets referat av en kammarrättsdom (mars 2023)',
      },
      {
        what: 'Allmänna handlingar ska bevaras. De får gallras bara med stöd i författning eller beslut.',
        against:
          'Riksarkivet, Värdera och gallra (om statliga myndigheter); Upplands-Bro och Linköpings kommuners sidor om gallring',
      },
      {
        what: 'Fält kan märkas med lagrum i planernas filer, och den regel som tar fram en offentlig version utelämnar dem och säger på vilken grund.',
        against: 'Plan B:s kod och tester (src/domain/secrecy.ts)',
      },
    ],
    unverified: [
      'Lagtexten är inte läst i Svensk författningssamling, och rättsfall är inte genomgångna.',
      'Om 18:13 kan användas för kontinuitetsplaner och reservrutiner, som inte är risk- och sårbarhetsanalyser.',
      'Om nummer till tjänstetelefoner kan hemlighållas. Utgå från att de är offentliga.',
      'Om er version kan märka fält och ta fram en offentlig version i appen. Annars görs märket i planens fil och utdraget för hand.',
    ],
    lawyer: [
      'Vilket lagrum som får stå vid vilket slag av fält. Märket är en påminnelse: sekretess prövas vid varje begäran.',
      'När ett utkast, en publicerad version och en post i journalen blir allmän handling, och hos vilken nämnd.',
      'Förslaget till gallringsbeslut, tillsammans med kommunens arkivmyndighet.',
      'Om något i planerna rör säkerhetskänslig verksamhet.',
    ],
  },
  fill: {
    nämnd: 'den nämnd som ansvarar för planerna',
    arkivmyndighet: 'oftast kommunstyrelsen eller en arkivnämnd',
    diarienummer: 'ärendets nummer',
    datum: 'dag för beslutet',
    'den som prövar': 'roll och telefon till den som prövar utlämnande, också när nätet är nere',
  },
  sections: [
    {
      title: 'Utgångspunkten',
      blocks: [
        {
          kind: 'list',
          items: [
            'Planer, rutiner, ringkedjor och blanketter hos [kommunen] är allmänna handlingar när de är färdiga. De är offentliga om inte sekretess gäller för just den uppgiften.',
            'Skriv så att det mesta kan lämnas ut. Lägg det känsliga i egna fält.',
            'Ett namn eller ett nummer som inte behövs ska inte stå där.',
            'Säkerhetsskyddsklassificerade uppgifter hör aldrig hemma i Plan B. Hittar du sådana: publicera inte, och ring säkerhetsskyddschefen.',
            'Begär någon ut en handling: [den som prövar]. Rätten gäller också när systemen ligger nere. I Kalix stod utlämnandet på listan över det som slogs ut.',
          ],
        },
      ],
    },
    {
      title: 'Så märks fält',
      blocks: [
        {
          kind: 'table',
          head: ['Slag av uppgift', 'Förslag till märke', 'Pröva så här'],
          rows: [
            [
              'Rutiner, åtgärdskort, tomma blanketter',
              'Inget',
              'Offentligt. Personalen ska kunna visa det för vem som helst',
            ],
            ['Funktionsnummer och tjänstetelefoner', 'Inget', 'Offentligt som utgångspunkt'],
            [
              'Privata nummer',
              'OSL 39:3',
              'Märk kontakten som privat. Då utelämnas numret i den offentliga versionen utan fler märken',
            ],
            [
              'Svagheter, längsta avbrottstid, beroende av en enda leverantör, var reservkraft saknas',
              'OSL 18:13',
              'Skadas förmågan att hantera en kris om uppgiften blir känd?',
            ],
            [
              'Larm, lås, koder, bevakning',
              'OSL 18:8',
              'Skriv hellre var koden finns än koden. Motverkas skyddet om det blir känt?',
            ],
            [
              'Kryptering och liknande metoder för att skydda uppgifter',
              'OSL 18:9',
              'Behövs det alls i en plan för personal?',
            ],
            [
              'Planering för höjd beredskap och totalförsvar',
              'OSL 15:2',
              'Lägg det inte här. Fråga säkerhetsskyddschefen först',
            ],
          ],
        },
        {
          kind: 'text',
          text: 'Märk uppgifter när du redigerar: bocka i ”Visa vad som lämnas ut om någon begär planen” och välj lagrummet vid uppgiften. I planens fil ser märket ut så här: secrecy: { number: "OSL 39:3" }. Skriv alltid lagrummet: det står sedan i den offentliga versionen i stället för uppgiften.',
        },
      ],
    },
    {
      title: 'Offentlig version',
      blocks: [
        {
          kind: 'steps',
          items: [
            'Ta fram planen utan de märkta fälten.',
            'Läs den från början till slut. Ett märke skyddar bara sitt fält: samma uppgift kan stå i löpande text.',
            'Pröva varje utelämnad uppgift mot lagrummet, för den här begäran.',
            'Lämna ut utan dröjsmål. Ange vad som är utelämnat och varför, och hur beslutet överklagas.',
          ],
        },
      ],
    },
    {
      title: 'Förslag till beslut om gallring',
      ownPage: true,
      blocks: [
        {
          kind: 'text',
          text: '[nämnd] beslutar, efter samråd med [arkivmyndighet], att handlingar i Plan B bevaras och gallras så här. Diarienummer [diarienummer]. Gäller från [datum].',
        },
        {
          kind: 'table',
          head: ['Handling', 'Förslag', 'Skäl'],
          rows: [
            [
              'Beslutad kontinuitetsplan, reservrutin och ringkedja, varje version som gällt',
              'Bevaras i kommunens arkiv, som export ur Plan B. I Plan B rensas äldre versioner efter beslut',
              'Visar vad som gällde vid en händelse',
            ],
            [
              'Privata nummer i äldre versioner',
              'Gallras när personen tar tillbaka numret eller slutar',
              'Behövs inte längre. Dataskydd',
            ],
            ['Läge nu, publicerat under en händelse', 'Bevaras', 'Del av händelsens dokumentation'],
            [
              'Svar från personer i en ringkedja',
              'Gallras när körningen avslutas',
              'Tillfällig betydelse. Antal och tider bevaras i sammanställningen',
            ],
            ['Sammanställning efter ringkedja och övning', 'Bevaras', 'Underlag för förbättring'],
            [
              'Telefonlistan: namn på telefon, version, när den gick med',
              'Gallras automatiskt, senast efter 400 dagar',
              'Tillfällig betydelse',
            ],
            [
              'Varningar om att en datavärd har erbjudit något falskt',
              'Gallras efter 90 dagar, om de inte hör till en incident. Då bevaras de i ärendet',
              'Spår av angrepp',
            ],
            [
              'Rättelser som personal skickar in om en plan',
              'Gallras efter 90 dagar, när planen är rättad',
              'Tillfällig betydelse. Den rättade planen bevaras',
            ],
            [
              'Utkast i en telefon',
              'Rensas när de är publicerade eller kastade',
              'Inte allmän handling förrän den är färdig, enligt utgångspunkten',
            ],
            [
              'Ifyllda pappersblanketter',
              'Följer den verksamhet de hör till, till exempel reglerna för journal och social dokumentation',
              'Plan B ändrar inte det',
            ],
          ],
        },
        {
          kind: 'text',
          text: 'Det som Plan B tar bort av sig självt måste omfattas av beslutet innan appen tas i bruk.',
        },
        {
          kind: 'fields',
          fields: [{ label: 'Beslut: datum, paragraf och underskrift' }],
        },
      ],
    },
  ],
}
