import { encodeQR } from 'qr'

/**
 * A QR code as lines of text for a terminal, two modules to a character. Low error correction: a screen
 * is not dirty, and fewer modules are easier to scan from a distance.
 */
export function terminalQr(text: string): string[] {
  return encodeQR(text, 'ascii', { ecc: 'low', border: 2 }).trimEnd().split('\n')
}
