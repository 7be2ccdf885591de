import type { EditorText } from './use-text.ts'

type Said =
  | 'network'
  | 'busy'
  | 'readOnly'
  | 'full'
  | 'first'
  | 'behind'
  | 'headBehind'
  | 'epochChanged'
  | 'headMissing'
  | 'keepUnsaid'
  | 'keys'
  | 'rights'
  | 'otherOrganisation'
  | 'wiped'
  | 'notReadable'
  | 'cut'
  | 'checksum'
  | 'newer'
  | 'notRequest'
  | 'isInvitation'
  | 'isKey'
  | 'sameKey'
  | 'clipboard'
  | 'noCode'
  | 'noCamera'

const saidByCode: Readonly<Record<string, Said>> = {
  unreachable: 'network',
  timeout: 'network',
  'not-the-store': 'network',
  'too-many': 'busy',
  'read-only': 'readOnly',
  full: 'full',
  'too-large': 'full',
  'lost-race': 'first',
  'root-version': 'first',
  'root-behind': 'behind',
  'root-fork': 'behind',
  'root-squatted': 'behind',
  'gen-fork': 'behind',
  'head-behind': 'headBehind',
  'head-fork': 'headBehind',
  'head-missing': 'headMissing',
  'keep-unsaid': 'keepUnsaid',
  'epoch-changed': 'epochChanged',
  'root-keys': 'keys',
  'not-a-publisher': 'rights',
  'restore-key-unknown': 'sameKey',
  'other-organisation': 'otherOrganisation',
  'device-wiped': 'wiped',
  'not-readable': 'notReadable',
  clipboard: 'clipboard',
  'no-code': 'noCode',
  'no-camera': 'noCamera',
  'not-a-request': 'notRequest',
  'is-invitation': 'isInvitation',
  'is-key': 'isKey',
}

/** A code of any room in plain words with a way out. Codes that nobody can do anything about stand in it. */
export function errorText(t: EditorText, code: string): string {
  const typed = /^(typed|line-missing|line-doubled)-(\d+)-(\d+)$/.exec(code)
  if (typed !== null) {
    const [, kind, line = '0', column = '0'] = typed
    if (kind === 'line-missing') return t('error.lineMissing', { line })
    if (kind === 'line-doubled') return t('error.lineDoubled', { line })
    if (line === '0') return t('error.checksum')
    return column === '0'
      ? t('error.typedLine', { line })
      : t('error.typedCharacter', { line, column })
  }
  const read = /^(?:enrolment|restore|invitation)-(\w+)$/.exec(code)?.[1]
  const said =
    saidByCode[code] ??
    (read === 'cut'
      ? 'cut'
      : read === 'version'
        ? 'newer'
        : read !== undefined
          ? 'checksum'
          : undefined)
  return said === undefined ? t('error.other', { code }) : t(`error.${said}`)
}
