/**
 * A text somebody else wrote, as one line that can stand in a list: without control characters, line
 * breaks, direction marks and characters that cannot be seen, so that no label can look like another
 * one or turn round what stands beside it.
 */
export function plainText(text: string, maxLength: number): string {
  const line = text
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replaceAll(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return Array.from(line).slice(0, maxLength).join('').trimEnd()
}
