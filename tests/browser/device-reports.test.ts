import { describe, expect, it } from 'vitest'
import { department, join, approved, page, reopen, rows, server, sync, takes, test, useOffice } from './device-office.ts' // prettier-ignore

useOffice()

const document = `${department}/routine/tes-korlista`
const report = (text: string, where: string = department, what = document) =>
  page.evaluate(([org, id, one]) => window.planb.device.report(org, id, one), [
    test.organisation,
    where,
    { document: what, title: 'När TES inte fungerar', text },
  ] as const)
const reports = (id: string = department) =>
  page.evaluate(
    ([org, one]) => window.planb.device.journal(org!, one!).reports(),
    [test.organisation, id],
  )
const waiting = async () =>
  (await rows('records')).filter(({ name }) => String(name).startsWith('saying/'))

describe('[D13] what somebody reports', () => {
  it('waits for the line, through a restart, and reaches who publishes; who sees to it says so', async () => {
    await join()
    await approved()
    await sync()
    server.interfere((_path, request) => {
      request.socket.destroy()
      return true
    })
    expect(await report('  Numret till\nnattpatrullen är fel ')).toBe('noted')
    await sync()
    await reopen()
    // Where it was written, or on its way already.
    expect(JSON.stringify(await rows('records'))).toContain('Numret till nattpatrullen är fel')
    expect(await reports()).toEqual([])
    server.interfere(takes(test))
    // [S54] After a failure it is a while before anything is sent again.
    const arrived = async () => {
      await sync()
      return (await reports()).length
    }
    await expect.poll(arrived, { timeout: 20_000, interval: 500 }).toBe(1)
    expect(await waiting()).toEqual([])
    const [told] = await reports()
    expect(told).toMatchObject({
      department,
      document,
      title: 'När TES inte fungerar',
      text: 'Numret till nattpatrullen är fel',
      isHandled: false,
    })
    await page.evaluate(
      ([org, id, hash]) => window.planb.device.handleReport(org!, id!, hash!),
      [test.organisation, department, told!.hash],
    )
    expect(await reports()).toMatchObject([{ isHandled: true }])
    // Without the mark on this phone: so that the other publishers see it too.
    await page.evaluate(
      ([org, name]) =>
        window.planb.damage(org!, 'records', (row) => {
          if (row['name'] === name) row['value'] = []
        }),
      [test.organisation, `handled/${department}`],
    )
    expect(await reports()).toMatchObject([{ isHandled: false }])
    const shared = async () => {
      await sync()
      return (await reports())[0]?.isHandled
    }
    await expect.poll(shared, { timeout: 20_000, interval: 500 }).toBe(true)
  })

  it('about what all share is told in a department of this phone', async () => {
    await join()
    await approved()
    await report('Systemet heter annat', 'gemensamt', 'gemensamt/systems/systems')
    await report('Fel', department)
    await sync()
    await sync()
    expect(await reports('gemensamt')).toMatchObject([
      { department, document: 'gemensamt/systems/systems', text: 'Systemet heter annat' },
    ])
    expect(await reports()).toHaveLength(2)
  })

  it('has words, a department, and an end', async () => {
    await join()
    const codeOf = (text: string, where: string) =>
      page.evaluate(
        ([org, id, words]) =>
          window.planb.codeOf(() =>
            window.planb.device.report(org!, id!, { document: 'a/b/c', text: words! }),
          ),
        [test.organisation, where, text],
      )
    expect(await codeOf(' \u0000\n ', department)).toBe('not-usable')
    expect(await codeOf('Fel', 'krisledning')).toBe('unknown-name')
    for (let i = 0; i < 20; i++) expect(await report(`Fel ${i}`)).toBe('noted')
    expect(await report('Ett till')).toBe('too-many')
    await page.evaluate(
      ([org, id]) => window.planb.device.leave(org!, id!),
      [test.organisation, department],
    )
    expect(await waiting()).toEqual([])
  })
})
