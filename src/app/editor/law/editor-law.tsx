import { useEffect } from 'react'
import type { i18n as I18n } from 'i18next'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { Row } from '#app/ui/row.tsx'
import { fillTemplate } from './fill-template.ts'
import { lawTemplates } from './law-templates.ts'
import { adoptLawStyles } from './law-styles.ts'
import { TemplateTools } from './template-tools.tsx'
import { TemplateView } from './template-view.tsx'
import { useLawText, type LawText } from './use-law-text.ts'

/**
 * The templates: their list, or one of them. It is given what the editor has, and imports nothing of it: what two
 * parts share would become a third.
 *
 * @param props.id of a template; empty for the list
 * @param props.home what the page above is called
 */
export function Law(props: { i18n: I18n; id: string; organisation: string; home: string }) {
  const { i18n, id, organisation, home } = props
  const t = useLawText(i18n)
  useEffect(adoptLawStyles, [])
  const template = lawTemplates.find((each) => each.id === id)
  if (template === undefined)
    return (
      <Page
        name={t('list.title')}
        title={t('list.title')}
        lead={t('list.lead')}
        back={{ href: '#/edit', text: home }}
      >
        <List t={t} isUnknown={id !== ''} />
      </Page>
    )
  const filled = organisation === '' ? template : fillTemplate(template, organisation)
  return (
    <Page
      name={template.title}
      title={<span lang="sv">{template.title}</span>}
      lead={<span lang="sv">{filled.lead}</span>}
      back={{ href: '#/edit/law', text: t('list.title') }}
    >
      <div className="narrow law-page">
        <TemplateTools template={filled} organisation={organisation} t={t} />
        <TemplateView template={filled} />
      </div>
    </Page>
  )
}

function List({ t, isUnknown }: { t: LawText; isUnknown: boolean }) {
  return (
    <div className="narrow stack">
      {isUnknown && (
        <Notice kind="info" title={t('list.unknown')}>
          <p>{t('list.unknownText')}</p>
        </Notice>
      )}
      <div className="card rows" lang="sv">
        {lawTemplates.map(({ id, title, lead }) => (
          <Row key={id} href={`#/edit/law/${id}`} kind="plain" title={title} under={lead} />
        ))}
      </div>
    </div>
  )
}
