import { useTranslation } from '#app/ui/translation.tsx'
import type { PhoneTree, Position } from '#domain/schema/phone-tree.ts'
import type { TreeDescription } from '#domain/phone-tree/describe-tree.ts'
import { smsAddress } from '#domain/phone-number.ts'
import { Fold } from '#app/ui/fold.tsx'
import { PositionNumbers, usePositionNumbers } from './position-numbers.tsx'
import { dial } from './contact-call.tsx'
import { Words } from './words.tsx'

/** Who one is tonight, and who calls one: what shows at once that the choice was taken. */
export function YouAre(props: { tree: PhoneTree; description: TreeDescription; me: Position }) {
  const { t } = useTranslation()
  const callerId = props.description.callerById.get(props.me.id)
  const caller = props.tree.positions.find(({ id }) => id === callerId)
  return (
    <p className="you-are" role="status">
      {t('tree.youAre', { position: props.me.title })}{' '}
      {caller === undefined ? t('tree.youStart') : t('tree.callsYou', { position: caller.title })}
    </p>
  )
}

/** The calls of one position: whom it calls in which order, and what to do when nobody answers. */
export function OwnCalls(props: { tree: PhoneTree; me: Position }) {
  const { t } = useTranslation()
  const { tree, me } = props
  const byId = new Map(tree.positions.map((position) => [position.id, position]))
  const start = byId.get(tree.start)
  const calls = me.calls.flatMap((id) => byId.get(id) ?? [])
  const callBack = start !== undefined && start.id !== me.id && (
    <section className="count is-solid">
      <p>
        {t(calls.length === 0 ? 'tree.youCallNobodyText' : 'tree.done', { position: start.title })}
      </p>
      <PositionNumbers position={start} look="buttons" />
    </section>
  )
  return (
    <section aria-labelledby="own-calls">
      <h2 id="own-calls">
        {calls.length === 0 ? t('tree.youCallNobody') : t('tree.youCall', { count: calls.length })}
      </h2>
      {calls.length > 0 && (
        <ol className="card rows own-calls">
          {calls.map((position, index) => (
            <li className="person" key={position.id}>
              <h3>
                <span className="own-number">{index + 1}</span>
                <span>
                  <Words of={position} field="title" />
                  {position.name !== undefined && <span className="meta"> {position.name}</span>}
                </span>
              </h3>
              {position.unit !== undefined && (
                <p className="meta">
                  <Words of={position} field="unit" />
                </p>
              )}
              <PositionNumbers position={position} look="buttons" />
              <NoAnswer position={position} byId={byId} />
            </li>
          ))}
        </ol>
      )}
      {callBack}
    </section>
  )
}

/** In this order: second number, text message, deputy, take over their calls (DOMAIN, phone tree). */
function NoAnswer(props: { position: Position; byId: Map<string, Position> }) {
  const { t } = useTranslation()
  const { position, byId } = props
  const { number, second } = usePositionNumbers()(position)
  const deputy = position.deputy === undefined ? undefined : byId.get(position.deputy)
  const theirs = position.calls.flatMap((id) => byId.get(id) ?? [])
  return (
    <div className="no-answer">
      <Fold name={`no-answer-${position.id}`} title={t('tree.noAnswer')}>
        <ol className="numbered">
          {second !== undefined && <li>{t('tree.noAnswerSecond')}</li>}
          {number !== undefined && dial(number) !== undefined && (
            <li>
              <a className="button" href={smsAddress(number)}>
                {t('tree.noAnswerSms')}
              </a>
            </li>
          )}
          {deputy !== undefined && (
            <li>
              {t('tree.noAnswerDeputy', { position: deputy.title })}
              <PositionNumbers position={deputy} look="buttons" />
            </li>
          )}
          {theirs.length > 0 && (
            <li>
              {t('tree.noAnswerTakeOver', { position: position.title })}
              <ul className="take-over">
                {theirs.map((each) => (
                  <li key={each.id}>
                    <Words of={each} field="title" />
                    <PositionNumbers position={each} look="line" />
                  </li>
                ))}
              </ul>
            </li>
          )}
        </ol>
      </Fold>
    </div>
  )
}
