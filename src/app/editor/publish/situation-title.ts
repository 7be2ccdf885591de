import type { SituationBody } from './situation-body.ts'
import type { ManageText } from './use-manage-text.ts'

/** A title from what was chosen, so that nobody has to think of one in the first minute. */
export function situationTitle({ items, drill }: SituationBody, t: ManageText): string {
  const named = (state: 'down' | 'partly' | 'works') =>
    items.filter((item) => item.state === state).map(({ title }) => title)
  const [system = '', other = '', ...more] = named('down')
  const [halting] = named('partly')
  const title =
    more.length > 0
      ? t('situation.manyDown', { system, other })
      : other !== ''
        ? t('situation.twoDown', { system, other })
        : system !== ''
          ? t('situation.oneDown', { system })
          : halting !== undefined
            ? t('situation.onePartly', { system: halting })
            : items.length > 0
              ? t('situation.allWork')
              : t('situation.usual')
  return drill ? `${t('situation.drillPrefix')} ${title}` : title
}
