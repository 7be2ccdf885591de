import type { LawTemplate } from './law-template.ts'

export const privateNumbers: LawTemplate = {
  id: 'private-numbers',
  title: 'Privata nummer: information och blankett',
  lead: 'När någon lämnar sitt privata nummer till en ringkedja. Dela ut bladet ”Till dig” och blanketten. Behåll resten.',
  box: {
    verified: [
      {
        what: 'En myndighet kan sällan stödja sig på samtycke, eftersom parterna inte är jämlika. Anställda är det tydligaste exemplet. Samtycke är därför normalt inte rättslig grund här, även om numret lämnas frivilligt.',
        against:
          'Dataskyddsförordningen, skäl 43, och EDPB:s riktlinjer 05/2020 punkt 16, lästa i återgivning (privacad.com)',
      },
      {
        what: 'En myndighet får inte använda intresseavvägning som rättslig grund när den fullgör sina uppgifter.',
        against:
          'Lagrådsremissen om dataskyddslagen, avsnitt 8.1, om artikel 6.1 f (läst på 5dok.org)',
      },
      {
        what: 'Sekretess i personaladministrativ verksamhet gäller bland annat privata telefonnummer, om det inte står klart att numret kan lämnas ut utan men.',
        against:
          'OSL 39 kap. 3 § andra stycket, så som JP Infonet återger den i referat av en kammarrättsdom (mars 2023)',
      },
      {
        what: 'Ett nummer som märks privat visas i Plan B med orden ”Privat nummer, lämnat frivilligt, kan tas bort” och utelämnas när Plan B tar fram en offentlig version.',
        against: 'Plan B:s kod och tester',
      },
    ],
    unverified: [
      'Lagtexterna är lästa i andra källor, inte i Svensk författningssamling.',
      'Vilken rättslig grund som gäller hos er. ”Uppgift av allmänt intresse” (artikel 6.1 e) är ett förslag.',
      'Om er version döljer privata nummer för andra än dem som ska ringa. Ett nummer bland kontakterna visas för alla som har gått med i verksamheten. Pröva med en egen telefon innan ni delar ut bladet.',
    ],
    lawyer: [
      'Rättslig grund enligt artikel 6, och det stöd i svensk rätt som grunden kräver.',
      'Om en ringkedja räknas som personaladministrativ verksamhet enligt OSL 39:3.',
      'Vad kollektivavtal och avtal om beredskap säger om att ringa anställda på fritiden.',
      'Hur länge blanketterna ska sparas.',
    ],
  },
  fill: {
    verksamheten: 'vilken verksamhet ringkedjan gäller',
    'antal dagar': 'hur fort ni tar bort ett nummer. Förslag: tre arbetsdagar',
    kontaktperson: 'den som lägger in och tar bort numret: roll och telefon',
    dataskyddsombud: 'namn, e-post och telefon',
    'rättslig grund': 'det juristen har kommit fram till',
  },
  sections: [
    {
      title: 'Så gör ni',
      blocks: [
        {
          kind: 'steps',
          items: [
            'Använd funktionstelefoner och tjänstetelefoner först. Fråga om privata nummer bara när ringkedjan annars inte når fram.',
            'Förvalet är av: inget privat nummer läggs in, och ingen behöver ha appen i sin privata telefon, förrän personen själv har sagt ja.',
            'Fråga en i taget, skriftligt. Den som säger nej behöver inte förklara sig, och ska inte frågas igen.',
            'Lägg in numret och märk det som privat. Skriv inte personens namn om rollen räcker.',
            'Ta bort numret inom [antal dagar] när någon tar tillbaka det eller slutar. Publicera, och byt bladet i pärmen.',
            'Gå igenom alla privata nummer när ringkedjan kontrolleras, varje kvartal.',
          ],
        },
        {
          kind: 'text',
          text: 'Den som har skyddade personuppgifter ska inte finnas i ringkedjan med namn eller nummer. Lös det på annat sätt, tillsammans med personen.',
        },
      ],
    },
    {
      title: 'Till dig som lämnar ditt privata nummer',
      ownPage: true,
      blocks: [
        {
          kind: 'text',
          text: '[kommunen] vill kunna nå dig när e-post, nät eller telefonväxel inte fungerar. Därför frågar vi om ditt privata nummer till ringkedjan i [verksamheten]. Det är frivilligt. Säger du nej händer ingenting, och du behöver inte säga varför.',
        },
        {
          kind: 'list',
          items: [
            'Vad vi sparar: ditt nummer och din roll. Inget annat.',
            'Vad vi använder det till: att ringa eller sms:a dig när ringkedjan startas, på riktigt eller som övning. Inget annat.',
            'Vem som ser det: de i verksamheten som har planerna i sin telefon eller i pärmen. Vi ber dem att bara använda det i ringkedjan.',
            'Var det finns: i Plan B på telefonerna, i pärmen och krypterat hos den som driver datavärden. Datavärden kan inte läsa det.',
            'Hur länge: tills du tar tillbaka det, slutar eller byter arbetsplats. Då tas det bort inom [antal dagar].',
            'När det är borttaget: nya versioner har det inte. En telefon som inte har haft kontakt sedan dess kan ha kvar den gamla versionen, och äldre versioner ligger kvar krypterade hos datavärden tills de rensas.',
            'Om någon begär ut planen: privata nummer kan omfattas av sekretess. Vi prövar varje begäran.',
            'Rättslig grund: [rättslig grund]. Vi stöder oss inte på ditt samtycke, men du bestämmer ändå själv och kan ändra dig när du vill.',
            'Du måste inte svara när vi ringer på din lediga tid, och du måste inte komma, om inget annat är avtalat.',
          ],
        },
        {
          kind: 'text',
          text: 'Du har rätt att få veta vad vi har sparat om dig, att få det rättat och att invända. Ta bort eller ändra numret: [kontaktperson]. Frågor om personuppgifter: [dataskyddsombud]. Klagomål kan du lämna till Integritetsskyddsmyndigheten (IMY). Personuppgiftsansvarig är [kommunen], genom den nämnd som ansvarar för verksamheten.',
        },
      ],
    },
    {
      title: 'Jag lämnar mitt nummer',
      ownPage: true,
      blocks: [
        {
          kind: 'text',
          text: 'Till [kommunen]. Lämnat frivilligt, kan tas bort. Jag har läst bladet ”Till dig som lämnar ditt privata nummer”.',
        },
        {
          kind: 'fields',
          fields: [
            { label: 'Namn' },
            { label: 'Roll och enhet' },
            { label: 'Nummer' },
            { label: 'Tider då ni får ringa' },
            { label: 'Datum och underskrift' },
          ],
        },
        {
          kind: 'boxes',
          items: [
            'Får användas i övningar',
            'Får användas för sms',
            'Appen får finnas i min telefon',
          ],
        },
      ],
    },
    {
      title: 'Jag tar tillbaka mitt nummer',
      blocks: [
        { kind: 'text', text: 'Det räcker också att säga till, muntligt eller med sms.' },
        { kind: 'fields', fields: [{ label: 'Namn och nummer' }, { label: 'Datum' }] },
        {
          kind: 'fields',
          fields: [{ label: 'Borttaget ur Plan B och publicerat, datum och av vem' }],
        },
        { kind: 'fields', fields: [{ label: 'Bladet i pärmen utbytt, datum och av vem' }] },
      ],
    },
  ],
}
