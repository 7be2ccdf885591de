/** The texts of managers' and the coordinator's screens, in Swedish. Other languages have the same keys. */
export const editorSv = {
  home: {
    title: 'Sköta planerna',
    back: 'Är telefonen redo?',
  },
  notFound: {
    title: 'Sidan finns inte',
    text: 'Adressen leder ingenstans. Gå tillbaka och välj därifrån.',
  },
} as const

type SameShape<T> = { [K in keyof T]: T[K] extends string ? string : SameShape<T[K]> }
/** What a language must hold: every key of the Swedish one. */
export type EditorTexts = SameShape<typeof editorSv>
