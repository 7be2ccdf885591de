import { useEffect, useState, type ComponentProps } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import { understandLink, type UnderstoodLink } from '#trust/understand-link.ts'
import type TypedCode from './typed-code.tsx'

const load = () => import('./typed-code.tsx')

/** What somebody gave: a link, or lines from a paper turned into what they say; `typed-wrong` for faulty lines. */
export async function readGiven(text: string): Promise<UnderstoodLink | 'typed-wrong' | undefined> {
  const link = understandLink(text)
  if (link?.kind !== 'typed') return link
  const read = (await load()).readTypedText(text)
  return read === undefined || 'payload' in read ? read : 'typed-wrong'
}

/** "Skriv av koden": the lines to type, brought when they are wanted, or when pasted lines hold a fault. */
export function TypedEntry(props: {
  faulty: string | undefined
  onText: (text: string) => void
  isBusy: boolean
}) {
  const { t } = useTranslation()
  const { faulty } = props
  const [Code, setCode] = useState<{ Form: typeof TypedCode }>()
  const [isFailed, setFailed] = useState(false)
  const open = () =>
    void load().then(
      ({ default: Form }) => setCode({ Form }),
      () => setFailed(true),
    )
  useEffect(() => {
    if (faulty !== undefined) open()
  }, [faulty])
  if (Code === undefined)
    return (
      <>
        <button type="button" className="button is-wide" onClick={open}>
          {t('join.typed')}
        </button>
        {isFailed && <p role="status">{t('join.error.unreachable')}</p>}
      </>
    )
  const form: ComponentProps<typeof TypedCode> = {
    start: faulty,
    onWhole: props.onText,
    isBusy: props.isBusy,
  }
  return <Code.Form key={faulty} {...form} />
}
