import { useMemo } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from '#app/ui/translation.tsx'
import { useEditor } from '../editor-parts.ts'
import { fieldName, type Place } from './place.ts'

export type WriteText = TFunction<'write'>

/** The texts of the pages where plans are written, in the language chosen. */
export function useWriteText(): WriteText {
  const { i18n } = useEditor()
  // Another `t` for another language: what hangs on it is drawn again.
  const { t } = useTranslation()
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => i18n.getFixedT(null, 'write'), [i18n, t])
}

/** What fields, their values and their parts are called: texts whose keys are made of names in the schema. */
export interface FieldNames {
  /** Of a kind, or of a step wherever steps stand. */
  label: (kind: string, place: Place) => string
  /** What a good answer looks like; undefined where nothing is said of it. */
  help: (kind: string, place: Place) => string | undefined
  /** One of the values a field can have; the value itself for one that this version does not know. */
  value: (field: string, value: string) => string
  /** What adds one more to a list. */
  add: (field: string) => string
}

export function useFieldNames(): FieldNames {
  const { i18n } = useEditor()
  const t = useWriteText()
  return useMemo(() => {
    const known = (key: string) =>
      i18n.exists(key, { ns: 'write' }) ? (t(key as 'label.step.text') as string) : undefined
    return {
      label: (kind, place) => {
        const name = fieldName(place)
        const [field = ''] = name.split('/').slice(-1)
        // Steps and phases are called the same wherever they stand.
        return known(`label.${kind}.${name}`) ?? known(`label.phase.${field}`) ?? known(`label.step.${field}`) ?? field // prettier-ignore
      },
      help: (kind, place) => known(`help.${kind}.${fieldName(place)}`),
      value: (field, value) => known(`value.${field}.${value}`) ?? value,
      add: (field) => known(`list.${field}`) ?? t('list.other'),
    }
  }, [i18n, t])
}
