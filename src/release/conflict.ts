/** A field that two have changed to something different since they had the same. */
export interface FieldConflict {
  /** Where it stands in the merged body. */
  path: (string | number)[]
  base: unknown
  mine: unknown
  theirs: unknown
}

/** What of a document two have changed, so that somebody must choose. */
export interface DocumentConflict {
  /** `department/kind/id` */
  name: string
  fields: FieldConflict[]
  /** Where the document as a whole is in question. */
  whole?: 'removed-there' | 'removed-here' | 'added-twice'
}
