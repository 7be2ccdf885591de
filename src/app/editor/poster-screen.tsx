import { useEffect } from 'react'
import { formatDay } from '#i18n/format.ts'
import { poster } from '#paper/poster.ts'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { useEditor } from './editor-parts.ts'
import type { ScreenProps } from './editor.tsx'
import { useInviting } from './invite-department.ts'
import { adoptPaperStyles } from './paper-styles.ts'
import { usePaperTexts } from './paper-texts.ts'
import { useTypedLines } from './paper-typed.ts'
import { PosterSheet } from './poster-sheet.tsx'

/** `#/edit/poster/<department>/<invitation>`: the A4 poster, as it will be printed. */
export function PosterScreen({ parts: [name = '', id = ''] }: ScreenProps) {
  const { texts, language } = usePaperTexts()
  const { base, now } = useEditor()
  const inviting = useInviting(name)
  useEffect(adoptPaperStyles, [])
  const payload =
    inviting === undefined || inviting === 'cannot' ? undefined : inviting.payloadOf(id)
  const typed = useTypedLines(payload)
  if (inviting === undefined) return null
  const link = inviting === 'cannot' ? undefined : inviting.linkOf(id)
  return (
    <Page
      name={texts.poster.title}
      title={texts.poster.title}
      lead={texts.poster.lead}
      back={{ href: `#/edit/invite/${name}/${id}`, text: texts.invite.backToInvite }}
    >
      {inviting === 'cannot' || link === undefined ? (
        <Notice
          kind="warning"
          title={inviting === 'cannot' ? texts.invite.cannot : texts.invite.over}
          announce
        >
          <p>{inviting === 'cannot' ? texts.invite.cannotText : texts.invite.endText}</p>
        </Notice>
      ) : (
        <div className="paper-page stack">
          <div className="paper-tools">
            <button type="button" className="button is-main" onClick={() => window.print()}>
              <Icon name="print" />
              {texts.poster.print}
            </button>
            <p className="meta">{texts.poster.hint}</p>
          </div>
          <PosterSheet
            poster={poster({
              organisation: inviting.organisation.title,
              department: inviting.department.title,
              link,
              app: base,
              words: inviting.organisation.checkWords,
              typed,
              made: formatDay(now().toISOString(), 'sv'),
              edition: inviting.department.release?.edition,
              place: inviting.invitations.find((each) => each.id === id)?.place,
              example: inviting.organisation.example,
            })}
            language={language}
          />
        </div>
      )}
    </Page>
  )
}
