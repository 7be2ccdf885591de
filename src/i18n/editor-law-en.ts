import type { LawTexts } from './editor-law-sv.ts'

export const lawEn: LawTexts = {
  list: {
    title: 'Templates for law and agreements',
    lead: 'Drafts to take over, change and have a lawyer read. Each begins with what has been verified and what has not. They are in Swedish, since the law is.',
    unknown: 'There is no such template',
    unknownText: 'Choose one from the list instead.',
  },
  one: {
    filled:
      '{{organisation}} is filled in. What stands in [brackets] you fill in yourself: each such word is explained in the template.',
    copy: 'Copy as text',
    copied: 'Copied',
    notCopied: 'It could not be copied. Download the text instead.',
    text: 'Download text (.txt)',
    html: 'Download page (.html)',
    print: 'Print',
  },
}
