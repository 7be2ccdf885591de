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
  nameNow: 'This phone is called',
  idLabel: 'Phone ID',
  idText:
    'Read the ID out to whoever wonders which phone this is. It also stands in your manager’s list and is the same whatever the phone is called.',
  nameTitle: 'Which phone is this?',
  nameText:
    'Your manager sees the name in the list of phones. Say where the phone belongs, for example “Home care north car 3”. Your own name is not needed.',
  nameLabel: 'Name of the phone',
  nameSave: 'Save the name',
  nameSaved: 'The name is saved.',
  nameFailed: 'The name could not be saved. Try again in a while.',
  nameOfferText:
    'Say where it belongs, for example “Car 3”, so that your manager finds it in the list.',
  nameOfferYes: 'Save',
  nameOfferNo: 'Skip',
  linksTitle: 'For managers and technicians',
  enrol: 'I am to change plans',
  phonesIt: 'To those who run the phones',
  tried_one: '{{count}} thing somebody tried',
  tried_other: '{{count}} things somebody tried',
  restoreCoordinator: 'Do you want to put the coordinator’s keys on this phone?',
  restoreCoordinatorText:
    'With them, this phone decides who may change plans in the whole municipality, and reads every department. Only do it on your own phone.',
  restoreRootKey: 'Do you want to put the root key on this phone?',
  restoreRootKeyText:
    'With it, this phone decides who may change plans in the whole municipality. It opens no plans for reading. Only do it on your own phone.',
  restoreRecovery: 'Do you want to put the recovery key on this phone?',
  restoreRecoveryText:
    'With it, this phone reads the plans of every department. It cannot change anything or approve anybody. Only do it on a phone you trust.',
  restorePublisher: 'Do you want to put a publishing key on this phone?',
  restorePublisherText:
    'With it, this phone changes the plans of the departments that the key is for. Only do it on your own phone.',
  restoreYesOne: 'Yes, put the key here',
  restoredKeys: 'Done. The keys are on this phone.',
  restoredKey: 'Done. The key is on this phone.',
  restoredReads: 'This phone now reads the plans of every department. It cannot change them.',
  restoredWaiting: 'Put in, but not in force yet',
  restoredWaitingText:
    'The phone needs the municipality’s list of keys. It fetches it by itself while the app is open and has internet.',
  restoredUnknown: 'The municipality does not recognise this key',
  restoredUnknownText:
    'It is not on the municipality’s list of keys and may have been replaced. Take out the latest paper, or call the preparedness coordinator.',
  restoredOther: 'Put in another key',
  restoredOldRecovery: 'The recovery key is no longer valid',
  restoredOldRecoveryText:
    'The other key is on this phone and in force. The recovery key has been replaced since, so this phone cannot read every department. Take out the new paper with the recovery key.',
  limitsTitle: 'This window does not start without internet',
  limitsText:
    'It may be a private window. The plans can be read here as long as there is internet. Open the link in an ordinary window, and they stay when the network is down.',
  storageTitle: 'This window cannot save plans',
  storageText:
    'It may be a private window, or storage is turned off for the page. Open the link in an ordinary window. Until then: use the binder.',
  reportLabel: 'What is wrong, or missing?',
  reportHelp:
    'Write nothing about clients: no names, nothing about health. Whoever answers for the plan reads it.',
  reportSend: 'Send',
  reportCopy: 'Copy as a text message',
  reportCopied: 'Copied',
  reportMessage: 'Wrong in the plan “{{title}}”: {{text}}',
  reportThanks: 'Thank you for telling',
  reportSent: 'It goes to whoever answers for the plan.',
  reportWaits:
    'There is no network. It is sent by itself when the network is back and the app is open.',
  reportTooMany: 'So much waits to be sent already. Call instead, or copy it as a text message.',
  reportFailed: 'It could not be kept. Copy the text and send it as a text message.',
}
