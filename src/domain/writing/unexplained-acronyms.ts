import { isTranslatable } from '../schema/walk-schema.ts'
import { found, type Found, type Written } from './finding.ts'

/** What everyone knows, and words that are written in capitals to be seen. */
const known = new Set(
  (
    'IT TV PC SMS MMS QR PDF USB ID OK SOS VPN WIFI GPS APP CD AB EU EL OBS NB PS KL NR ST MIN ' +
    'ÖVNING ÖVA INTE INGEN INGET ALDRIG ALLTID STOPP STOPPA NU EJ JA NEJ OCH ELLER ALLA FÖRST SIST RING ' +
    'LÄGE VIKTIGT FARA HJÄLP MÅSTE BARA UTAN MED PÅ AV SLUT START KLAR PLAN'
  ).split(' '),
)

/** Fields nobody reads a page for, and what is drawn on paper: headings in capitals. */
const unread: ReadonlySet<string> = new Set([
  'copyByHand',
  'aliases',
  'sources',
  'notes',
  'version',
  'title',
])

/** Two to six capitals standing by themselves; `IT-jouren` has IT in it. */
const acronym = /(?<![\p{L}\p{N}])\p{Lu}{2,6}(?![\p{L}\p{N}])/gu

/**
 * [W8] Acronyms that are explained nowhere in the document: not as `ABC (…)`, not as `… (ABC)`, and no
 * name of a system or contact. Each once, where it first stands.
 */
export function unexplainedAcronyms(written: Written): Found[] {
  // Without the register nobody knows which of them are names of systems.
  if (written.context.systems === undefined) return []
  const texts = written.values.filter(
    ({ value, part, path }) =>
      typeof value === 'string' &&
      isTranslatable(part) &&
      !path.some((field) => typeof field === 'string' && unread.has(field)),
  )
  const all = written.values.map(({ value }) => (typeof value === 'string' ? value : '')).join('\n')
  const findings: Found[] = []
  const met = new Set<string>()
  for (const { value, path } of texts) {
    const text = String(value)
    // A line in capitals is shouting, not acronyms.
    if (text === text.toUpperCase() && text.includes(' ')) continue
    for (const word of acronymsIn(text)) {
      if (met.has(word) || known.has(word)) continue
      met.add(word)
      if (isExplained(word, all) || written.context.acronyms.has(word)) continue
      findings.push(found('hint', 'acronym-unexplained', path, { word }))
    }
  }
  return findings
}

function isExplained(word: string, text: string): boolean {
  return (
    new RegExp(`(?<!\\p{L})${word}(?:s|:s)? ?\\(\\p{L}`, 'u').test(text) ||
    new RegExp(`\\(${word}\\)`, 'u').test(text)
  )
}

/** The acronyms in a text. */
export function acronymsIn(text: string): string[] {
  return [...text.matchAll(acronym)].map(([word]) => word)
}
