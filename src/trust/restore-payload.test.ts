import { beforeAll, describe, expect, it } from 'vitest'
import { createTestOrganisation, type TestOrganisation } from '../../tests/support/organisation.ts'
import { encodeInvitation } from './invitation.ts'
import { createSigningKey, exportPrivateKey, randomBytes } from './keys.ts'
import { frame, unframe } from './framing.ts'
import {
  createRestorePayload,
  decodeRestorePayload,
  encodeRestorePayload,
  restoreKeys,
  type RestorePayload,
} from './restore-payload.ts'

const code = (code: string) => expect.objectContaining({ code })
let organisation: TestOrganisation

beforeAll(async () => {
  organisation = await createTestOrganisation()
})

async function payloadOf(type: RestorePayload['type']): Promise<RestorePayload> {
  const { rootKeys, recovery } = organisation
  return createRestorePayload(type, organisation.organisation, {
    ...(type === 'recovery-key'
      ? {}
      : { signing: type === 'publisher' ? organisation.publishers.hemtjanst! : rootKeys[1]! }),
    ...(type === 'coordinator' || type === 'recovery-key' ? { recovery } : {}),
  })
}

describe('restore payloads', () => {
  it('[T40] come back as they were, for every type', async () => {
    for (const type of ['coordinator', 'root-key', 'recovery-key', 'publisher'] as const) {
      const payload = { ...(await payloadOf(type)), mirror: 'https://mirror.example/store/' }
      const text = encodeRestorePayload(payload)
      expect(text).toMatch(/^R[A-Za-z0-9_-]+$/)
      expect(decodeRestorePayload(text)).toEqual(
        JSON.parse(JSON.stringify(payload), (_, value) =>
          value && typeof value === 'object' && '0' in value
            ? new Uint8Array(Object.values(value) as number[])
            : value,
        ),
      )
    }
  })

  it('[T40] give the coordinator the keys again', async () => {
    const text = encodeRestorePayload(await payloadOf('coordinator'))
    expect(text.length).toBeLessThan(190)
    const keys = await restoreKeys(decodeRestorePayload(text), organisation.root, {
      extractable: true,
    })
    expect(keys.signing!.kid).toBe(organisation.rootKeys[1]!.kid)
    expect(await exportPrivateKey(keys.signing!)).toEqual(
      await exportPrivateKey(organisation.rootKeys[1]!),
    )
    expect(await exportPrivateKey(keys.recovery!)).toEqual(
      await exportPrivateKey(organisation.recovery),
    )
  })

  it('[T41] hold exactly what their type names', async () => {
    const { signing } = await payloadOf('root-key')
    const payload: RestorePayload = {
      type: 'coordinator',
      organisation: organisation.organisation,
      signing,
    }
    expect(() => encodeRestorePayload(payload)).toThrow(RangeError)
    const both = await payloadOf('coordinator')
    for (const type of ['root-key', 'recovery-key', 'publisher'] as const) {
      expect(() => encodeRestorePayload({ ...both, type })).toThrow(RangeError)
    }
    await expect(
      createRestorePayload('recovery-key', organisation.organisation, {
        signing: organisation.rootKeys[0]!,
      }),
    ).rejects.toThrow(RangeError)
  })

  it('[T41] say what is wrong', async () => {
    const text = encodeRestorePayload(await payloadOf('coordinator'))
    expect(() => decodeRestorePayload(text.slice(0, -1))).toThrow(code('restore-cut'))
    expect(() => decodeRestorePayload(`${text}A`)).toThrow(code('restore-long'))
    expect(() => decodeRestorePayload(text.replace(/.$/, text.endsWith('A') ? 'B' : 'A'))).toThrow(
      code('restore-checksum'),
    )
    expect(() => decodeRestorePayload(`${text.slice(0, 50)}!`)).toThrow(code('restore-characters'))
    expect(() =>
      decodeRestorePayload(encodeInvitation(organisation.invitation('hemtjanst'))),
    ).toThrow(code('restore-kind'))
    expect(() => decodeRestorePayload(frame('restore', 9, new Uint8Array(97)))).toThrow(
      code('restore-version'),
    )
    expect(() => decodeRestorePayload(frame('restore', 1, new Uint8Array(40)))).toThrow(
      code('restore-malformed'),
    )
    const longer = Uint8Array.from([...unframe('restore', 1, text), 0])
    expect(() => decodeRestorePayload(frame('restore', 1, longer))).toThrow(
      code('restore-malformed'),
    )
    // As long as those that hold one key, and as those that hold two.
    for (const length of [97, 129]) {
      const unknownType = new Uint8Array(length).fill(5)
      expect(() => decodeRestorePayload(frame('restore', 1, unknownType))).toThrow(
        code('restore-malformed'),
      )
    }
    const mirror = 'store/'
    const near = encodeRestorePayload({ ...(await payloadOf('coordinator')), mirror })
    expect(() => decodeRestorePayload(near)).toThrow(code('restore-malformed'))
  })

  it('[T42] count only with public halves the root names', async () => {
    const options = { extractable: false }
    const good = await payloadOf('coordinator')
    await expect(restoreKeys(good, organisation.root, options)).resolves.toBeDefined()
    const stranger = await createSigningKey({ extractable: true })
    const strange = await createRestorePayload('root-key', organisation.organisation, {
      signing: stranger,
    })
    const wrong: RestorePayload[] = [
      { ...good, organisation: 'f'.repeat(64) },
      { ...good, signing: { ...good.signing!, secret: randomBytes(32) } },
      strange,
    ]
    for (const payload of wrong) {
      await expect(restoreKeys(payload, organisation.root, options)).rejects.toEqual(
        code('restore-key-unknown'),
      )
    }
  })

  it('[T42] give the signing key though the recovery key was replaced since, and say so', async () => {
    const options = { extractable: false }
    const good = await payloadOf('coordinator')
    const old = { ...good, recovery: randomBytes(32) }
    const keys = await restoreKeys(old, organisation.root, options)
    expect(keys.signing?.kid).toBe(organisation.rootKeys[1]!.kid)
    expect(keys).toMatchObject({ unknown: 'recovery' })
    expect(keys.recovery).toBeUndefined()
    expect(await restoreKeys(good, organisation.root, options)).not.toHaveProperty('unknown')
    // Alone it is nothing.
    const alone = { ...(await payloadOf('recovery-key')), recovery: randomBytes(32) }
    await expect(restoreKeys(alone, organisation.root, options)).rejects.toEqual(
      code('restore-key-unknown'),
    )
  })

  it('need keys that can be written down', async () => {
    const signing = await createSigningKey({ extractable: false })
    await expect(
      createRestorePayload('root-key', organisation.organisation, { signing }),
    ).rejects.toEqual(code('key-not-extractable'))
  })
})
