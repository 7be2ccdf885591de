import { useEffect, useState } from 'react'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { useBeginText } from '../begin/use-begin-text.ts'
import { useEditor } from '../editor-parts.ts'
import type { ScreenProps } from '../editor.tsx'
import { NeedsRole } from '../needs-role.tsx'
import { useRoles } from '../use-roles.ts'
import { useText } from '../use-text.ts'
import type { Law } from './editor-law.tsx'

interface LawPart {
  Law: typeof Law
}

/** `#/edit/law` and `…/<template>`: what it shows is a part of its own, loaded when somebody goes there. */
export function LawScreen({ parts: [id = ''] }: ScreenProps) {
  const t = useBeginText()
  const home = useText()
  const { i18n, organisation } = useEditor()
  const { isCoordinator } = useRoles()
  const part = useLawPart()
  if (isCoordinator && part === undefined) return null
  if (isCoordinator && part !== undefined && part !== 'unreachable')
    return (
      <part.Law
        i18n={i18n}
        id={id}
        organisation={organisation?.title ?? ''}
        home={home('home.title')}
      />
    )
  return (
    <Page
      name={t('begin.law')}
      title={t('begin.law')}
      back={{ href: '#/edit', text: home('home.title') }}
    >
      <NeedsRole who="coordinator">
        <Notice kind="warning" title={t('begin.lawUnreachable')} announce>
          <p>{t('begin.lawUnreachableText')}</p>
        </Notice>
      </NeedsRole>
    </Page>
  )
}

function useLawPart(): LawPart | 'unreachable' | undefined {
  const [part, setPart] = useState<LawPart | 'unreachable'>()
  useEffect(() => {
    let isOver = false
    const arrive = (arrived: LawPart | 'unreachable') => {
      if (!isOver) setPart(arrived)
    }
    import('./editor-law.tsx').then(arrive, () => arrive('unreachable'))
    return () => {
      isOver = true
    }
  }, [])
  return part
}
