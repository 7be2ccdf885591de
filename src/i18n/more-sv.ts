/** Texts of pages that are seldom opened, in Swedish; they come with those pages. Other languages have the same keys. */
export const moreSv = {
  compareTitle: 'Jämför koden',
  compareLead:
    'Samma kod betyder samma planer. Ring den du jämför med och läs upp din kod, eller skriv den andras här. Koden står också på utskrivna sidor.',
  spelled: 'Så läser du upp koden',
  spelledAs: '{{letter}} som {{word}}',
  picture: 'Koden som bild, för en annan telefon att läsa av',
  other: 'Den andras kod',
  otherHelp: 'Åtta tecken. Stora eller små bokstäver, med eller utan streck.',
  compare: 'Jämför',
  scan: 'Läs av den andras kod',
  same: 'Samma. {{title}} är likadan hos er båda.',
  differs: 'Inte samma',
  differsText: 'Använd pärmen och ring {{role}}, eller din chef. Säg att koderna inte är lika.',
  short: 'Koden har åtta tecken. Skriv hela.',
  none: 'Det finns inget att jämföra i den här telefonen.',
  nameNow: 'Telefonen heter',
  idLabel: 'Kännetecken',
  idText:
    'Läs upp kännetecknet för den som undrar vilken telefon det är. Det står också i chefens lista och är detsamma vad telefonen än heter.',
  nameTitle: 'Vilken telefon är det här?',
  nameText:
    'Chefen ser namnet i listan över telefoner. Skriv gärna var telefonen hör hemma, till exempel ”Hemtjänst norr bil 3”. Ditt eget namn behövs inte.',
  nameLabel: 'Namn på telefonen',
  nameSave: 'Spara namnet',
  nameSaved: 'Namnet är sparat.',
  nameFailed: 'Namnet kunde inte sparas. Försök igen om en stund.',
  nameOfferText: 'Skriv var den hör hemma, till exempel ”Bil 3”, så hittar chefen den i sin lista.',
  nameOfferYes: 'Spara',
  nameOfferNo: 'Hoppa över',
  linksTitle: 'För chefer och tekniker',
  enrol: 'Jag ska kunna ändra planer',
  phonesIt: 'Till den som sköter mobilerna',
  tried_one: '{{count}} sak någon har försökt',
  tried_other: '{{count}} saker någon har försökt',
  restoreCoordinator: 'Vill du lägga in samordnarens nycklar i den här telefonen?',
  restoreCoordinatorText:
    'Med dem bestämmer telefonen vem som får ändra planerna i hela kommunen, och läser alla verksamheter. Gör det bara i din egen telefon.',
  restoreRootKey: 'Vill du lägga in rotnyckeln i den här telefonen?',
  restoreRootKeyText:
    'Med den bestämmer telefonen vem som får ändra planerna i hela kommunen. Den öppnar inga planer att läsa. Gör det bara i din egen telefon.',
  restoreRecovery: 'Vill du lägga in återställningsnyckeln i den här telefonen?',
  restoreRecoveryText:
    'Med den läser telefonen alla verksamheters planer. Den kan inte ändra något och inte godkänna någon. Gör det bara i en telefon som du litar på.',
  restorePublisher: 'Vill du lägga in en nyckel för att publicera i den här telefonen?',
  restorePublisherText:
    'Med den ändrar telefonen planerna i de verksamheter som nyckeln gäller. Gör det bara i din egen telefon.',
  restoreYesOne: 'Ja, lägg in nyckeln',
  restoredKeys: 'Klart. Nycklarna är i telefonen.',
  restoredKey: 'Klart. Nyckeln är i telefonen.',
  restoredReads: 'Telefonen läser nu alla verksamheters planer. Att ändra dem kan den inte.',
  restoredWaiting: 'Inlagt, men gäller inte än',
  restoredWaitingText:
    'Telefonen behöver kommunens lista över nycklar. Den hämtas av sig själv när appen är öppen och har internet.',
  restoredUnknown: 'Kommunen räknar inte med den här nyckeln',
  restoredUnknownText:
    'Den står inte i kommunens lista över nycklar och kan vara utbytt. Ta fram det senaste papperet, eller ring beredskapssamordnaren.',
  restoredOther: 'Lägg in en annan nyckel',
  restoredOldRecovery: 'Återställningsnyckeln gäller inte längre',
  restoredOldRecoveryText:
    'Den andra nyckeln är i telefonen och gäller. Återställningsnyckeln är utbytt sedan dess, så telefonen kan inte läsa alla verksamheter. Ta fram det nya papperet med återställningsnyckeln.',
  limitsTitle: 'Det här fönstret startar inte utan internet',
  limitsText:
    'Det kan vara ett privat fönster. Planerna går att läsa här så länge det finns internet. Öppna länken i ett vanligt fönster, så ligger de kvar när nätet är nere.',
  storageTitle: 'Det här fönstret kan inte spara planer',
  storageText:
    'Det kan vara ett privat fönster, eller så är sidans lagring avstängd. Öppna länken i ett vanligt fönster. Tills dess: använd pärmen.',
  reportLabel: 'Vad är fel, eller vad saknas?',
  reportHelp:
    'Skriv inget om brukare: inga namn, inget om hälsa. Den som ansvarar för planen läser det.',
  reportSend: 'Skicka',
  reportCopy: 'Kopiera som sms',
  reportCopied: 'Kopierat',
  reportMessage: 'Fel i planen ”{{title}}”: {{text}}',
  reportThanks: 'Tack för att du sa till',
  reportSent: 'Det går till den som ansvarar för planen.',
  reportWaits:
    'Det finns inget nät. Det skickas av sig självt när nätet är tillbaka och appen är öppen.',
  reportTooMany: 'Det väntar redan så mycket att skicka. Ring i stället, eller kopiera som sms.',
  reportFailed: 'Det gick inte att spara. Kopiera texten och skicka som sms.',
} as const

/** What a language must hold. */
export type MoreTexts = { [K in keyof typeof moreSv]: string }
