import { commonDepartment } from '#domain/schema/document.ts'
import { Page } from '#app/ui/page.tsx'
import { useEditor } from '../editor-parts.ts'
import { NeedsRole } from '../needs-role.tsx'
import { useText } from '../use-text.ts'
import { TakeIn } from './take-in.tsx'
import { TakeOut } from './take-out.tsx'
import { useFilesText } from './use-files-text.ts'

/** `#/edit/files`: plans as files, out of the app and into it. With what reads them it is a part of its own. */
export default function FilesScreen() {
  const t = useFilesText()
  const home = useText()
  const { state, organisation } = useEditor()
  const releases = state.device.departments
    .filter((each) => each.organisation === organisation?.id && each.release !== undefined)
    .sort(
      (a, b) =>
        Number(b.department === commonDepartment) - Number(a.department === commonDepartment),
    )
  return (
    <Page name={t('title')} title={t('title')} back={{ href: '#/edit', text: home('home.title') }}>
      <NeedsRole who="publisher">
        <div className="wide">
          <TakeOut departments={releases} />
          <div className="aside">
            <TakeIn departments={releases} />
          </div>
        </div>
      </NeedsRole>
    </Page>
  )
}
