/**
 * Fields of a body of which some may have been left out: an open extract need no longer fit its schema. What is not
 * there, or has another shape, is nothing.
 */
export interface Fields {
  text(field: string): string | undefined
  lines(field: string): string[]
  inner(field: string): Fields | undefined
  list(field: string): Fields[]
  number(field: string): number | undefined
  is(field: string): boolean
}

export function readFields(value: unknown): Fields {
  const of = (field: string): unknown =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, field)
      ? (value as Record<string, unknown>)[field]
      : undefined
  const listOf = (field: string): unknown[] => {
    const found = of(field)
    return Array.isArray(found) ? found : []
  }
  return {
    text: (field) => {
      const found = of(field)
      return typeof found === 'string' && found !== '' ? found : undefined
    },
    lines: (field) => listOf(field).filter((one) => typeof one === 'string'),
    inner: (field) => {
      const found = of(field)
      return typeof found === 'object' && found !== null ? readFields(found) : undefined
    },
    list: (field) => listOf(field).map(readFields),
    number: (field) => {
      const found = of(field)
      return typeof found === 'number' ? found : undefined
    },
    is: (field) => of(field) === true,
  }
}
