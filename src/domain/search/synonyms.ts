import { stemWord, wordsOf } from './words.ts'

/**
 * Everyday words for the same thing. Names of systems and local words are content (`aliases` of a
 * document, `names` of a system); here is only what any Swede would say, and the English for it.
 */
const sameThing: readonly string[] = [
  'mejl mail epost email mejlen',
  'dator pc laptop computer datan',
  'skrivare printer utskrift kopiator kopieringsmaskin kopieringsapparat',
  'telefon mobil mobiltelefon lur phone',
  'läkemedel medicin tablett piller medicine medication',
  'inloggning login lösenord password lösen loggin',
  'internet internett nät nätverk wifi uppkoppling network',
  'el ström strömavbrott elavbrott power',
  'lås nyckel key',
  'journal anteckning dokumentation record',
  'intranät insidan intranet',
  'webbplats hemsida sajt webbsida website',
  'attack angrepp hackad intrång hackers cyberattack cyberangrepp',
  'press pressen media journalist tidning tidningen reporter',
  'schema arbetsschema pass schedule',
  'möte bokning kalender almanacka almanackan calendar meeting',
  'sköterska sjuksköterska ssk syster syrra syrran nurse',
  'agenda dagordning',
  'anhörig närstående relative',
  'brukare kund klient omsorgstagare client',
  'larm trygghetslarm alarm',
  'personal kollega medarbetare staff',
  'personalbrist sjukfrånvaro sjukdom influensa underbemannad underbemannade underbemanning',
  'mat måltid matlåda middag lunch frukost food meal',
  'blankett formulär papper form',
  'surfplatta padda läsplatta ipad tablet',
  'bil fordon car',
  'facebook fejsbok fejan',
  'ramlat fallit trillat',
  'våld hot misshandel violence threat',
]

/** What people say when they mean a thing they do not name; matched in the folded query. */
const sayings: readonly (readonly [saying: RegExp, means: string])[] = [
  [/kommer inte in(?! till)|slapps inte in|logga in|loggar? ?in|log ?in|sign in/, 'inloggning'],
  [/kan inte skriva ut|skriva? ut/, 'skrivare'],
  [/ingen tackning|kan inte ringa|gar inte att ringa/, 'telefon'],
  [/systemen? (ar )?(tillbaka|kommer)|fungerar igen|funkar igen|back again/, 'tillbaka'],
  [/sprider|lackt|lackage|fatt ut uppgifter/, 'personuppgifter'],
]

const stemsByStem = new Map<string, string[]>()
for (const line of sameThing) {
  const stems = [...new Set(wordsOf(line).map(stemWord))]
  for (const stem of stems) {
    stemsByStem.set(stem, [
      ...(stemsByStem.get(stem) ?? []),
      ...stems.filter((one) => one !== stem),
    ])
  }
}

/** Stems of other words for the same thing. */
export function synonymsOf(stem: string): readonly string[] {
  return stemsByStem.get(stem) ?? []
}

/** Stems of what a folded query means without naming it. */
export function meantBy(foldedQuery: string): string[] {
  return sayings.filter(([saying]) => saying.test(foldedQuery)).map(([, means]) => stemWord(means))
}
