import { fromBase64url, hexOf } from '#trust/bytes.ts'
import type { PublicJwk } from '#trust/keys.ts'

// NIST P-256 (SP 800-186, 3.2.1.3): y² = x³ − 3x + b over the field of p.
const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn

/**
 * Whether a public key is a point of P-256. WebCrypto says the same when it imports one, but only
 * later: a made-up key in one entry must not stop what is done for all.
 */
export function isOnCurve(jwk: PublicJwk): boolean {
  const [x, y] = [numberOf(jwk.x), numberOf(jwk.y)]
  return x < p && y < p && (y * y - (x * x * x - 3n * x + b)) % p === 0n
}

function numberOf(coordinate: string): bigint {
  return BigInt(`0x${hexOf(fromBase64url(coordinate))}`)
}
