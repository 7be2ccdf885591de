/**
 * Checks that are no `if` of their own (find-checks.ts finds those): a file, a text in it, and what takes
 * its place.
 */
export type NamedBreak = [file: string, find: string, put: string]

const signatures: NamedBreak[] = [
  [
    'trust/jws.ts',
    "await flattenedVerify({ ...part }, key, { algorithms: ['ES256'] })",
    'void flattenedVerify',
  ],
  ['trust/bytes.ts', 'fatal: true', 'fatal: false'],
  ['trust/bytes.ts', 'ignoreBOM: true', 'ignoreBOM: false'],
  ['trust/json.ts', 'Object.hasOwn(object, key)', 'key in object'],
  ['trust/keys.ts', 'publicJwkSchema = v.strictObject', 'publicJwkSchema = v.looseObject'],
]

const roots: NamedBreak[] = [
  ['trust/root.ts', 'if (next.v !== current.v + 1)', 'if (next.v <= current.v)'],
  ['trust/root.ts', 'if (next.v !== current.v + 1)', 'if (next.v > current.v + 1)'],
  [
    'trust/root.ts',
    'if (underCurrent < (minor ? 1 : current.root.needForRoot))',
    'if (underCurrent < 1)',
  ],
  ['trust/root.ts', 'if (!after) throw', 'if (!after) continue; if (false) throw'],
  ['trust/root.ts', 'gen === before + 1 &&', ''],
  ['trust/root.ts', '&& gen <= lastGenOfOneKey', ''],
  ['trust/root.ts', 'own.size >= root.root.needForRoot', 'true'],
  ['trust/root.ts', 'own.size >= root.root.needForRoot', 'false'],
  ['trust/root.ts', 'publishers.includes(kid) || root.root.kids.includes(kid)', 'true'],
  ['trust/root.ts', 'await refuseNewerFormat(bytes, payload, current)', ''],
  [
    'trust/root-schema.ts',
    'needForRoot: v.pipe(v.number(), v.integer(), v.minValue(2))',
    'needForRoot: v.number()',
  ],
  ['trust/store-address.ts', '[^\\s@\\\\/?#]+', '[^\\s\\\\/?#]+'],
]

const seals: NamedBreak[] = [
  ['trust/seal.ts', '|${organisation}|', '|'],
  ['trust/seal.ts', '|${department}|', '|'],
  ['trust/seal.ts', '|${epoch}|', '|'],
  ['trust/seal.ts', '|${kind}`', '`'],
  ['trust/epoch-key.ts', 'planb1|${purpose}', 'planb1|'],
  ['trust/epoch-key.ts', 'return options.extractable ?', 'return true ?'],
  ['trust/wrap.ts', 'protectedHeader.apv === apv &&', ''],
  ['trust/wrap.ts', '&& plaintext.length === 32', ''],
  ['trust/wrap.ts', 'keyManagementAlgorithms: [alg],', ''],
  ['trust/wrap.ts', 'contentEncryptionAlgorithms: [enc],', ''],
  ['trust/wrap.ts', "for (const part of jwe.split('.')) fromBase64url(part)", ''],
  ['trust/invitation.ts', 'v.parse(identifier, reader.text())', 'reader.text()'],
]

const releases: NamedBreak[] = [
  ['release/head.ts', '(head.gen === held.gen && head.v > held.v)', 'head.v > held.v'],
  ['release/head.ts', 'head.gen > held.gen ||', ''],
  [
    'release/open-release.ts',
    'head.byRootKey ? manifest.by : (head.signerRole ?? manifest.by)',
    'manifest.by',
  ],
  ['release/publish.ts', '!sameBytes(there, built.head)', 'false'],
  ['release/publish.ts', '|| isNewer(built, pointed)', '|| true'],
]

const journals: NamedBreak[] = [
  [
    'journal/entry.ts',
    "'org', 'department', 'device', 'epoch', 'n'",
    "'department', 'device', 'epoch', 'n'",
  ],
  [
    'journal/entry.ts',
    "'org', 'department', 'device', 'epoch', 'n'",
    "'org', 'device', 'epoch', 'n'",
  ],
  [
    'journal/entry.ts',
    "'org', 'department', 'device', 'epoch', 'n'",
    "'org', 'department', 'epoch', 'n'",
  ],
  [
    'journal/entry.ts',
    "'org', 'department', 'device', 'epoch', 'n'",
    "'org', 'department', 'device', 'n'",
  ],
  [
    'journal/entry.ts',
    "'org', 'department', 'device', 'epoch', 'n'",
    "'org', 'department', 'device', 'epoch'",
  ],
  [
    'journal/entry.ts',
    "deriveSealKey(context.epochKey, 'journal')",
    "deriveSealKey(context.epochKey, 'content')",
  ],
  ['journal/entry-schema.ts', 'v.minValue(1), v.maxValue(maxKeepDays)', 'v.minValue(1)'],
  ['journal/entry-schema.ts', 'v.minValue(1), v.maxValue(maxKeepDays)', 'v.maxValue(maxKeepDays)'],
  ['journal/kinds.ts', 'v.check(isOnCurve)', 'v.check(() => true)'],
  ['journal/is-on-curve.ts', 'x < p &&', ''],
  ['journal/is-on-curve.ts', 'y < p &&', ''],
  ['journal/merge-entries.ts', '!other || entry.hash < other.hash', '!other'],
  ['journal/merge-entries.ts', '!other || entry.hash < other.hash', 'true'],
  ['journal/merge-entries.ts', 'hashes.size > 1', 'hashes.size > 0'],
  ['journal/merge-entries.ts', '`${department}/${device}/${n}`', '`${device}/${n}`'],
  ['journal/merge-entries.ts', '`${department}/${device}/${n}`', '`${department}/${n}`'],
  ['journal/open-entries.ts', "kind === 'closed' &&", ''],
  ['journal/open-entries.ts', '&& closers.has(device)', ''],
  [
    'journal/open-entries.ts',
    'run === undefined || !closed.has(run)',
    '!closed.has(run!) && run !== undefined',
  ],
  ['journal/phones.ts', 'a.n - b.n ||', ''],
  [
    'journal/phones.ts',
    'phoneByDevice.get(entry.device) const confirmed',
    '[...phoneByDevice.values()][0]\n    const confirmed',
  ],
  ['journal/phones.ts', 'Date.parse(a) - Date.parse(b)', 'Date.parse(b) - Date.parse(a)'],
  ['journal/phones.ts', 'isBefore(late) ? by.since : late', 'false ? by.since : late'],
  ['journal/expiry.ts', '>= entry.keepDays * dayMs', '> entry.keepDays * dayMs'],
]

export const namedBreaks: readonly NamedBreak[] = [
  ...signatures,
  ...roots,
  ...seals,
  ...releases,
  ...journals,
]
