import { fillText } from '#i18n/fill-text.ts'
import { paperEn } from '#i18n/paper-en.ts'
import { paperSv } from '#i18n/paper-sv.ts'
import type { Poster, PosterPart } from '#paper/poster.ts'
import { TypedLines } from './invite-sheet.tsx'
import { PaperCode } from './paper-code.tsx'

/** The poster drawn: sizes hang on the sheet's width, so that the screen shows what the printer prints. */
export function PosterSheet({ poster, language }: { poster: Poster; language: 'sv' | 'en' }) {
  const texts = language === 'en' ? paperEn.poster : paperSv.poster
  return (
    <article className="paper-sheet poster" lang="sv" translate="no">
      <div className="poster-body">
        <header>
          <p className="poster-organisation">
            {poster.organisation}
            {poster.drill !== undefined && <b className="poster-drill">{poster.drill}</b>}
          </p>
          <h2 className={`is-${poster.size}`}>{poster.department}</h2>
        </header>
        <div className="poster-top">
          <PaperCode
            text={poster.qr}
            label={fillText(texts.qrLabel, { department: poster.department })}
          />
          <section>
            <h3>{poster.wordsTitle}</h3>
            <ol className="poster-words">
              {poster.words.map((word, index) => (
                <li key={index}>{word}</li>
              ))}
            </ol>
            <p className="poster-app">Plan B</p>
            <p className="poster-address">{poster.address}</p>
          </section>
        </div>
        <div className="poster-languages">
          {poster.languages.map((part) => (
            <Part key={part.lang} part={part} />
          ))}
        </div>
        <section className="poster-typed">
          <h3>{poster.typedTitle}</h3>
          <TypedLines lines={poster.typed} />
        </section>
        <footer>
          <span>{poster.ends}</span> <span>{poster.foot}</span>
        </footer>
      </div>
    </article>
  )
}

function Part({ part }: { part: PosterPart }) {
  return (
    <section lang={part.lang} dir={part.dir}>
      <h3>
        {part.title} <small>{part.name}</small>
      </h3>
      <Steps title="iPhone" steps={part.iphone} />
      <Steps title="Android" steps={part.android} />
      <p>
        {part.words} {part.noCamera}
      </p>
    </section>
  )
}

function Steps({ title, steps }: { title: string; steps: readonly string[] }) {
  return (
    <div className="poster-steps">
      <h4>{title}</h4>
      <ol>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </div>
  )
}
