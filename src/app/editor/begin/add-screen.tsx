import { useEffect, useState } from 'react'
import { commonDepartment } from '#domain/schema/document.ts'
import type { TemplateDocument } from '#domain/template.ts'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Page } from '#app/ui/page.tsx'
import { useEditor } from '../editor-parts.ts'
import { NeedsRole } from '../needs-role.tsx'
import { useAuthority } from '../use-authority.ts'
import { AddForm } from './add-form.tsx'
import { readLibrary, type ReadLibrary } from './read-library.ts'
import { useBeginText } from './use-begin-text.ts'

/** `#/edit/departments/add`: a department from the library, or an empty one. */
export function AddScreen() {
  const t = useBeginText()
  return (
    <Page
      name={t('add.title')}
      title={t('add.title')}
      back={{ href: '#/edit/begin', text: t('begin.title') }}
    >
      <NeedsRole who="coordinator">
        <Add />
      </NeedsRole>
    </Page>
  )
}

/** What is chosen: a department of the library, or none of them. */
type Chosen = { from: string } | 'empty'

function Add() {
  const t = useBeginText()
  const { fetch, base } = useEditor()
  const root = useAuthority().value?.root
  const [read, setRead] = useState<ReadLibrary>()
  const [tries, setTries] = useState(0)
  const [chosen, setChosen] = useState<Chosen>()
  useEffect(() => {
    let isOver = false
    void readLibrary(fetch, base).then((found) => {
      if (!isOver) setRead(found)
    })
    return () => {
      isOver = true
    }
  }, [fetch, base, tries])
  if (root === undefined) return null
  const library = read?.ok === true ? read.documents : []
  if (chosen !== undefined)
    return (
      <AddForm
        key={chosen === 'empty' ? '' : chosen.from}
        from={chosen === 'empty' ? undefined : chosen.from}
        library={chosen === 'empty' ? [] : library}
        root={root}
        onBack={() => setChosen(undefined)}
      />
    )
  return (
    <div className="narrow stack">
      <p>{t('add.lead')}</p>
      {read === undefined && <p role="status">{t('add.loading')}</p>}
      {read?.ok === false && (
        <Notice kind="warning" title={t(`add.${read.code}`)} announce>
          <p>{t(`add.${read.code}Text`)}</p>
          {read.code === 'unreachable' && (
            <div className="buttons">
              <button
                type="button"
                className="button"
                onClick={() => {
                  setRead(undefined)
                  setTries(tries + 1)
                }}
              >
                {t('add.again')}
              </button>
            </div>
          )}
        </Notice>
      )}
      <section className="section">
        <h2>{t('add.choose')}</h2>
        <div className="card rows">
          {departmentsOf(library).map(({ id, title, routines, trees, forms }) => (
            <button
              type="button"
              className="row kind-routine"
              key={id}
              onClick={() => setChosen({ from: id })}
            >
              <strong lang="sv">{title}</strong>
              <span className="under">
                {t('add.contents', { routines, trees, forms })}
                {Object.hasOwn(root.departments, id) && <> {t('add.isHere')}</>}
              </span>
              <Icon name="forward" />
            </button>
          ))}
          <button type="button" className="row kind-plain" onClick={() => setChosen('empty')}>
            <strong>{t('add.empty')}</strong>
            <span className="under">{t('add.emptyText')}</span>
            <Icon name="plus" />
          </button>
        </div>
      </section>
    </div>
  )
}

/** The library's departments with what each holds; those to begin with first. */
function departmentsOf(library: readonly TemplateDocument[]) {
  const first = ['krisledning', 'hemtjanst']
  const place = (id: string) => (first.includes(id) ? first.indexOf(id) : first.length)
  return library
    .filter(({ kind, department }) => kind === 'department' && department !== commonDepartment)
    .map(({ department: id, body }) => {
      const own = library.filter(({ department }) => department === id)
      const count = (kind: string) => own.filter((one) => one.kind === kind).length
      return {
        id,
        title: String(body['title']),
        routines: count('routine'),
        trees: count('phone-tree'),
        forms: count('form'),
      }
    })
    .sort((a, b) => place(a.id) - place(b.id) || a.title.localeCompare(b.title, 'sv'))
}
