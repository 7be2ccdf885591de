import { CompareScreen } from './compare-screen.tsx'
import { LimitsNotice } from './limits-notice.tsx'
import { NameForm, NameLine, NameOffer } from './phone-name.tsx'
import { ReadyLinks } from './ready-links.tsx'
import type { Place } from '../place.ts'
import { ReportForm } from './report-form.tsx'
import { RestoreScreen } from '../restore-screen.tsx'
import { RestoredNotice } from './restored-notice.tsx'

export type Part =
  | 'compare'
  | 'restore'
  | 'restored'
  | 'ready'
  | 'name-line'
  | 'name-offer'
  | 'report'
  | 'no-worker'
  | 'no-storage'

/** What is seldom asked for, in one script that is loaded when it is (see later.tsx). */
export default function More({ part, place }: { part: Part; place: Place }) {
  switch (part) {
    case 'compare':
      return <CompareScreen place={place} />
    case 'restore':
      return <RestoreScreen place={place} />
    case 'restored':
      return <RestoredNotice />
    case 'ready':
      return (
        <>
          <NameForm place={place} />
          <ReadyLinks place={place} />
        </>
      )
    case 'name-line':
      return <NameLine place={place} />
    case 'name-offer':
      return <NameOffer place={place} />
    case 'report':
      return <ReportForm place={place} />
    case 'no-worker':
    case 'no-storage':
      return <LimitsNotice lack={part} />
  }
}
