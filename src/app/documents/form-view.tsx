import { useTranslation } from '#app/ui/translation.tsx'
import { documentName, type DocumentOf } from '#domain/schema/document.ts'
import type { Form, FormField } from '#domain/schema/form.ts'
import { phaseNames } from '#domain/schema/routine.ts'
import { Icon } from '#app/ui/icon.tsx'
import { Fold } from '#app/ui/fold.tsx'
import { Fact, Facts } from './facts.tsx'
import { RoutineRows } from './routine-rows.tsx'
import { SourceList } from './source-list.tsx'
import { useDuration } from './when.tsx'
import { Lines, ProseWords, useDocuments, Words } from './words.tsx'

/** A paper form: where the blank ones lie first, then how it looks, then what happens to it. */
export function FormView({ document }: { document: DocumentOf<'form'> }) {
  const { t } = useTranslation()
  const form = document.body
  return (
    <div className="wide">
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
            <Lines of={form} field="copyByHand" className="numbered" />
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

/** The sheet as it looks, so that the right one is taken, and can be drawn by hand. */
function Sheet({ form }: { form: Form }) {
  const { t } = useTranslation()
  return (
    <div className="sheet">
      <p className="sheet-title">
        <Words of={form} field="title" />
        <span className="number">{form.serialPrefix}-…</span>
      </p>
      <p className="meta">{t('form.always')}</p>
      <ul className="sheet-always">
        {t('form.alwaysFields')
          .split('|')
          .map((each) => (
            <li key={each}>{each}</li>
          ))}
      </ul>
      <ul className="sheet-fields">
        {form.fields.map((field, index) => (
          <li key={index}>
            <Field field={field} />
          </li>
        ))}
      </ul>
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
        <Lines of={field} field="columns" className="sheet-columns" />
      )}
      {field.columns === undefined && field.type !== 'check' && field.options === undefined && (
        <span
          className={`sheet-line${field.type === 'lines' ? ' is-tall' : ''}`}
          aria-hidden="true"
        />
      )}
    </>
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
          <Words of={entered} field="into" />. {t('form.by')} <Words of={entered} field="by" />
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
