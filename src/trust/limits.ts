/**
 * Largest sizes that are read at all, in bytes. A department of 1,000 documents and 3,000 phones stays
 * well below; what is above is an attack or a mistake, and is refused before it costs anything.
 */
export const limits = {
  /** A root object as it lies in the store. */
  root: 512 * 1024,
  /** A head or beat object as it lies in the store. */
  head: 128 * 1024,
  /** A sealed manifest; what it inflates to. */
  manifest: 1024 * 1024,
  manifestInflated: 8 * 1024 * 1024,
  /** A sealed pack; what it inflates to. */
  pack: 1024 * 1024,
  packInflated: 8 * 1024 * 1024,
  /** The key wraps: about 500 bytes a device. */
  keys: 4 * 1024 * 1024,
  /** One document as JSON. */
  document: 512 * 1024,
  documentsPerPack: 40,
  packs: 400,
  signatures: 16,
} as const

/** The version of the formats this code writes and fully understands. */
export const format = 1
