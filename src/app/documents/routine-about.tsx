import { useTranslation } from '#app/ui/translation.tsx'
import type { Routine } from '#domain/schema/routine.ts'
import { Icon } from '#app/ui/icon.tsx'
import { Fold } from '#app/ui/fold.tsx'
import { SourceList } from './source-list.tsx'
import { Day } from './when.tsx'
import { ProseWords, useDocuments, useSwedish, Words } from './words.tsx'

/** Who approved it, when it was last read through, what it rests on. */
export function RoutineAbout({ routine }: { routine: Routine }) {
  const { t } = useTranslation()
  const { index } = useDocuments()
  const swedish = useSwedish()
  const systems = routine.systems.flatMap((id) => index.system(id) ?? [])
  return (
    <section className="section about">
      {routine.approval !== undefined && (
        <p className="approval">
          <span className="label kind-phone">
            <Icon name="check" />
            {t('routine.approved', { role: routine.approval.role })}
          </span>{' '}
          <Day on={routine.approval.on} />
        </p>
      )}
      <div className="card">
        <Fold name="about" level={2} title={t('routine.about')}>
          <dl className="facts is-flush">
            <div>
              <dt>{t('routine.for')}</dt>
              <dd>
                <Words of={routine} field="for" />
              </dd>
            </div>
            {systems.length > 0 && (
              <div>
                <dt>{t('routine.systems')}</dt>
                <dd {...swedish}>{systems.map((system) => system.title).join(', ')}</dd>
              </div>
            )}
            {routine.reviewed !== undefined && (
              <div>
                <dt>{t('routine.reviewed')}</dt>
                <dd>
                  <Day on={routine.reviewed.on} />{' '}
                  {t('routine.by', { role: routine.reviewed.role })}
                </dd>
              </div>
            )}
            {routine.nextReview !== undefined && (
              <div>
                <dt>{t('routine.nextReview')}</dt>
                <dd>
                  <Day on={routine.nextReview} />
                </dd>
              </div>
            )}
          </dl>
          {routine.notes !== undefined && <ProseWords of={routine} field="notes" />}
          <SourceList sources={routine.sources} />
        </Fold>
      </div>
    </section>
  )
}
