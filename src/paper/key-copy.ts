import { fillText } from '#i18n/fill-text.ts'
import type { PaperTexts } from '#i18n/paper-sv.ts'

/** One key to be printed: on a sheet of its own, so that no drawer holds two. */
export interface KeyCopy {
  kind: 'root-key' | 'recovery-key'
  /** Which of the organisation's root keys it is, by place in the root, and how many; not for the recovery key. */
  number?: number
  of?: number
  /** Names the key where a list of keys does: its thumbprint, or the beginning of it. */
  name: string
  /** The key it takes the place of, named in the same way. */
  replaces?: string
  /** What the code holds: `<app>#/restore/<payload>`, or the payload alone. Secret. */
  code: string
  /** The same as lines to type. Secret. */
  typed: readonly string[]
}

export interface KeyCopyInput {
  organisation: string
  /** Eight words: whose keys these are. */
  words: readonly string[]
  /** As shown, `23 nov. 2026`. */
  made: string
  copies: readonly KeyCopy[]
  texts: PaperTexts['keyCopy']
  example?: boolean
}

/** One sheet as plain data. */
export interface KeyCopyPage {
  kind: KeyCopy['kind']
  organisation: string
  title: string
  secret: string
  code: string
  codeLabel: string
  typedTitle: string
  typedHelp: string
  typed: readonly string[]
  sections: readonly { title: string; lines: readonly string[] }[]
  wordsTitle: string
  words: readonly string[]
  facts: readonly { name: string; value: string }[]
  /** Lines that are filled in by hand. */
  signTitle: string
  sign: readonly string[]
  foot: string
}

/**
 * The paper copies of root keys and of the recovery key, one key a sheet: code, text to type, what it is for,
 * how to keep it, what to do when it is lost, and who signs for it.
 *
 * @throws RangeError when a copy has no lines to type: the code alone may not be readable in ten years
 */
export function keyCopyPages(input: KeyCopyInput): KeyCopyPage[] {
  const { texts } = input
  return input.copies.map((copy) => {
    if (copy.typed.length === 0) throw new RangeError('a paper copy needs its lines to type')
    const own = copy.kind === 'root-key' ? texts.rootKey : texts.recoveryKey
    const place =
      copy.number === undefined || copy.of === undefined
        ? own.title
        : fillText(texts.numbered, { title: own.title, number: copy.number, of: copy.of })
    // A number is taken over by the next key, the key's name never is.
    const title = `${place} · ${shortName(copy.name)}`
    return {
      kind: copy.kind,
      organisation: input.organisation,
      title,
      secret: texts.secret,
      code: copy.code,
      codeLabel: fillText(texts.codeLabel, { title }),
      typedTitle: texts.typedTitle,
      typedHelp: texts.typedHelp,
      typed: copy.typed,
      sections: [
        { title: texts.forTitle, lines: own.for },
        { title: texts.useTitle, lines: texts.use },
        { title: texts.keepTitle, lines: own.keep },
        { title: texts.lostTitle, lines: own.lost },
      ],
      wordsTitle: texts.wordsTitle,
      words: input.words,
      facts: [
        { name: texts.made, value: input.made },
        { name: texts.name, value: copy.name },
        ...(copy.replaces === undefined
          ? []
          : [
              {
                name: texts.replaces,
                value: fillText(texts.replacesKey, { name: shortName(copy.replaces) }),
              },
            ]),
      ],
      signTitle: texts.signTitle,
      sign: texts.sign,
      foot: [
        'Plan B',
        input.organisation,
        title,
        input.made,
        ...(input.example === true ? [texts.drill] : []),
      ].join(' · '),
    }
  })
}

/** As long as the app's list of keys shows it. */
function shortName(name: string): string {
  return name.slice(0, 8)
}
