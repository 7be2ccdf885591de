/** Texts around the templates for law and agreement, in Swedish. English has the same keys. */
export const lawSv = {
  list: {
    title: 'Mallar för lag och avtal',
    lead: 'Utkast att ta över, ändra och låta en jurist läsa. Varje mall börjar med vad som är kontrollerat och vad som inte är det.',
    unknown: 'Den mallen finns inte',
    unknownText: 'Välj en i listan i stället.',
  },
  one: {
    filled:
      '{{organisation}} är ifyllt i texten. Det som står i [hakparentes] fyller du i själv: varje sådant ord förklaras i mallen.',
    copy: 'Kopiera som text',
    copied: 'Kopierat',
    notCopied: 'Det gick inte att kopiera. Ladda ner texten i stället.',
    text: 'Ladda ner text (.txt)',
    html: 'Ladda ner sida (.html)',
    print: 'Skriv ut',
  },
}

type Texts<T> = { [Key in keyof T]: T[Key] extends string ? string : Texts<T[Key]> }
export type LawTexts = Texts<typeof lawSv>
