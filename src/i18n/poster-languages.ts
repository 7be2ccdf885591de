/** What the poster says in one language. `{{address}}` is where the app opens. */
export interface PosterLanguage {
  lang: string
  dir: 'ltr' | 'rtl'
  /** The language's own name. */
  name: string
  title: string
  iphone: readonly string[]
  android: readonly string[]
  words: string
  noCamera: string
}

/**
 * Four languages on one sheet, Swedish first. The names of menus are those of the phones' own: "Lisää
 * Koti-valikkoon" and "إضافة إلى الشاشة الرئيسية" are what an iPhone says.
 */
export const posterLanguages: readonly PosterLanguage[] = [
  {
    lang: 'sv',
    dir: 'ltr',
    name: 'Svenska',
    title: 'Planerna i din telefon',
    iphone: [
      'Läs av koden med kameran. Öppna länken i Safari.',
      'Tryck på Dela och välj Lägg till på hemskärmen.',
      'Öppna Plan B från hemskärmen. Läs av koden en gång till där.',
    ],
    android: [
      'Läs av koden med kameran. Öppna länken i Chrome.',
      'Tryck på Lägg till när appen frågar, eller på ⋮ och Lägg till på startskärmen.',
    ],
    words: 'Orden i appen ska vara samma åtta som här.',
    noCamera: 'Utan kamera: öppna {{address}} och skriv av raderna nedan.',
  },
  {
    lang: 'en',
    dir: 'ltr',
    name: 'English',
    title: 'The plans on your phone',
    iphone: [
      'Scan the code with the camera. Open the link in Safari.',
      'Tap Share and choose Add to Home Screen.',
      'Open Plan B from the home screen. Scan the code once more there.',
    ],
    android: [
      'Scan the code with the camera. Open the link in Chrome.',
      'Tap Add when the app asks, or ⋮ and Add to Home screen.',
    ],
    words: 'The words in the app must be the same eight as here.',
    noCamera: 'Without a camera: open {{address}} and type the lines below.',
  },
  {
    lang: 'ar',
    dir: 'rtl',
    name: 'العربية',
    title: 'الخطط في هاتفك',
    iphone: [
      'امسح الرمز بالكاميرا وافتح الرابط في Safari.',
      'اضغط على زر المشاركة واختر «إضافة إلى الشاشة الرئيسية».',
      'افتح Plan B من الشاشة الرئيسية وامسح الرمز مرة أخرى هناك.',
    ],
    android: [
      'امسح الرمز بالكاميرا وافتح الرابط في Chrome.',
      'اضغط على ⋮ ثم اختر «إضافة إلى الشاشة الرئيسية».',
    ],
    words: 'يجب أن تكون الكلمات الثماني في التطبيق هي نفسها المكتوبة هنا.',
    noCamera: 'بدون كاميرا: افتح {{address}} واكتب الأسطر الموجودة أدناه.',
  },
  {
    lang: 'fi',
    dir: 'ltr',
    name: 'Suomi',
    title: 'Ohjeet puhelimeesi',
    iphone: [
      'Skannaa koodi kameralla. Avaa linkki Safarissa.',
      'Napauta Jaa ja valitse Lisää Koti-valikkoon.',
      'Avaa Plan B Koti-valikosta. Skannaa koodi siellä uudelleen.',
    ],
    android: [
      'Skannaa koodi kameralla. Avaa linkki Chromessa.',
      'Napauta ⋮ ja valitse Lisää aloitusnäytölle.',
    ],
    words: 'Sovelluksen kahdeksan sanan on oltava samat kuin tässä.',
    noCamera: 'Ilman kameraa: avaa {{address}} ja kirjoita alla olevat rivit.',
  },
]
