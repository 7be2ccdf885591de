import { encodeQR } from 'qr'

/**
 * A QR code as one path on a grid of squares, quiet zone of four included, for an inline SVG. Loaded by
 * `import()` only: no reader's first page needs it.
 */
export function drawCode(text: string): { path: string; side: number } {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 })
  const path = rows
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('')
  return { path, side: rows.length }
}
