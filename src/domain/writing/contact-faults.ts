import { formatPhoneNumber, parsePhoneNumber } from '../phone-number.ts'
import { fieldAt, found, listAt, type Found, type Written } from './finding.ts'

const numberFields: ReadonlySet<unknown> = new Set(['number', 'second', 'emergency'])

/** [W11] Numbers that have the right form and still lead nowhere: a digit too few, a zero too many. */
export function unlikelyNumbers({ values }: Written): Found[] {
  return values.flatMap(({ value, path }) => {
    if (!numberFields.has(path.at(-1)) || typeof value !== 'string' || value.trim() === '')
      return []
    const parsed = parsePhoneNumber(value)
    if (!parsed.ok)
      return [found('warning', 'number-unlikely', path, { number: value, why: parsed.code })]
    return parsed.number === value
      ? []
      : [
          found('warning', 'number-unlikely', path, {
            number: value,
            why: 'other-form',
            likely: parsed.number,
          }),
        ]
  })
}

/** [W12] Two contacts with one number, one nobody is told to call, one that needs the switchboard. */
export function contactFaults({ document, context }: Written): Found[] {
  const titleByNumber = new Map<string, string>()
  return listAt(document.body, 'contacts').flatMap((contact, index) => {
    const findings: Found[] = []
    const [number, title] = [fieldAt(contact, 'number'), fieldAt(contact, 'title')]
    const name = `${document.department}/contact/${String(fieldAt(contact, 'id'))}`
    if (context.referred?.has(name) === false) {
      findings.push(found('hint', 'contact-unused', ['contacts', index]))
    }
    if (fieldAt(contact, 'direct') === false && fieldAt(contact, 'second') === undefined) {
      findings.push(found('hint', 'number-through-switchboard', ['contacts', index, 'second']))
    }
    if (typeof number !== 'string' || number === '') return findings
    const other = titleByNumber.get(number)
    if (other === undefined) titleByNumber.set(number, typeof title === 'string' ? title : '')
    else if (other !== title) {
      const values = { number: formatPhoneNumber(number), other }
      findings.push(found('hint', 'number-twice', ['contacts', index, 'number'], values))
    }
    return findings
  })
}

/** [W13] A form that no step, plan or exercise names: nobody is told when to take it. */
export function unusedForm({ name, context }: Written): Found[] {
  return context.referred?.has(name) === false ? [found('hint', 'form-unused', [])] : []
}
