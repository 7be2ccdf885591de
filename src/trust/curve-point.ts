import { bytesOfHex, fromBase64url, hexOf, toBase64url } from './bytes.ts'
import type { PublicJwk } from './keys.ts'

/** P-256 (FIPS 186-4, D.1.2.3): y² = x³ − 3x + b over the prime p. */
const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn

/** A public key as x (32 bytes) and whether y is odd (SEC 1, 2.3.3): half as long to scan or type. */
export function compressPoint(jwk: PublicJwk): { x: Uint8Array; isOdd: boolean } {
  return { x: fromBase64url(jwk.x), isOdd: (fromBase64url(jwk.y).at(-1)! & 1) === 1 }
}

/** The key again. What comes out always lies on the curve. @throws RangeError no point has this x */
export function expandPoint(bytes: Uint8Array, isOdd: boolean): PublicJwk {
  const x = BigInt(`0x${hexOf(bytes)}`)
  const square = modulo(x * x * x - 3n * x + b)
  // p is 3 modulo 4, so a root is a power.
  const root = power(square, (p + 1n) / 4n)
  if (x >= p || modulo(root * root) !== square) throw new RangeError('no point of the curve')
  const y = (root & 1n) === (isOdd ? 1n : 0n) ? root : p - root
  const text = y.toString(16).padStart(64, '0')
  return { kty: 'EC', crv: 'P-256', x: toBase64url(bytes), y: toBase64url(bytesOfHex(text)) }
}

function modulo(value: bigint): bigint {
  const rest = value % p
  return rest < 0n ? rest + p : rest
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  let square = base
  for (let bits = exponent; bits > 0n; bits >>= 1n) {
    if (bits & 1n) result = (result * square) % p
    square = (square * square) % p
  }
  return result
}
