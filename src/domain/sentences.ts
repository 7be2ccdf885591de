/** Words that end in a full stop within a sentence. */
const abbreviations =
  /(?:^|[\s(])(?:t\.?ex|bl\.?a|m\.?m|d\.?v\.?s|o\.?s\.?v|f\.?n|s\.?k|p\.?g\.?a|e\.?d|fr\.?o\.?m|t\.?o\.?m|m\.?fl|ca|kl|nr|tel|ev|inkl|exkl|resp|st|dr|jfr|max|min|avd|enl|mån|tis|ons|tors|fre|lör|sön|\p{L})\.$/iu

/** Longer than any of them, with the sign before it; the whole text is not looked through for each sentence. */
const longestAbbreviation = 12

/** The sentences of a text, trimmed. A full stop of an abbreviation, a clock time or a number ends none. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = []
  let begun: string[] = []
  for (const part of text.split(/(?<=[.!?…]["”»)]?)\s+(?=["”«(]?[\p{Lu}\p{N}])/u)) {
    begun.push(part)
    if (abbreviations.test(part.slice(-longestAbbreviation))) continue
    sentences.push(begun.join(' ').trim())
    begun = []
  }
  if (begun.length > 0) sentences.push(begun.join(' ').trim())
  return sentences.filter((sentence) => sentence !== '')
}
