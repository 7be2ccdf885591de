import type { LawTemplate } from './law-template.ts'

export const unionNegotiation: LawTemplate = {
  id: 'union-negotiation',
  title: 'Underlag till förhandling med facket',
  lead: 'Innan ni beslutar att använda Plan B och ringkedjan: ett underlag att skicka med kallelsen.',
  box: {
    verified: [
      {
        what: 'Arbetsgivaren ska förhandla innan beslut om viktigare förändringar av arbets- eller anställningsförhållanden (MBL 11 §) och löpande informera om verksamheten (MBL 19 §).',
        against:
          'JP Infonets kunskapsbank om MBL (1976:580) och georgfrick.wordpress.com om 11 och 19 §§',
      },
      {
        what: 'När en körning av ringkedjan har avslutats räknas dess svar inte längre med i någon telefon. Poster som inte hör till telefonlistan faller bort efter högst 90 dagar, telefonlistans efter högst 400.',
        against: 'Plan B:s regler för journalen (src/journal/SPEC.md, J30–J41)',
      },
      {
        what: 'Datavärden ser inte svaren, men ser att en telefon skickar något, när och hur mycket.',
        against: 'Plan B:s hotbild (docs/threat-model.md)',
      },
    ],
    unverified: [
      'Om införandet är en ”viktigare förändring” hos er. Ett samverkansavtal kan ersätta delar av MBL.',
      'Om er version har den gemensamma ringkedjan. Finns den inte sparas inga svar, och avsnittet om svar gäller först när den tas i bruk.',
      'Vad era avtal om beredskap och jour säger om att bli uppringd på fritiden.',
      'Lagtexten är läst i andra källor, inte i Svensk författningssamling.',
    ],
    lawyer: [
      'Om förhandling ska ske enligt MBL 11 § eller ert samverkansavtal, och med vilka organisationer.',
      'Om svaren i ringkedjan kan ses som kontroll av anställda, och om det kräver mer än det här underlaget.',
      'Ordalydelsen ”Du måste inte komma” mot avtal om beredskap, jour och övertid.',
    ],
  },
  fill: {
    'facklig organisation': 'de organisationer ni kallar',
    datum: 'dag för förhandlingen, och dag då det börjar gälla',
    verksamheter: 'vilka verksamheter som börjar',
    'dagar för svar':
      'hur länge svar får finnas om körningen inte avslutas. Förslag: 30, det kortaste som går att ställa in',
  },
  sections: [
    {
      title: 'Vad arbetsgivaren vill göra',
      blocks: [
        {
          kind: 'text',
          text: '[kommunen] vill använda Plan B i [verksamheter] från [datum]. Plan B lägger reservrutiner, telefonnummer, ringkedjor och blanketter i telefonen, så att de går att läsa när nät, e-post och inloggning inte fungerar. Underlaget lämnas till [facklig organisation].',
        },
        {
          kind: 'list',
          items: [
            'Appen är till för att läsa. Bockar i en rutin stannar i telefonen och skickas ingenstans.',
            'Appen visar inte var någon är och har ingen åtkomst till telefonens kontakter, samtal eller sms.',
            'Den som har tjänstetelefon får appen där. Ingen måste ha den i sin privata telefon.',
            'Inga uppgifter om brukare, patienter eller elever finns i Plan B.',
          ],
        },
      ],
    },
    {
      title: 'Vad som sparas om anställda',
      blocks: [
        {
          kind: 'table',
          head: ['Uppgift', 'Varför', 'Vem ser', 'Hur länge'],
          rows: [
            [
              'Roll, nummer och i vissa fall namn i planer och ringkedjor',
              'För att nå rätt person',
              'De som har verksamhetens planer',
              'Tills planen ändras. Äldre versioner ligger krypterade hos datavärden tills de rensas',
            ],
            [
              'Telefonens namn (väljs av den som har den), när den gick med, vilken version den har',
              'För att se om alla har den senaste planen och kunna stänga ute en borttappad telefon',
              'Chefer och samordnare. Den som tar isär en telefon i verksamheten kan också läsa det',
              'Högst 400 dagar från varje besked',
            ],
            [
              'Svar i ringkedjan: svarade, svarar inte, meddelande lämnat, fel nummer, kan komma ja, nej eller klockslag',
              'För att ingen ska glömmas, och för att bemanna',
              'De som är med i körningen och den som startade den',
              'Tills körningen avslutas. Därefter bara antal. Avslutas den inte: högst [dagar för svar] dagar',
            ],
            [
              'Rättelser som någon skickar in om en plan, högst 500 tecken',
              'För att rätta planen',
              'De som publicerar planen. Telefonens kännetecken följer med',
              'Högst 90 dagar',
            ],
            [
              'Antal efter avslutad körning: hur många som nåddes, hur många som kan komma, minuter',
              'För att öva och förbättra',
              'Verksamheten',
              'Som övriga planer',
            ],
          ],
        },
      ],
    },
    {
      title: 'Vad arbetsgivaren åtar sig',
      blocks: [
        {
          kind: 'list',
          items: [
            'Du måste inte komma: den som blir uppringd på ledig tid utan beredskap får säga nej, och meningen står i det som läses upp.',
            'Svar, svarstider och nej används inte för lön, bedömning, schemaläggning eller disciplin.',
            'Bara chef eller tjänsteman i beredskap startar ringkedjan. En övning börjar med ordet ”övning”.',
            'Privata nummer är frivilliga och kan tas bort när som helst (se mallen om privata nummer).',
            'Övningar läggs så att de stör lite, högst två gånger om året, och är arbetstid för den som är i tjänst.',
            'Den som startar avslutar körningen samma dygn, så att bara antal finns kvar.',
            'Förändras vad som sparas, eller hur länge, kallar arbetsgivaren till ny förhandling.',
          ],
        },
      ],
    },
    {
      title: 'Att komma överens om',
      blocks: [
        {
          kind: 'boxes',
          items: [
            'Vilka som får starta ringkedjan',
            'Hur länge svar får finnas om körningen inte avslutas',
            'Vem som får se vem som svarade',
            'Ersättning för den som ringer eller kommer på ledig tid',
            'När överenskommelsen följs upp. Förslag: efter första övningen och sedan varje år',
          ],
        },
        {
          kind: 'fields',
          fields: [
            { label: 'Protokoll eller anteckning', lines: 3 },
            { label: 'För arbetsgivaren: datum och underskrift' },
            { label: 'För arbetstagarna: datum, organisation och underskrift', lines: 2 },
          ],
        },
      ],
    },
  ],
}
