import { useId, useState, type ReactNode } from 'react'
import { CameraScanner } from './camera-scanner.tsx'
import { Icon } from './icon.tsx'
import { Notice } from './notice.tsx'
import { readPhoto } from './scan-code.ts'
import { useTranslation } from './translation.tsx'

/** Every way to give a code: camera, photo, paste or type. None of them needs another. */
export function CodeWays(props: {
  /** Of the text field. */
  name: string
  label: string
  help: string
  /** Of the button that uses it; by default "Använd inbjudan". */
  button?: string
  /** Uses what was given. Gives a code when it fails, for `errorText`. */
  onText: (text: string) => Promise<string | undefined>
  errorText: (code: string) => string
  /** Below: further ways, which use the same. */
  more?: (use: (text: string) => Promise<void>, isBusy: boolean) => ReactNode
}) {
  const { t } = useTranslation()
  const id = useId()
  const [text, setText] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [isScanning, setScanning] = useState(false)
  const [problem, setProblem] = useState<string>()
  const use = async (given: string) => {
    setBusy(true)
    setProblem(undefined)
    setProblem(await props.onText(given))
    setBusy(false)
  }
  const paste = async () => {
    try {
      const pasted = await navigator.clipboard.readText()
      setText(pasted)
      await use(pasted)
    } catch {
      setProblem('clipboard')
    }
  }
  const photo = async (file: File | undefined) => {
    if (file === undefined) return
    setBusy(true)
    const found = await readPhoto(file)
    setBusy(false)
    if (found === undefined) setProblem('no-code')
    else await use(found)
  }
  return (
    <div className="stack" data-needs-script="">
      {problem !== undefined && <Notice kind="warning" title={props.errorText(problem)} announce />}
      {isScanning ? (
        <CameraScanner
          onFound={(found) => {
            setScanning(false)
            void use(found)
          }}
          onFailed={() => {
            setScanning(false)
            setProblem('no-camera')
          }}
          onClose={() => setScanning(false)}
        />
      ) : (
        <div className="ways">
          {'mediaDevices' in navigator && (
            <button type="button" className="way" onClick={() => setScanning(true)}>
              <Icon name="camera" />
              {t('join.scan')}
            </button>
          )}
          <label className="way">
            <Icon name="picture" />
            {t('join.photo')}
            <input
              type="file"
              accept="image/*"
              className="visually-hidden"
              onChange={(event) => {
                void photo(event.currentTarget.files?.[0])
                event.currentTarget.value = ''
              }}
            />
          </label>
        </div>
      )}
      <form
        className="card is-padded field"
        onSubmit={(event) => {
          event.preventDefault()
          void use(text)
        }}
      >
        <label htmlFor={id}>{props.label}</label>
        <textarea
          id={id}
          className="input"
          name={props.name}
          aria-describedby={`${id}-help`}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <p className="meta" id={`${id}-help`}>
          {props.help}
        </p>
        <div className="buttons">
          {text.trim() === '' && 'clipboard' in navigator ? (
            <button type="button" className="button is-main" onClick={() => void paste()}>
              {t('join.pasteButton')}
            </button>
          ) : (
            <button
              type="submit"
              className="button is-main"
              disabled={isBusy || text.trim() === ''}
            >
              {isBusy ? t('join.checking') : (props.button ?? t('join.use'))}
            </button>
          )}
        </div>
      </form>
      {props.more?.(use, isBusy)}
    </div>
  )
}
