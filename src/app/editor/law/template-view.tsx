import { boxTitles, type LawBlock, type LawBox, type LawTemplate } from './law-template.ts'
import { LawTable } from './law-table.tsx'
import { LawWords } from './law-words.tsx'

/** A template to read, and as it goes on A4. */
export function TemplateView({ template }: { template: LawTemplate }) {
  const fill = Object.entries(template.fill)
  return (
    <article className="law" lang="sv">
      <Box box={template.box} />
      {fill.length > 0 && (
        <section>
          <h2>{boxTitles.fill}</h2>
          <ul className="bullets">
            {fill.map(([name, what]) => (
              <li key={name}>
                <LawWords text={`[${name}]`} />: {what}
              </li>
            ))}
          </ul>
        </section>
      )}
      {template.sections.map(({ title, ownPage, blocks }) => (
        <section key={title} className={ownPage === true ? 'is-own-page' : undefined}>
          <h2>{title}</h2>
          {blocks.map((block, index) => (
            <Block key={index} block={block} />
          ))}
        </section>
      ))}
    </article>
  )
}

function Box({ box }: { box: LawBox }) {
  return (
    <section className="law-box">
      <h2>{boxTitles.box}</h2>
      <h3>{boxTitles.verified}</h3>
      <ul className="bullets">
        {box.verified.map(({ what, against }) => (
          <li key={what}>
            {what} <span className="law-source">Källa: {against}.</span>
          </li>
        ))}
      </ul>
      <h3>{boxTitles.unverified}</h3>
      <Lines items={box.unverified} look="bullets" />
      <h3>{boxTitles.lawyer}</h3>
      <Lines items={box.lawyer} look="law-boxes" />
    </section>
  )
}

function Block({ block }: { block: LawBlock }) {
  switch (block.kind) {
    case 'text':
      return (
        <p>
          <LawWords text={block.text} />
        </p>
      )
    case 'list':
      return <Lines items={block.items} look="bullets" />
    case 'boxes':
      return <Lines items={block.items} look="law-boxes" />
    case 'steps':
      return (
        <ol className="law-steps">
          {block.items.map((item) => (
            <li key={item}>
              <LawWords text={item} />
            </li>
          ))}
        </ol>
      )
    case 'table':
      return <LawTable head={block.head} rows={block.rows} />
    case 'fields':
      return (
        <ul className="law-fields">
          {block.fields.map(({ label, lines = 1 }) => (
            <li key={label}>
              <LawWords text={label} />
              {Array.from({ length: lines }, (_, line) => (
                <span key={line} className="law-line" />
              ))}
            </li>
          ))}
        </ul>
      )
  }
}

function Lines({ items, look }: { items: readonly string[]; look: string }) {
  return (
    <ul className={look}>
      {items.map((item) => (
        <li key={item}>
          <LawWords text={item} />
        </li>
      ))}
    </ul>
  )
}
