import { useEffect } from 'react'
import { commonDepartment } from '#domain/schema/document.ts'
import { useLive } from '#app/ui/live.tsx'
import { useEditor } from '../editor-parts.ts'
import { standingOf } from '../phone-standing.ts'
import { useLoaded } from '../use-loaded.ts'
import { useManageText } from './use-manage-text.ts'

/** How often the store is asked while the count is looked at, in milliseconds. */
const lookEvery = 5_000

/** How many phones have the newest version, counted while one looks. */
export function PhonesCount({ department }: { department: string }) {
  const t = useManageText()
  const live = useLive()
  const { sync } = useEditor()
  const { value } = useLoaded(async ({ device, organisation }) => {
    if (organisation === undefined) return undefined
    const authority = await device.authority(organisation.id)
    const phones = await device.journal(organisation.id, department).phones()
    return { phones, release: authority.release(department), wiped: authority.root.wiped }
  })
  useEffect(() => {
    if (department === commonDepartment) return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void sync.syncNow('asked')
    }, lookEvery)
    return () => clearInterval(timer)
  }, [sync, department])
  if (value?.release === undefined) return null
  const { release, wiped, phones } = value
  if (department === commonDepartment) return <p className="meta">{t('counting.common')}</p>
  const standing = standingOf(phones, { ...release, wiped }, live.live ? live.now : new Date(0))
  const counted = standing.filter((phone) => phone.standing !== 'wiped')
  const have = counted.filter((phone) => phone.standing === 'latest').length
  const { edition } = release
  if (counted.length === 0) return <p className="meta">{t('counting.none')}</p>
  const text = t('counting.of', { count: have, all: counted.length })
  return (
    <section className="card counting" aria-labelledby="counting">
      <h2 id="counting">{t('counting.title')}</h2>
      <strong role="status">{text}</strong>
      <progress aria-label={text} value={have} max={counted.length} />
      <p className="meta">
        {t('counting.edition', { edition })}.{' '}
        {t(have === counted.length ? 'counting.all' : 'counting.rest')}
      </p>
      <a className="button is-quiet" href={`#/edit/phones/${department}`}>
        {t('counting.link')}
      </a>
    </section>
  )
}
