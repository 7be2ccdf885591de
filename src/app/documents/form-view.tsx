import { useTranslation } from '#app/ui/translation.tsx'
import { documentName, type DocumentOf } from '#domain/schema/document.ts'
import type { Form, FormField } from '#domain/schema/form.ts'
import { phaseNames } from '#domain/schema/routine.ts'
import { Icon } from '#app/ui/icon.tsx'
import { InlineText } from '#app/ui/inline-text.tsx'
import { plainText } from '#app/ui/parse-inline.ts'
import { Fold } from '#app/ui/fold.tsx'
import { Fact, Facts } from './facts.tsx'
import { RoutineRows } from './routine-rows.tsx'
import { SourceList } from './source-list.tsx'
import { translatedLines } from './translated-text.ts'
import { useDuration } from './when.tsx'
import { Lines, ProseWords, useDocuments, Words } from './words.tsx'

/** A paper form: where the blank ones lie first, then how it looks, then what happens to it. */
export function FormView({ document }: { document: DocumentOf<'form'> }) {
  const { t } = useTranslation()
  const form = document.body
  return (
    <div className="wide form-page">
      <div className="stack">
        <section className="kept">
          <Icon name="pin" />
          <div>
            <h2>{t('form.kept')}</h2>
            <p>
              <Words of={form} field="kept" />
            </p>
          </div>
        </section>
        {form.notes !== undefined && <ProseWords of={form} field="notes" />}
        <section className="section">
          <h2>{t('form.fields')}</h2>
          <Sheet form={form} />
        </section>
      </div>
      <div className="aside stack">
        <div className="card">
          <Fold name="by-hand" level={2} title={t('form.copyByHand')}>
            <p className="meta">{t('form.copyByHandText')}</p>
            <ByHand form={form} />
          </Fold>
        </div>
        <Afterwards form={form} />
      </div>
      <div>
        <UsedIn name={documentName(document)} />
        <SourceList sources={form.sources} />
      </div>
    </div>
  )
}

/** A table of more columns than this is printed on the paper turned on its side. */
const mostUprightColumns = 6

/** The sheet as it looks, so that the right one is taken, and can be drawn by hand. */
function Sheet({ form }: { form: Form }) {
  const { t } = useTranslation()
  const isWide = form.fields.some(({ columns = [] }) => columns.length > mostUprightColumns)
  return (
    <div className={`sheet${isWide ? ' is-wide' : ''}`}>
      <p className="sheet-title">
        <Words of={form} field="title" />
        <span className="number">{form.serialPrefix}-…</span>
      </p>
      <p className="meta">{t('form.always')}</p>
      <ul className="sheet-always">
        {t('form.alwaysFields')
          .split('|')
          .map((each) => (
            <li key={each}>
              {each}
              <span className="sheet-line on-paper" aria-hidden="true" />
            </li>
          ))}
      </ul>
      <ul className="sheet-fields">
        {form.fields.map((field, index) => (
          <li key={index} className={`is-${field.type}`}>
            <Field field={field} />
          </li>
        ))}
      </ul>
      <p className="on-paper sheet-foot">
        {t('form.collected')}: <Words of={form.collected} field="by" />.{' '}
        <Words of={form.collected} field="when" />
      </p>
    </div>
  )
}

function Field({ field }: { field: FormField }) {
  const { t } = useTranslation()
  const rows = field.rows === undefined ? '' : `, ${t('form.rows', { count: field.rows })}`
  return (
    <>
      <p>
        {field.type === 'check' && <span className="sheet-box" aria-hidden="true" />}
        <b>
          <Words of={field} field="label" />
        </b>{' '}
        <span className="meta">
          {t(`form.fieldType.${field.type}`)}
          {rows}
        </span>
      </p>
      {field.help !== undefined && (
        <p className="meta">
          <Words of={field} field="help" />
        </p>
      )}
      {field.options !== undefined && (
        <Lines of={field} field="options" className="sheet-options" />
      )}
      {field.columns !== undefined && (
        <>
          <Lines of={field} field="columns" className="sheet-columns" />
          <EmptyTable field={field} />
        </>
      )}
      {field.type === 'lines' && <EmptyLines count={field.rows ?? 3} />}
      {field.columns === undefined && field.type !== 'check' && field.options === undefined && (
        <span
          className={`sheet-line${field.type === 'lines' ? ' is-tall' : ''}`}
          aria-hidden="true"
        />
      )}
    </>
  )
}

/** Rows to write in, on paper only: on the screen the headings say what is asked for. */
function EmptyTable({ field }: { field: FormField }) {
  const { language } = useDocuments()
  const columns = translatedLines(field, 'columns', language)
  const rows = Array.from({ length: field.rows ?? 5 }, (_, row) => row)
  return (
    <table className="on-paper sheet-table">
      <thead>
        <tr>
          {columns.map((column, index) => (
            <th key={index} scope="col" lang={column.language}>
              {plainText(column.text)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row}>
            {columns.map((_, index) => (
              <td key={index}>{'\u00a0'}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function EmptyLines({ count }: { count: number }) {
  return (
    <span className="on-paper" aria-hidden="true">
      {Array.from({ length: count }, (_, line) => (
        <span className="sheet-line" key={line} />
      ))}
    </span>
  )
}

/** How to draw it; the plans number these lines themselves, or not. */
function ByHand({ form }: { form: Form }) {
  const { language } = useDocuments()
  return (
    <ol className="numbered">
      {translatedLines(form, 'copyByHand', language).map((line, index) => (
        <li key={index} lang={line.language === language ? undefined : line.language}>
          <InlineText>{line.text.replace(/^\d+[.)]\s+/, '')}</InlineText>
        </li>
      ))}
    </ol>
  )
}

function Afterwards({ form }: { form: Form }) {
  const { t } = useTranslation()
  const duration = useDuration()
  const { entered } = form
  return (
    <div className="card">
      <Facts>
        <Fact name={t('form.replaces')}>
          <Words of={form} field="replaces" />
        </Fact>
        <Fact name={t('form.record')}>{t(`form.recordKind.${form.record}`)}</Fact>
        <Fact name={t('form.collected')}>
          <Words of={form.collected} field="by" />. <Words of={form.collected} field="when" />
        </Fact>
        <Fact name={t('form.entered')}>
          <Words of={entered} field="into" />. {t('form.enteredBy')}{' '}
          <Words of={entered} field="by" />
          {entered.within !== undefined && (
            <>. {t('form.within', { time: duration(entered.within) })}</>
          )}
          .
        </Fact>
        <Fact name={t('form.checkedBy')}>
          <Words of={entered} field="checkedBy" />
        </Fact>
        <Fact name={t('form.retention')}>
          <Words of={form} field="retention" />
        </Fact>
        <Fact name={t('form.copies')}>{form.copies}</Fact>
        <Fact name={t('form.serial')}>
          <span className="number">{form.serialPrefix}</span>
        </Fact>
      </Facts>
    </div>
  )
}

function UsedIn({ name }: { name: string }) {
  const { t } = useTranslation()
  const { index } = useDocuments()
  const routines = index
    .ofKind('routine')
    .filter(({ body }) =>
      [...phaseNames.flatMap((phase) => body.phases[phase]?.steps ?? []), ...body.return].some(
        (step) => step.form === name,
      ),
    )
  if (routines.length === 0) return null
  return (
    <section className="section">
      <h2>{t('form.usedIn')}</h2>
      <RoutineRows routines={routines} />
    </section>
  )
}
