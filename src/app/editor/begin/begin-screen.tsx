import type { ReactNode } from 'react'
import { Icon } from '#app/ui/icon.tsx'
import { Page } from '#app/ui/page.tsx'
import { Row } from '#app/ui/row.tsx'
import { useText } from '../use-text.ts'
import { useLoaded } from '../use-loaded.ts'
import { NeedsRole } from '../needs-role.tsx'
import { beginningOf, type Beginning } from './beginning-of.ts'
import { useBeginText, type BeginText } from './use-begin-text.ts'

/** `#/edit/begin`: what a coordinator does the first day, and how far it has come. */
export function BeginScreen() {
  const t = useBeginText()
  const home = useText()
  return (
    <Page
      name={t('begin.title')}
      title={t('begin.title')}
      lead={t('begin.lead')}
      back={{ href: '#/edit', text: home('home.title') }}
    >
      <NeedsRole who="coordinator">
        <Begin />
      </NeedsRole>
    </Page>
  )
}

interface Step {
  href: string
  title: string
  text: string
  isDone: boolean
}

function Begin() {
  const t = useBeginText()
  const read = useLoaded(async ({ device, organisation }) => {
    if (organisation === undefined) return undefined
    const authority = await device.authority(organisation.id)
    const departments = Object.keys(authority.root.departments)
    const phones = await Promise.all(
      departments.map(async (id) => device.journal(organisation.id, id).phones()),
    )
    // Whoever coordinates has not invited anybody by being there.
    const others = new Set(phones.flat().map((phone) => phone.device))
    others.delete(authority.device.device)
    return beginningOf({
      root: authority.root,
      documents: departments.flatMap((id) => authority.release(id)?.documents ?? []),
      drafts: await device.drafts(organisation.id).list(),
      phones: others.size,
    })
  })
  if (read.value === undefined) return null
  const steps = stepsOf(t, read.value)
  const done = steps.filter(({ isDone }) => isDone).length
  return (
    <div className="narrow stack">
      <p role="status">{t('begin.progress', { done, all: steps.length })}</p>
      <progress aria-hidden="true" value={done} max={steps.length} />
      <ol className="card rows begin-steps">
        {steps.map((step) => (
          <li key={step.href + step.title}>
            <StepRow step={step}>{t(step.isDone ? 'begin.done' : 'begin.todo')}</StepRow>
          </li>
        ))}
      </ol>
      <a className="button is-wide" href="#/edit/departments/add">
        <Icon name="plus" />
        {t('begin.add')}
      </a>
      <div className="card rows">
        <Row href="#/edit/law" kind="plain" title={t('begin.law')} under={t('begin.lawRow')} />
      </div>
    </div>
  )
}

function StepRow({ step, children }: { step: Step; children: ReactNode }) {
  return (
    <a className={`row kind-${step.isDone ? 'phone' : 'plain'}`} href={step.href}>
      <strong>
        {step.title} <span className="visually-hidden">({children})</span>
      </strong>
      <span className="under">{step.text}</span>
      <Icon name={step.isDone ? 'check' : 'forward'} />
    </a>
  )
}

/** Numbers and publishing for each department by itself: that is how the work is done. */
function stepsOf(t: BeginText, beginning: Beginning): Step[] {
  const { departments } = beginning
  return [
    {
      href: '#/edit/d/gemensamt/organisation/organisation',
      title: t('begin.organisation'),
      text: beginning.title ?? t('begin.organisationText'),
      isDone: beginning.title !== undefined,
    },
    {
      href: '#/edit/departments/add',
      title: t('begin.departments'),
      text:
        departments.length === 0
          ? t('begin.departmentsText')
          : t('begin.departmentsDone', {
              titles: departments.map(({ title }) => title).join(', '),
            }),
      isDone: departments.filter(({ hasContent }) => hasContent).length >= 2,
    },
    {
      href: '#/edit/d/gemensamt/systems/systems',
      title: t('begin.systems'),
      text:
        beginning.systems === 0
          ? t('begin.systemsText')
          : t('begin.systemsDone', { count: beginning.systems }),
      isDone: beginning.systems > 0,
    },
    ...[beginning.common, ...departments].flatMap((one) =>
      one.withoutNumber + one.placesWithoutNumber > 0
        ? [
            {
              href: `#/edit/d/${one.id}${one.withoutNumber > 0 ? '/contacts/contacts' : ''}`,
              title: t('begin.numbers', { title: one.title }),
              text:
                one.withoutNumber > 0
                  ? t('begin.numbersText', { count: one.withoutNumber })
                  : t('begin.numbersTree', { count: one.placesWithoutNumber }),
              isDone: false,
            },
          ]
        : [],
    ),
    ...[beginning.common, ...departments].flatMap((one) =>
      one.drafts > 0
        ? [
            {
              href: `#/edit/publish/${one.id}`,
              title: t('begin.publish', { title: one.title }),
              text: t('begin.publishText', { count: one.drafts }),
              isDone: false,
            },
          ]
        : [],
    ),
    {
      href: '#/edit/approve',
      title: t('begin.managers'),
      text: t('begin.managersText'),
      isDone: beginning.managers > 0,
    },
    {
      href: departments[0] === undefined ? '#/edit' : `#/edit/invite/${departments[0].id}`,
      title: t('begin.invite'),
      text:
        beginning.phones > 0
          ? t('begin.inviteDone', { count: beginning.phones })
          : t('begin.inviteText'),
      isDone: beginning.phones > 0,
    },
  ]
}
