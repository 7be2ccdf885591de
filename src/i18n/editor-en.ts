import type { EditorTexts } from './editor-sv.ts'

/** The texts of managers' and the coordinator's screens, in English. */
export const editorEn: EditorTexts = {
  home: {
    title: 'Look after the plans',
    back: 'Is the phone ready?',
  },
  notFound: {
    title: 'No such page',
    text: 'The address leads nowhere. Go back and choose from there.',
  },
}
