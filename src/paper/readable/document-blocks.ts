import { phaseNames } from '#domain/schema/routine.ts'
import { sv } from '#i18n/sv.ts'
import type { Block } from './block.ts'
import {
  titled,
  box,
  text,
  withRole,
  list,
  numbered,
  facts,
  table,
  steps,
  treeTable,
  binder,
  reviewed,
  sources,
  joined,
  signed,
  number,
  day,
  instant,
  duration,
  recordKind,
  fieldType,
  situationState,
} from './make-blocks.ts'
import { readFields, type Fields } from './read-fields.ts'

/** What a reference is called, as a person knows it; with its number where it is one that may be shown. */
export type NameOf = (reference: string) => string

/** The page of one document. Every field that holds something stands on it; what was left out does not. */
export function documentBlocks(kind: string, body: unknown, nameOf: NameOf): Block[] {
  const draw = drawByKind[kind]
  return draw === undefined ? [] : draw(readFields(body), nameOf)
}

const drawByKind: Readonly<Record<string, (fields: Fields, nameOf: NameOf) => Block[]>> = {
  routine: (of, nameOf) => [
    ...facts([sv.routine.for, of.text('for')]),
    ...text([of.text('name'), of.text('summary')].filter(Boolean).join('. ') || undefined),
    ...box('harm', sv.routine.harm, list(of.lines('harm'))),
    ...phaseNames.flatMap((phase) => {
      const inner = of.inner('phases')?.inner(phase)
      if (!inner) return []
      const blocks = [...text(inner.text('note')), ...steps(inner.list('steps'), nameOf)]
      return phase === 'minutes15'
        ? box('first', sv.routine.phase[phase], blocks)
        : titled(sv.routine.phase[phase], blocks)
    }),
    ...box('do', sv.routine.do, list(of.lines('do'))),
    ...box('dont', sv.routine.dont, list(of.lines('dont'))),
    ...box('count', sv.routine.control, list(of.lines('control'))),
    ...titled(
      sv.routine.escalation,
      of
        .list('escalation')
        .flatMap((one) => [
          ...text([one.text('when'), one.text('text')].filter(Boolean).join(': ') || undefined),
          ...list(one.lines('call').map(nameOf)),
        ]),
    ),
    ...titled(sv.routine.return, steps(of.list('return'), nameOf)),
    ...titled(sv.routine.notice, list(of.lines('notice'))),
    ...text(of.text('notes')),
    ...reviewed(of),
    ...(of.is('healthCare') && !of.inner('approval') ? text(sv.routine.notApproved) : []),
    ...sources(of),
  ],
  plan: (of, nameOf) => [
    ...titled(sv.plan.activity, text(of.text('activity'))),
    ...titled(sv.plan.mbco, text(of.text('mbco'))),
    ...facts(
      [sv.plan.owner, of.inner('owner')?.text('role')],
      [sv.plan.deputy, of.inner('owner')?.text('deputy')],
      [sv.plan.decided, signed(of.inner('decided'), 'by')],
      [sv.plan.version, of.text('version')],
      [sv.plan.mtpd, duration(of.text('mtpd'))],
      [sv.plan.rto, duration(of.text('rto'))],
      [sv.plan.rpo, duration(of.text('rpo'))],
    ),
    ...titled(
      sv.plan.consequences,
      table(
        [],
        of
          .list('consequences')
          .map((one) => [
            sv.plan.after.replace('{{time}}', duration(one.text('after')) ?? ''),
            one.text('text') ?? '',
          ]),
      ),
    ),
    ...titled(
      sv.plan.dependencies,
      table(
        [sv.plan.dependency, sv.plan.expected, sv.plan.acceptable],
        of
          .list('dependencies')
          .map((one) => [
            one.text('title') ?? '',
            duration(one.text('expectedOutage')) ?? '',
            duration(one.text('acceptableOutage')) ?? '',
          ]),
      ),
    ),
    ...titled(sv.plan.paused, list(of.lines('paused'))),
    ...titled(sv.plan.leastStaffing, list(of.lines('leastStaffing'))),
    ...titled(sv.plan.activation, [
      ...list(of.inner('activation')?.lines('when') ?? []),
      ...facts([sv.plan.decides, of.inner('activation')?.text('decides')]),
    ]),
    ...titled(sv.plan.routines, list(of.lines('routines').map(nameOf))),
    ...titled(sv.plan.recovery, steps(of.list('recovery'), nameOf)),
    ...titled(sv.plan.return, steps(of.list('return'), nameOf)),
    ...titled(sv.plan.contacts, list(of.lines('contacts').map(nameOf))),
    ...binder(of),
    ...titled(
      sv.plan.exercises,
      table(
        [],
        of
          .list('exercises')
          .map((one) => [
            day(one.text('on')) ?? '',
            one.text('title') ?? '',
            one.text('result') ?? '',
          ]),
      ),
    ),
    ...reviewed(of),
    ...sources(of),
  ],
  contacts: (of) => [
    ...facts([sv.contacts.checked, signed(of.inner('checked'), 'role')]),
    ...table(
      [],
      of
        .list('contacts')
        .map((one) => [
          one.text('title') ?? '',
          [number(one.text('number')), number(one.text('second'))].filter(Boolean).join(', '),
          [one.text('for'), one.text('hours'), one.text('organisation'), one.text('address')]
            .filter(Boolean)
            .join('. '),
        ]),
    ),
  ],
  'phone-tree': (of, nameOf) => [
    ...titled(sv.tree.purpose, text(of.text('purpose'))),
    ...titled(sv.tree.say, text(of.text('script'))),
    ...titled(sv.tree.sayDrill, text(of.text('drillScript'))),
    ...(of.is('voluntary') ? text(sv.tree.voluntary) : []),
    ...titled(sv.tree.mayStart, list(of.lines('mayStart'))),
    ...facts(
      [sv.tree.hours, joined(of, 'hours', 'unit')],
      [sv.tree.checked, signed(of.inner('checked'), 'role')],
    ),
    ...titled(sv.tree.whole, treeTable(of.list('positions'), nameOf)),
    ...titled(
      sv.tree.drills,
      table(
        [],
        of.list('drills').map((one) => [day(one.text('on')) ?? '', one.text('result') ?? '']),
      ),
    ),
  ],
  form: (of) => [
    ...text(of.text('summary')),
    ...facts(
      [sv.form.replaces, of.text('replaces')],
      [sv.form.kept, of.text('kept')],
      [sv.form.record, recordKind(of.text('record'))],
      [sv.form.collected, joined(of.inner('collected'), 'by', 'when')],
      [sv.form.entered, joined(of.inner('entered'), 'into', 'by')],
      [sv.form.checkedBy, of.inner('entered')?.text('checkedBy')],
      [sv.form.retention, of.text('retention')],
      [sv.form.serial, of.text('serialPrefix')],
    ),
    ...titled(sv.form.always, list(sv.form.alwaysFields.split('|'))),
    ...titled(
      sv.form.fields,
      table(
        [],
        of
          .list('fields')
          .map((one) => [
            one.text('label') ?? '',
            [fieldType(one.text('type')), ...one.lines('columns'), ...one.lines('options')]
              .filter(Boolean)
              .join(', '),
            one.text('help') ?? '',
          ]),
      ),
    ),
    ...titled(sv.form.copyByHand, numbered(of.lines('copyByHand'))),
    ...text(of.text('notes')),
    ...sources(of),
  ],
  exercise: (of, nameOf) => [
    ...titled(sv.exercise.purpose, text(of.text('purpose'))),
    ...titled(sv.exercise.scenario, text(of.text('scenario'))),
    ...facts([sv.exercise.length, duration(of.text('length'))]),
    ...titled(sv.exercise.participants, list(of.lines('participants'))),
    ...titled(sv.exercise.preparation, list(of.lines('preparation'))),
    ...titled(
      sv.exercise.injects,
      table(
        [],
        of
          .list('injects')
          .map((one) => [
            sv.plan.after.replace('{{time}}', duration(one.text('after')) ?? ''),
            one.text('text') ?? '',
            one.text('expected') ?? '',
          ]),
      ),
    ),
    ...titled(sv.exercise.questions, list(of.lines('questions'))),
    ...titled(sv.exercise.uses, list(of.lines('uses').map(nameOf))),
    ...titled(
      sv.exercise.log,
      table(
        [],
        of
          .list('log')
          .map((one) => [
            day(one.text('on')) ?? '',
            one.text('role') ?? '',
            one.text('result') ?? '',
          ]),
      ),
    ),
  ],
  situation: (of) => [
    ...text(of.text('summary')),
    ...facts(
      [sv.situation.since, instant(of.text('since'))],
      [sv.situation.next, instant(of.text('nextNews'))],
      [sv.situation.ended, instant(of.text('ended'))],
    ),
    ...text(withRole(sv.situation.signed, of.text('signedBy'))),
    ...table(
      [],
      of
        .list('items')
        .map((one) => [
          one.text('title') ?? '',
          situationState(one.text('state')),
          one.text('note') ?? '',
        ]),
    ),
    ...box('do', sv.situation.may, list(of.lines('may'))),
    ...box('dont', sv.situation.mayNot, list(of.lines('mayNot'))),
  ],
  rota: (of) =>
    table(
      [],
      of
        .list('entries')
        .map((one) => [
          one.text('position') ?? '',
          [one.text('name'), number(one.text('number'))].filter(Boolean).join(', '),
          [instant(one.text('from')), instant(one.text('to'))].filter(Boolean).join(' – '),
        ]),
    ),
  department: (of, nameOf) => [
    ...text(of.text('summary')),
    ...text(of.text('critical')),
    ...titled(sv.contacts.title, list(of.lines('firstNumbers').map(nameOf))),
    ...binder(of),
    ...titled(
      sv.form.shiftLists,
      table(
        [],
        of
          .list('shiftLists')
          .map((one) => [
            one.text('title') ?? '',
            [one.text('printed'), one.text('at'), one.text('by')].filter(Boolean).join(', '),
            one.text('kept') ?? '',
          ]),
      ),
    ),
  ],
  systems: (of) =>
    table(
      [],
      of
        .list('systems')
        .map((one) => [
          [one.text('title'), ...one.lines('names')].filter(Boolean).join(', '),
          [one.text('purpose'), one.text('owner')].filter(Boolean).join('. '),
          [one.text('supplier'), number(one.text('emergency'))].filter(Boolean).join(', '),
          one.lines('copies').join('; '),
        ]),
    ),
  organisation: (of) =>
    facts(['Samordnare', of.text('coordinator')], ['Webbplats', of.text('website')]),
}
