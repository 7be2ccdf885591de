import { setAt, valueAt } from '#domain/edit/change-at.ts'
import { isPlainObject } from '#domain/schema/walk-schema.ts'
import { translationLanguages } from '#domain/schema/entry.ts'
import { GrowingText } from './growing-text.tsx'
import { pathOf, placeOf, splitPlace, type Place } from './place.ts'
import { useWriteText } from './use-write-text.ts'
import { useAt, useWriting } from './write-context.ts'

/**
 * The text at a place in the languages it is published in. A translation goes when the Swedish text changes,
 * so that nobody is shown a translation of something else: here it is written anew. Shown where that has
 * happened, and everywhere when asked for.
 */
export function Translations({ place }: { place: Place }) {
  const t = useWriteText()
  const { editing, showsTranslations } = useWriting()
  const { outer, last } = splitPlace(place)
  // A line of a list has its translation beside the list, at the same number.
  const isLine = /^\d+$/.test(last)
  const list = isLine ? splitPlace(outer) : undefined
  const holder = pathOf(list?.outer ?? outer)
  const field = list === undefined ? [last] : [list.last, Number(last)]
  const now = useAt(placeOf([...holder, 'translations']))
  const published = valueAt(editing.base()?.body, [...holder, 'translations'])
  const names = {
    en: t('field.translation'),
    fi: t('field.translationFi'),
    ar: t('field.translationAr'),
  }
  return translationLanguages.map((language) => {
    const text = valueAt(now, [language, ...field])
    // A list's lines may have moved since: then what stood at this number was another's.
    const old = isLine ? undefined : valueAt(published, [language, ...field])
    const isHere = typeof text === 'string' && text !== ''
    const isGone = !isHere && (typeof old === 'string' || (isLine && typeof text === 'string'))
    if (!(isGone || (showsTranslations && isHere))) return null
    const path = [...holder, 'translations', language, ...field]
    return (
      <div className="write-translation" key={language}>
        <span className="meta" aria-hidden="true">
          {names[language]}
        </span>
        <GrowingText
          place={placeOf(path)}
          value={isHere ? text : ''}
          label={names[language]}
          lang={language}
          several={false}
          placeholder={typeof old === 'string' ? t('field.translationGone', { text: old }) : ''}
          onText={(next) =>
            editing.change(
              (body) => setAt(body, path, next === '' && !isLine ? undefined : next),
              placeOf(path),
            )
          }
        />
      </div>
    )
  })
}

/** Whether a body has texts in another language. */
export function isTranslated(body: unknown): boolean {
  if (Array.isArray(body)) return body.some(isTranslated)
  return isPlainObject(body) && ('translations' in body || Object.values(body).some(isTranslated))
}
