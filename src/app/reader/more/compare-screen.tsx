import { useEffect, useId, useRef, useState } from 'react'
import { versionCode } from '#release/version-code.ts'
import { useTranslation } from '#app/ui/translation.tsx'
import { CameraScanner } from '#app/ui/camera-scanner.tsx'
import { Fold } from '#app/ui/fold.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import type { Place } from '../place.ts'
import { readCode, spellCode } from './version-words.ts'
import { useMoreText } from './use-more-text.ts'

interface Held {
  department: string
  title: string
  role: string
  code: string
}

/** The code of what is on this phone, to read aloud; and whether another one's is the same. */
export function CompareScreen({ place }: { place: Place }) {
  const { t } = useTranslation()
  const text = useMoreText()
  const held = place.all.flatMap(({ department, title, release }): Held[] =>
    release === undefined
      ? []
      : [{ department, title, role: release.publishedBy, code: versionCode(release.head) }],
  )
  return (
    <Page
      name={text('compareTitle')}
      title={text('compareTitle')}
      lead={text('compareLead')}
      back={{ href: `#${place.home}`, text: t('frame.start') }}
    >
      <div className="wide">
        <div className="stack">
          {held.length === 0 && <p>{text('none')}</p>}
          {held.map((each) => (
            <CodeCard key={each.department} held={each} />
          ))}
        </div>
        <div className="aside">{held.length > 0 && <OtherCode held={held} />}</div>
      </div>
    </Page>
  )
}

function CodeCard({ held }: { held: Held }) {
  const text = useMoreText()
  return (
    <section className="card is-padded stack-small">
      <h2 lang="sv">{held.title}</h2>
      <p>
        <b className="number version-code">{held.code}</b>
      </p>
      <Fold name={`spelled-${held.department}`} title={text('spelled')}>
        <div className="stack">
          {held.code.split('-').map((part) => (
            <p key={part}>
              {spellCode(part)
                .map(({ letter, word }) =>
                  word === undefined ? letter : text('spelledAs', { letter, word }),
                )
                .join(', ')}
            </p>
          ))}
          <Picture code={held.code} />
        </div>
      </Fold>
    </section>
  )
}

/** For another phone's camera. Without the script that draws it, there is still the code itself. */
function Picture({ code }: { code: string }) {
  const text = useMoreText()
  const [drawn, setDrawn] = useState<{ path: string; side: number }>()
  useEffect(() => {
    import('#app/ui/draw-code.ts').then(
      ({ drawCode }) => setDrawn(drawCode(code)),
      () => undefined,
    )
  }, [code])
  if (drawn === undefined) return null
  return (
    <svg
      className="code-picture"
      viewBox={`0 0 ${drawn.side} ${drawn.side}`}
      role="img"
      aria-label={text('picture')}
    >
      <path d={`M0 0h${drawn.side}v${drawn.side}H0z`} fill="#fff" />
      <path d={drawn.path} fill="#000" />
    </svg>
  )
}

type Outcome = { kind: 'same' | 'differs'; title: string } | { kind: 'short' }

function OtherCode({ held }: { held: readonly Held[] }) {
  const { t } = useTranslation()
  const text = useMoreText()
  const id = useId()
  const [written, setWritten] = useState('')
  const [isScanning, setScanning] = useState(false)
  const [outcome, setOutcome] = useState<Outcome>()
  const said = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (outcome !== undefined) said.current?.scrollIntoView({ block: 'center' })
  }, [outcome])
  const compare = (given: string) => {
    const code = readCode(given)
    const same = held.filter((each) => each.code === code).map(({ title }) => title)
    if (code === undefined) setOutcome({ kind: 'short' })
    else setOutcome({ kind: same.length > 0 ? 'same' : 'differs', title: same.join(', ') })
  }
  const roles = [...new Set(held.map(({ role }) => role))].join(' / ')
  return (
    <div className="stack">
      {isScanning ? (
        <CameraScanner
          onFound={(found) => {
            setScanning(false)
            setWritten(found)
            compare(found)
          }}
          onFailed={() => setScanning(false)}
          onClose={() => setScanning(false)}
        />
      ) : (
        <form
          className="card is-padded field"
          onSubmit={(event) => {
            event.preventDefault()
            compare(written)
          }}
        >
          <label htmlFor={id}>{text('other')}</label>
          <input
            id={id}
            className="input number"
            autoCapitalize="characters"
            autoComplete="off"
            spellCheck={false}
            aria-describedby={`${id}-help`}
            value={written}
            onChange={(event) => {
              setWritten(event.currentTarget.value)
              setOutcome(undefined)
            }}
          />
          <p className="meta" id={`${id}-help`}>
            {text('otherHelp')}
          </p>
          <div className="buttons">
            <button type="submit" className="button is-main" disabled={written.trim() === ''}>
              {text('compare')}
            </button>
            {'mediaDevices' in navigator && (
              <button type="button" className="button" onClick={() => setScanning(true)}>
                <Icon name="camera" />
                {text('scan')}
              </button>
            )}
          </div>
        </form>
      )}
      <div ref={said}>
        {outcome?.kind === 'short' && <Notice kind="warning" title={text('short')} announce />}
        {outcome?.kind === 'same' && (
          <Notice kind="good" title={text('same', { title: outcome.title })} announce />
        )}
        {outcome?.kind === 'differs' && (
          <Notice kind="stop" title={text('differs')} announce>
            <p>{text('differsText', { role: roles })}</p>
            <div className="buttons">
              <a className="button" href="#/contacts">
                {t('contacts.title')}
              </a>
            </div>
          </Notice>
        )}
      </div>
    </div>
  )
}
