import type { ReactNode } from 'react'
import { useTranslation } from '#app/ui/translation.tsx'
import type { DocumentOf } from '#domain/schema/document.ts'
import { DocumentRows } from './routine-rows.tsx'
import { Day, useDuration } from './when.tsx'
import { Lines, ProseWords, useDocuments, Words } from './words.tsx'

/** An exercise: what has happened, and what the leader says when. */
export function ExerciseView({ document }: { document: DocumentOf<'exercise'> }) {
  const { t } = useTranslation()
  const { index } = useDocuments()
  const duration = useDuration()
  const exercise = document.body
  const uses = exercise.uses.flatMap((name) => index.get(name) ?? [])
  return (
    <div className="wide">
      <div>
        <Part title={t('exercise.scenario')}>
          <div className="must">
            <ProseWords of={exercise} field="scenario" />
          </div>
        </Part>
        {exercise.injects.length > 0 && (
          <Part title={t('exercise.injects')}>
            <ol className="timeline">
              {exercise.injects.map((inject, at) => (
                <li key={at}>
                  <b>{t('plan.after', { time: duration(inject.after) })}</b>
                  <ProseWords of={inject} field="text" />
                  {inject.expected !== undefined && (
                    <div className="expected">
                      <span className="meta">{t('exercise.expected')}:</span>
                      <ProseWords of={inject} field="expected" />
                    </div>
                  )}
                </li>
              ))}
            </ol>
          </Part>
        )}
        {exercise.questions.length > 0 && (
          <Part title={t('exercise.questions')}>
            <Lines of={exercise} field="questions" />
          </Part>
        )}
      </div>
      <div className="aside">
        <Part title={t('exercise.purpose')}>
          <ProseWords of={exercise} field="purpose" />
          <p className="meta">
            {t('exercise.length')} {duration(exercise.length)}
          </p>
        </Part>
        <Part title={t('exercise.participants')}>
          <Lines of={exercise} field="participants" />
        </Part>
        {exercise.preparation.length > 0 && (
          <Part title={t('exercise.preparation')}>
            <Lines of={exercise} field="preparation" />
          </Part>
        )}
        {uses.length > 0 && (
          <Part title={t('exercise.uses')}>
            <DocumentRows documents={uses} />
          </Part>
        )}
        {exercise.log.length > 0 && (
          <Part title={t('exercise.log')}>
            <ul className="bullets">
              {exercise.log.map((each, at) => (
                <li key={at}>
                  <Day on={each.on} />, <Words of={each} field="role" />:{' '}
                  <ProseWords of={each} field="result" />
                </li>
              ))}
            </ul>
          </Part>
        )}
      </div>
    </div>
  )
}

function Part(props: { title: string; children: ReactNode }) {
  return (
    <section className="section">
      <h2>{props.title}</h2>
      {props.children}
    </section>
  )
}
