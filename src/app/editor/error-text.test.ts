import { describe, expect, it } from 'vitest'
import { editorSv } from '#i18n/editor-sv.ts'
import { errorText } from './error-text.ts'
import type { EditorText } from './use-text.ts'

/** Gives the key and what is filled in. */
const t = ((key: string, options?: object) =>
  options === undefined ? key : `${key} ${JSON.stringify(options)}`) as unknown as EditorText

describe('errors in words', () => {
  it.each([
    ['unreachable', 'error.network'],
    ['timeout', 'error.network'],
    ['lost-race', 'error.first'],
    ['root-keys', 'error.keys'],
    ['head-behind', 'error.headBehind'],
    ['head-fork', 'error.headBehind'],
    ['head-missing', 'error.headMissing'],
    ['keep-unsaid', 'error.keepUnsaid'],
    ['epoch-changed', 'error.epochChanged'],
    ['enrolment-cut', 'error.cut'],
    ['restore-checksum', 'error.checksum'],
    ['enrolment-characters', 'error.checksum'],
    ['restore-version', 'error.newer'],
    ['restore-key-unknown', 'error.sameKey'],
    ['line-missing-3-0', 'error.lineMissing {"line":"3"}'],
    ['typed-2-7', 'error.typedCharacter {"line":"2","column":"7"}'],
    ['typed-2-0', 'error.typedLine {"line":"2"}'],
    ['typed-0-0', 'error.checksum'],
    ['what-nobody-knows', 'error.other {"code":"what-nobody-knows"}'],
  ])('%s', (code, said) => {
    expect(errorText(t, code)).toBe(said)
    const key = said.split(' ')[0]?.replace('error.', '') ?? ''
    expect(Object.keys(editorSv.error)).toContain(key)
  })
})
