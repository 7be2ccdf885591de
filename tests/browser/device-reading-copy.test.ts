import { describe, expect, it } from 'vitest'
import {
  change,
  join,
  organisation,
  page,
  phone,
  reopen,
  start,
  state,
  sync,
  usePhone,
} from './device-phone.ts'

usePhone()

describe('the reading copy', () => {
  const replace = (text: string, count?: number, failAt?: number) =>
    page.evaluate(
      ([html, pages, at]) =>
        window.planb.device.replaceReadingCopy(
          window.planb.pages(html as string, pages as number | undefined, at as number | undefined),
        ),
      [text, count, failAt] as const,
    )
  const matches = () => page.evaluate(() => window.planb.device.readingCopyMatches())
  const shown = () => page.evaluate(() => window.planb.readingCopy.page('/d/hemtjanst/routine/0'))

  it('belongs to what was loaded: it matches until something else is stored', async () => {
    await join()
    await state()
    expect(await matches()).toBe(false)
    expect(await replace('<p>ett</p>')).toEqual({ outcome: 'switched', pages: 3 })
    expect(await matches()).toBe(true)
    await reopen()
    await state()
    expect(await matches()).toBe(true)
    await change()
    await sync('tick')
    await state()
    expect(await matches()).toBe(false)
    expect((await shown())?.html).toBe('<p>ett</p>')
    expect(await replace('<p>två</p>')).toMatchObject({ outcome: 'switched' })
    expect((await shown())?.html).toBe('<p>två</p>')
    expect(await matches()).toBe(true)
    const names = await page.evaluate(() => caches.keys())
    expect(names).toHaveLength(2)
  })

  it('belongs to what it was drawn from, though something newer has been loaded meanwhile', async () => {
    await join()
    const from = await page.evaluate(async () => {
      const { device } = window.planb
      return { device: { fingerprint: (await device.load()).fingerprint }, settings: await device.settings.get() } // prettier-ignore
    })
    await change()
    await sync('tick')
    await state()
    const { outcome } = await page.evaluate((drawnFrom) => window.planb.device.replaceReadingCopy(window.planb.pages('<p>ett</p>'), drawnFrom), from) // prettier-ignore
    expect(outcome).toBe('outdated')
    expect(await matches()).toBe(false)
  })

  it('does not match when the language was changed', async () => {
    await join()
    await state()
    await replace('<p>ett</p>')
    await page.evaluate(() => window.planb.device.settings.set({ language: 'en' }))
    expect(await matches()).toBe(false)
  })

  it('drawn from what is no longer stored is not put in force', async () => {
    await join()
    await state()
    await replace('<p>ett</p>')
    await change()
    await sync('tick')
    expect(await replace('<p>för gammal</p>')).toEqual({ outcome: 'outdated' })
    expect((await shown())?.html).toBe('<p>ett</p>')
    expect(await page.evaluate(() => caches.keys())).toHaveLength(2)
  })

  it('that cannot be drawn to its end leaves the old one', async () => {
    await join()
    await state()
    await replace('<p>ett</p>')
    expect(await replace('<p>två</p>', 3, 1)).toMatchObject({ outcome: 'failed' })
    expect((await shown())?.html).toBe('<p>ett</p>')
    expect(await page.evaluate(() => window.planb.readingCopy.list())).toHaveLength(3)
  })

  it('written when the battery dies: the old one or the new one, whole', async () => {
    await join()
    await state()
    await replace('<p>0</p>', 60)
    for (let round = 1; round <= 4; round++) {
      void page
        .evaluate(
          (n) => window.planb.device.replaceReadingCopy(window.planb.pages(`<p>${n}</p>`, 60)),
          round,
        )
        .catch(() => undefined)
      await new Promise((done) => setTimeout(done, 10 + round * 30))
      await phone.kill()
      await start()
      const list = await page.evaluate(() => window.planb.readingCopy.list())
      expect(list).toHaveLength(60)
      expect(new Set(list.map(({ html }) => html)).size).toBe(1)
    }
  }, 90_000)

  it('goes with the department that is left; pages of the others stay until it is drawn anew', async () => {
    await join()
    await state()
    const addresses = ['/', '/routines', '/d/hemtjanst', '/d/hemtjanst/routine/0', '/d/hemtjanst-norr', '/d/gemensamt/routine/0'] // prettier-ignore
    await page.evaluate(
      (list) =>
        window.planb.device.replaceReadingCopy(
          list.map((address) => ({ address, title: address, html: '<p>ett</p>', lang: 'sv' })),
        ),
      addresses,
    )
    const id = organisation.organisation
    await page.evaluate((org) => window.planb.device.leave(org, 'hemtjanst'), id)
    const left = await page.evaluate(() => window.planb.readingCopy.list())
    expect(left.map(({ address }) => address)).toEqual([
      '/d/hemtjanst-norr',
      '/d/gemensamt/routine/0',
    ])
    await state()
    expect(await matches()).toBe(false)
    await page.evaluate((org) => window.planb.device.leave(org, 'gemensamt'), id)
    expect(await page.evaluate(() => caches.keys())).toEqual([])
  })
})
