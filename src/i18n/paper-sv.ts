/** Texts of invitations and of what is printed about keys, in Swedish. Other languages have the same keys. */
export const paperSv = {
  invite: {
    title: 'Bjud in till {{department}}',
    short: 'Bjud in',
    lead: 'Den som läser av koden får {{department}} i sin telefon.',
    back: 'Sköta planerna',
    backToInvite: 'Inbjudan',
    where: 'Var ska den användas?',
    whereHelp:
      'Till exempel ”anslagstavlan i personalrummet” eller ”introduktionen i augusti”. Då ser du sedan vilka telefoner som kom den vägen.',
    make: 'Gör en ny inbjudan',
    making: 'Gör inbjudan …',
    qrLabel: 'QR-kod: inbjudan till {{department}}',
    qrHelp:
      'Håll upp skärmen. Den andra läser av koden med kameran, eller i Plan B under Lägg till en verksamhet.',
    large: 'Visa koden stor',
    small: 'Visa mindre',
    poster: 'Skriv ut affisch',
    link: 'Länken',
    linkHelp: 'Skicka den bara till en person i taget, inte till en öppen grupp.',
    copy: 'Kopiera länken',
    copied: 'Länken är kopierad.',
    notCopied: 'Det gick inte att kopiera. Markera länken och kopiera den själv.',
    share: 'Dela länken',
    typed: 'Skriva av för hand',
    typedHelp:
      'För den som inte kan läsa av en kod: välj Skriv av koden i appen och skriv raderna. Appen säger till om ett tecken är fel.',
    words: 'Kontrollord',
    wordsText: '{{organisation}}. Samma åtta ord ska stå i den nya telefonen.',
    managed: 'Adress till en genväg i många telefoner',
    managedText:
      'Den som sköter mobilerna kan skicka ut Plan B till alla på en gång: som webbapp eller genväg i Intune, Jamf, Google eller något annat. Adressen är samma länk. En telefon som redan är med går direkt till startsidan.',
    phonesIt: 'Till den som sköter mobilerna',
    careful: 'Alla som ser koden kommer in',
    carefulText:
      'Den som har koden, länken eller affischen kan läsa {{department}} och det som gäller alla, också nummer som inte är för andra. Häng affischen bara där personal går. Lägg inte ut länken öppet.',
    ends: 'Inbjudan gäller tills koden byts. Telefoner som redan är med märker inget.',
    old: 'Gjorda inbjudningar',
    oldHere: 'Här syns de som gjordes i den här telefonen, och de som telefoner har kommit in med.',
    none: 'Ingen än.',
    made: 'Gjord {{day}}',
    unknownPlace: 'Plats inte noterad',
    elsewhere: 'Gjord någon annanstans',
    phones: 'Telefoner som kom den vägen: {{count}}',
    phonesUnknown: 'Hur många telefoner som kom den vägen vet telefonen inte än.',
    over: 'Gäller inte längre: koden är bytt.',
    show: 'Visa',
    end: 'Är en affisch eller länk på avvägar?',
    endText:
      'En enskild inbjudan går inte att stänga av. Byt kod för verksamheten, så slutar alla gamla inbjudningar att gälla. De telefoner du vill ha kvar får den nya koden av sig själva.',
    endLink: 'Telefoner och byte av kod',
    cannot: 'Den här telefonen kan inte bjuda in',
    cannotText:
      'Det kan den som får publicera verksamheten, och beredskapssamordnaren. Har du just fått rätten: ha appen öppen med internet en stund.',
    local:
      'Adressen börjar med 127.0.0.1 eller localhost: länken går bara att öppna på den här datorn.',
  },
  poster: {
    title: 'Affisch',
    lead: 'Ett A4-blad. Går lika bra i svartvitt.',
    print: 'Skriv ut',
    hint: 'Skriv ut i full storlek (100 %). Häng den i ögonhöjd, i bra ljus, där bara personal går.',
    iphone: 'iPhone',
    android: 'Android',
    qrLabel: 'QR-kod: inbjudan till {{department}}',
  },
  keyCopy: {
    screenTitle: 'Papper att låsa in',
    screenLead: 'Ett blad för varje nyckel. Skriv ut dem nu: de går inte att visa igen.',
    print: 'Skriv ut',
    numbered: '{{title}} {{number}} av {{of}}',
    secret: 'Hemligt papper. Fotografera det inte. Spara det inte i en dator.',
    codeLabel: 'QR-kod: {{title}}',
    typedTitle: 'Om koden inte går att läsa av: skriv raderna',
    typedHelp:
      'Öppna Plan B och gå till Återställ. Varje rad börjar med sitt nummer och slutar med två kontrolltecken: appen säger vilket tecken som är fel. Stora och små bokstäver spelar ingen roll.',
    forTitle: 'Vad det är till',
    useTitle: 'Så används det',
    keepTitle: 'Så förvaras det',
    lostTitle: 'Om det försvinner',
    wordsTitle: 'Kontrollord',
    made: 'Gjort',
    name: 'Nyckelns namn',
    replaces: 'Ersätter',
    replacesKey: 'Nyckeln {{name}}. Har den ett papper: förstör det.',
    signTitle: 'Mottaget',
    sign: ['Namn', 'Datum', 'Underskrift', 'Förvaras (plats)'],
    use: [
      'Öppna Plan B på en telefon du litar på och gå till Återställ.',
      'Läs av koden eller skriv raderna.',
      'Jämför kontrollorden.',
    ],
    drill: 'ÖVNING',
    rootKey: {
      title: 'Rotnyckel',
      for: [
        'Bestämmer vem som får ändra planerna i hela organisationen.',
        'En av dem räcker för att lägga till eller ta bort en chef. Två behövs för att byta ut en rotnyckel.',
      ],
      keep: [
        'I förseglat kuvert i låst skåp eller kassaskåp.',
        'Aldrig i samma byggnad som en annan rotnyckel, om det går.',
        'Se efter en gång om året att förseglingen är hel.',
      ],
      lost: [
        'Ring beredskapssamordnaren samma dag.',
        'Den byts ut med två av de andra rotnycklarna. Efter det är pappret värdelöst.',
      ],
    },
    recoveryKey: {
      title: 'Återställningsnyckel',
      for: [
        'Läser alla verksamheters planer, också när alla chefers telefoner är borta.',
        'Den kan inte ändra något och inte godkänna någon.',
      ],
      keep: [
        'I förseglat kuvert i låst skåp eller kassaskåp.',
        'Inte tillsammans med en rotnyckel.',
        'Se efter en gång om året att förseglingen är hel.',
      ],
      lost: [
        'Ring beredskapssamordnaren samma dag.',
        'Den byts ut med två rotnycklar, och verksamheterna byter kod. Det som redan är läst går inte att ta tillbaka.',
      ],
    },
  },
} as const

type SameShape<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends readonly string[]
      ? readonly string[]
      : SameShape<T[K]>
}
/** What a language must hold: every key of the Swedish one. */
export type PaperTexts = SameShape<typeof paperSv>
