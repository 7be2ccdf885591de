import type { MoreTexts } from './more-sv.ts'

/** Texts of pages that are seldom opened, in English. */
export const moreEn: MoreTexts = {
  compareTitle: 'Compare the code',
  compareLead:
    'The same code means the same plans. Call the one you compare with and read your code aloud, or write theirs here. The code also stands on printed pages.',
  spelled: 'How to read the code aloud',
  spelledAs: '{{letter}} as in {{word}}',
  picture: 'The code as a picture, for another phone to scan',
  other: 'The other one’s code',
  otherHelp: 'Eight characters. Capitals or not, with or without the hyphen.',
  compare: 'Compare',
  scan: 'Scan the other one’s code',
  same: 'The same. {{title}} is alike for both of you.',
  differs: 'Not the same',
  differsText: 'Use the binder and call {{role}}, or your manager. Say that the codes differ.',
  short: 'The code has eight characters. Write all of them.',
  none: 'There is nothing to compare on this phone.',
  nameTitle: 'The phone’s name',
  nameText:
    'Your manager sees the name in the list of phones. Say where the phone belongs, for example “Home care north car 3”. Your own name is not needed.',
  nameLabel: 'Name of the phone',
  nameSave: 'Save the name',
  nameSaved: 'The name is saved.',
  nameFailed: 'The name could not be saved. Try again in a while.',
  nameOffer: 'What is this phone called?',
  nameOfferText:
    'It is called “{{name}}” now. A clearer name helps your manager find the right phone.',
  nameOfferYes: 'Change the name',
  nameOfferNo: 'Keep it',
  linksTitle: 'For managers and technicians',
  edit: 'Edit and publish',
  enrol: 'I am to change plans',
  phonesIt: 'To those who run the phones',
  tried_one: '{{count}} thing somebody tried',
  tried_other: '{{count}} things somebody tried',
  limitsTitle: 'This window does not start without internet',
  limitsText:
    'It may be a private window. The plans can be read here as long as there is internet. Open the link in an ordinary window, and they stay when the network is down.',
  storageTitle: 'This window cannot save plans',
  storageText:
    'It may be a private window, or storage is turned off for the page. Open the link in an ordinary window. Until then: use the binder.',
}
