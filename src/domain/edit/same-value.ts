/**
 * Whether two values of documents are the same: fields in any order, lists in theirs. What is the same object
 * is not looked into, so that a body with one change is compared along that change only.
 */
export function isSameValue(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return false
  if (Array.isArray(one) || Array.isArray(other))
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((each, index) => isSameValue(each, other[index]))
    )
  const fields = Object.keys(one)
  return (
    fields.length === Object.keys(other).length &&
    fields.every(
      (field) =>
        Object.hasOwn(other, field) &&
        isSameValue(one[field as keyof typeof one], other[field as keyof typeof other]),
    )
  )
}
