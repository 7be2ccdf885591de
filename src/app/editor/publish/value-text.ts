import type { DocumentIndex } from '#domain/resolve.ts'
import { formatPhoneNumber } from '#domain/phone-number.ts'
import type { InterfaceLanguage } from '#i18n/create-i18n.ts'
import { formatDay, formatInstant } from '#i18n/format.ts'
import { fieldWord, valueWord } from './field-words.ts'
import type { ManageText } from './use-manage-text.ts'

/** What is needed to say a value of a document in words. */
export interface Speech {
  t: ManageText
  index: DocumentIndex
  language: InterfaceLanguage
  duration: (text: string) => string
}

/** A value of a document as lines of text: a number as it is dialled, a reference by its title, a day as a day. */
export function valueLines(value: unknown, field: string, speech: Speech): string[] {
  if (value === undefined || value === null) return []
  if (typeof value === 'string') return [textValue(value, field, speech)]
  if (typeof value === 'number') return [String(value)]
  if (typeof value === 'boolean') return [speech.t(value ? 'change.yes' : 'change.no')]
  if (Array.isArray(value))
    return value.flatMap((entry: unknown) => valueLines(entry, field, speech))
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name === 'id') return []
    const lines = valueLines(inner, name, speech)
    // What an entry is called needs no word before it.
    if (name === 'title' || name === 'text' || name === 'label') return lines
    return lines.length === 1
      ? [`${fieldWord(name, speech.t)}: ${lines[0] ?? ''}`]
      : lines.length === 0
        ? []
        : [`${fieldWord(name, speech.t)}:`, ...lines]
  })
}

function textValue(value: string, field: string, speech: Speech): string {
  if (/^(\+\d{7,15}|112|11313|11414|1177)$/.test(value)) return formatPhoneNumber(value)
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDay(value, speech.language)
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value)) return formatInstant(value, speech.language)
  if (/^[1-9]\d{0,3} (min|h|d|w)$/.test(value)) return speech.duration(value)
  if (/^[a-z0-9-]+\/[a-z-]+\/[a-z0-9-]+$/.test(value)) {
    const contact = speech.index.contact(value)
    if (contact !== undefined) return contact.contact.title
    const body = speech.index.get(value)?.body
    return body !== undefined && 'title' in body ? body.title : value
  }
  const system = field === 'system' || field === 'systems' ? speech.index.system(value) : undefined
  return system?.title ?? valueWord(field, value, speech.t)
}
