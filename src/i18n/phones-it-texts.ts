/**
 * "Till den som sköter mobilerna": what those who run a municipality's phones need to know. Facts about products
 * were read in what their makers publish (named in `sources`); what was not tried on a phone says so.
 */
export interface PhonesItTexts {
  title: string
  lead: string
  print: string
  back: string
  what: { title: string; lines: readonly string[] }
  allow: { title: string; text: string; app: string; store: string; after: readonly string[] }
  push: {
    title: string
    text: string
    secret: string
    noInvitation: string
    choose: string
    parts: readonly { title: string; lines: readonly string[] }[]
    tried: string
  }
  keep: { title: string; lines: readonly string[] }
  phone: { title: string; lines: readonly string[] }
  network: { title: string; lines: readonly string[] }
  test: { title: string; lines: readonly string[] }
  unverified: { title: string; lines: readonly string[] }
  sources: { title: string; lines: readonly string[] }
}

const makers = [
  'Apple: developer.apple.com/documentation/devicemanagement/webclip',
  'Google: developers.google.com/android/management/web-apps, support.google.com/chrome/a/answer/9367354',
  'Microsoft: learn.microsoft.com (Understand web apps in Intune; iosiPadOSWebClip)',
]

export const phonesItTexts: Record<'sv' | 'en', PhonesItTexts> = {
  sv: {
    title: 'Till den som sköter mobilerna',
    lead: 'Plan B är en webbapp. Den ska öppnas när nätet, inloggningen och allt annat är nere. Det här behöver den av er.',
    print: 'Skriv ut',
    back: 'Tillbaka',
    what: {
      title: 'Vad det är',
      lines: [
        'Planer, ringkedjor och blanketter som sparas i telefonen och går att läsa utan nät.',
        'Inget konto, ingen inloggning, ingen katalogtjänst, inga aviseringar som måste fram.',
        'Innehållet är krypterat på servern. Telefonen får nyckeln genom en inbjudan.',
      ],
    },
    allow: {
      title: 'Adresser att släppa fram',
      text: 'HTTPS, port 443, ut från telefonen. Ingen inloggning i en proxy framför dem, och ingen som skriver om svaren.',
      app: 'appen',
      store: 'planerna',
      after: [
        'Släpp fram dem också utan vpn och på gästnät. Inget annat behövs: appen hämtar inget från andra.',
      ],
    },
    push: {
      title: 'Skicka ut appen',
      text: 'Skicka ut en webbapp eller genväg vars adress är en inbjudan. Då är telefonen med i verksamheten när den öppnas första gången. Samma adress gör ingen skada senare: den som redan är med kommer direkt till startsidan, också utan nät.',
      secret:
        'Adressen är hemlig. Lägg den bara i profilen till de telefoner som ska ha den, inte i ett ärende eller en öppen sida.',
      noInvitation:
        'Inbjudan får ni av chefen för verksamheten eller av beredskapssamordnaren. Utan den: skicka ut appens adress, så klistrar var och en in sin länk.',
      choose: 'Adress till genvägen',
      parts: [
        {
          title: 'iPhone och iPad: Intune, Jamf Pro eller annan MDM',
          lines: [
            'Webbklipp (Web Clip, com.apple.webClip.managed). URL: inbjudan. Label: Plan B. FullScreen: på. IsRemovable: av.',
            'Utan ikon visar iPhone en vit ruta. Bifoga en kvadratisk PNG, högst 400 × 400 pixlar och under 1 MB.',
            'Intune: apptypen iOS/iPadOS web clip. Kräv inte att den öppnas i Microsoft Edge (useManagedBrowser: nej).',
            'Appen på hemskärmen har ett eget minne, skilt från Safari. Därför ska inbjudan ligga i just webbklippet.',
          ],
        },
        {
          title: 'Android: hanterad Google Play',
          lines: [
            'Webbapp i hanterad Google Play: titel (under 30 tecken), start-URL (https): inbjudan, visning: Standalone.',
            'Chrome, eller den webbläsare som är förvald, ska finnas på telefonen och inte vara avstängd.',
            'Från Intune, Google Workspace eller annan MDM tilldelas webbappen som vilken app som helst.',
          ],
        },
        {
          title: 'Datorer: Chrome och Edge',
          lines: [
            'Chrome: WebAppInstallForceList, eller Admin-konsolen, Enheter, Chrome, Appar och tillägg, Lägg till via webbadress, Tvinga installation.',
            'Adressen får inte leda vidare till en annan webbplats.',
          ],
        },
      ],
      tried:
        'Prova på en telefon av varje sort först. Tar ert system inte en adress med tecknet #: skicka ut appens adress utan inbjudan, och låt personalen klistra in länken eller skriva av koden.',
    },
    keep: {
      title: 'Rensa inte',
      lines: [
        'Planerna ligger i webbläsarens lagring. Rensas den är planerna borta, och telefonen behöver en ny inbjudan.',
        'Stäng av: rensning av webbdata när webbläsaren stängs eller användaren loggar ut, för appens adress.',
        'Delade telefoner och surfplattor som nollställs vid utloggning tappar planerna. Ge dem ett konto som ligger kvar, eller lita på pärmen.',
        'Privat läge och webbläsare som blockerar all lagring fungerar inte.',
        'Ta inte bort och lägg inte till webbklippet igen: då försvinner det som är sparat.',
      ],
    },
    phone: {
      title: 'Telefonen',
      lines: [
        'Lägst: iOS och iPadOS 16.4, Chrome eller Edge 111, Firefox 128.',
        'Kameran behövs inte. Inte heller plats, mikrofon, aviseringar eller Bluetooth.',
        'Beständig lagring (persistent storage): appen frågar webbläsaren, svaret syns under ”Är telefonen redo?”. En app på hemskärmen rensas inte efter sju dagar som en flik i Safari.',
        'Plats: några megabyte för varje verksamhet.',
        'En app låst på skärmen (kiosk, enkelappläge): tillåt telefonappen också, annars gör telefonnumren ingenting. De går alltid att läsa och slå själv.',
        'Skärmlås med kod: det är telefonens eget lås som skyddar det som är sparat.',
      ],
    },
    network: {
      title: 'Nätet',
      lines: [
        'Ingen vpn behövs. Är vpn alltid på: låt adresserna ovan gå utanför den (split tunneling), så att appen inte hänger på kommunens nät.',
        'Appen hämtar nytt när den öppnas och medan den visas. Den väntar aldrig på nätet för att visa det som finns.',
      ],
    },
    test: {
      title: 'Prova efter utskicket',
      lines: [
        'Öppna appen en gång med nät. Vänta tills planerna har kommit.',
        'Öppna ”Är telefonen redo?” längst ner på startsidan. Allt ska vara klart, eller säga vad som saknas.',
        'Flygplansläge. Stäng appen helt. Öppna den, och öppna en rutin.',
        'Starta om telefonen i flygplansläge. Öppna en rutin igen.',
        'Ring ett nummer från appen.',
        'Logga ut och in på en delad telefon. Finns planerna kvar?',
        'Gör om det efter en vecka, på samma telefon.',
      ],
    },
    unverified: {
      title: 'Inte prövat av oss',
      lines: [
        'Att varje system för mobilhantering tar emot en adress med #, och behåller den oförändrad.',
        'Att lagringen ligger kvar när en profil med webbklipp uppdateras utan att tas bort.',
        'Menyernas namn i Jamf Pro, Intune och Google Workspace: de ändras.',
        'Samma policy i Edge som i Chrome.',
      ],
    },
    sources: { title: 'Läst hos tillverkarna', lines: makers },
  },
  en: {
    title: 'To those who run the phones',
    lead: 'Plan B is a web app. It has to open when the network, sign-in and all else are down. This is what it needs from you.',
    print: 'Print',
    back: 'Back',
    what: {
      title: 'What it is',
      lines: [
        'Plans, phone trees and forms that are stored on the phone and can be read without a network.',
        'No account, no sign-in, no directory service, no notifications that have to arrive.',
        'The content is encrypted on the server. The phone gets the key by an invitation.',
      ],
    },
    allow: {
      title: 'Addresses to allow',
      text: 'HTTPS, port 443, outwards from the phone. No sign-in at a proxy before them, and none that rewrites the answers.',
      app: 'the app',
      store: 'the plans',
      after: [
        'Allow them without a VPN and on guest networks too. Nothing else is needed: the app fetches nothing from others.',
      ],
    },
    push: {
      title: 'Push the app',
      text: 'Push a web app or shortcut whose address is an invitation. Then the phone has joined the department when it is opened for the first time. The same address does no harm later: a phone that has joined goes straight to the start page, also without a network.',
      secret:
        'The address is secret. Put it only into the profile of the phones that are to have it, not into a ticket or an open page.',
      noInvitation:
        'You get the invitation from the manager of the department or the preparedness coordinator. Without it: push the address of the app, and everybody pastes their own link.',
      choose: 'Address of the shortcut',
      parts: [
        {
          title: 'iPhone and iPad: Intune, Jamf Pro or another MDM',
          lines: [
            'Web clip (com.apple.webClip.managed). URL: the invitation. Label: Plan B. FullScreen: on. IsRemovable: off.',
            'Without an icon an iPhone shows a white square. Attach a square PNG, at most 400 × 400 pixels and below 1 MB.',
            'Intune: the app type iOS/iPadOS web clip. Do not require Microsoft Edge (useManagedBrowser: no).',
            'The app on the home screen has a memory of its own, apart from Safari. So the invitation has to be in the web clip itself.',
          ],
        },
        {
          title: 'Android: managed Google Play',
          lines: [
            'Web app in managed Google Play: title (fewer than 30 characters), start URL (https): the invitation, display: standalone.',
            'Chrome, or the browser that is the default, must be on the phone and not be disabled.',
            'From Intune, Google Workspace or another MDM the web app is assigned as any app is.',
          ],
        },
        {
          title: 'Computers: Chrome and Edge',
          lines: [
            'Chrome: WebAppInstallForceList, or Admin console, Devices, Chrome, Apps & extensions, Add by URL, Force install.',
            'The address must not redirect to another site.',
          ],
        },
      ],
      tried:
        'Try it on one phone of each kind first. If your system takes no address with the character #: push the address of the app without an invitation, and let staff paste the link or type the code.',
    },
    keep: {
      title: 'Do not clear',
      lines: [
        'The plans lie in the browser’s storage. If it is cleared the plans are gone, and the phone needs a new invitation.',
        'Switch off: clearing of browsing data when the browser closes or the user signs out, for the address of the app.',
        'Shared phones and tablets that are reset at sign-out lose the plans. Give them an account that stays, or rely on the binder.',
        'Private mode and browsers that block all storage do not work.',
        'Do not remove and re-add the web clip: what is stored goes with it.',
      ],
    },
    phone: {
      title: 'The phone',
      lines: [
        'At least: iOS and iPadOS 16.4, Chrome or Edge 111, Firefox 128.',
        'The camera is not needed. Nor are location, microphone, notifications or Bluetooth.',
        'Persistent storage: the app asks the browser, the answer stands under “Is the phone ready?”. An app on the home screen is not cleared after seven days as a tab in Safari is.',
        'Space: a few megabytes for each department.',
        'One app pinned to the screen (kiosk, single app mode): allow the phone app too, or the phone numbers do nothing. They can always be read and dialled by hand.',
        'Screen lock with a code: the phone’s own lock protects what is stored.',
      ],
    },
    network: {
      title: 'The network',
      lines: [
        'No VPN is needed. If a VPN is always on: let the addresses above go outside it (split tunnelling), so that the app does not hang on the municipality’s network.',
        'The app looks for news when it is opened and while it is shown. It never waits for the network to show what is there.',
      ],
    },
    test: {
      title: 'Try after the roll-out',
      lines: [
        'Open the app once with a network. Wait until the plans have come.',
        'Open “Is the phone ready?” at the foot of the start page. All should be ready, or say what is missing.',
        'Flight mode. Close the app fully. Open it, and open a routine.',
        'Restart the phone in flight mode. Open a routine again.',
        'Call a number from the app.',
        'Sign out and in on a shared phone. Are the plans still there?',
        'Do it again after a week, on the same phone.',
      ],
    },
    unverified: {
      title: 'Not tried by us',
      lines: [
        'That every system for managing phones takes an address with #, and keeps it unchanged.',
        'That storage stays when a profile with a web clip is updated without being removed.',
        'The names of menus in Jamf Pro, Intune and Google Workspace: they change.',
        'The same policy in Edge as in Chrome.',
      ],
    },
    sources: { title: 'Read at the makers’', lines: makers },
  },
}
