import { useEffect } from 'react'
import type { KeyCopyPage } from '#paper/key-copy.ts'
import { Icon } from '#app/ui/icon.tsx'
import { TypedLines } from './invite-sheet.tsx'
import { PaperCode } from './paper-code.tsx'
import { adoptPaperStyles } from './paper-styles.ts'
import { usePaperTexts } from './paper-texts.ts'

/**
 * Paper copies of keys, as they will be printed, one key a sheet. For the ceremony and for the coordinator's
 * "Skriv ut": whoever shows it makes the pages with `keyCopyPages` and takes it off the screen afterwards.
 */
export function PaperKeyCopy(props: {
  pages: readonly KeyCopyPage[]
  /** Called when the print dialog was closed; whether something came out only a person can say. */
  onPrinted?: () => void
}) {
  const { texts } = usePaperTexts()
  useEffect(adoptPaperStyles, [])
  const { onPrinted } = props
  return (
    <div className="paper-page stack">
      <div className="paper-tools">
        <button
          type="button"
          className="button is-main"
          onClick={() => {
            window.print()
            onPrinted?.()
          }}
        >
          <Icon name="print" />
          {texts.keyCopy.print}
        </button>
        <p className="meta">{texts.keyCopy.screenLead}</p>
      </div>
      {props.pages.map((page) => (
        <KeySheet key={page.code} page={page} />
      ))}
    </div>
  )
}

function KeySheet({ page }: { page: KeyCopyPage }) {
  return (
    <article className="paper-sheet key-copy">
      <div className="key-copy-body">
        <header>
          <p>{page.organisation}</p>
          <h2>{page.title}</h2>
          <p className="key-copy-secret">{page.secret}</p>
        </header>
        <div className="key-copy-top">
          <PaperCode text={page.code} label={page.codeLabel} />
          <section>
            <h3>{page.wordsTitle}</h3>
            <ol className="poster-words" lang="sv">
              {page.words.map((word, index) => (
                <li key={index}>{word}</li>
              ))}
            </ol>
            <dl>
              {page.facts.map(({ name, value }) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </section>
        </div>
        <section>
          <h3>{page.typedTitle}</h3>
          <p>{page.typedHelp}</p>
          <TypedLines lines={page.typed} />
        </section>
        <div className="key-copy-sections">
          {page.sections.map(({ title, lines }) => (
            <section key={title}>
              <h3>{title}</h3>
              <ul>
                {lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </section>
          ))}
        </div>
        <section className="key-copy-sign">
          <h3>{page.signTitle}</h3>
          {page.sign.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </section>
        <footer>{page.foot}</footer>
      </div>
    </article>
  )
}
