/**
 * One way each to break a check of `trust` and `release`: a file, a text in it, and what takes its place.
 * At least one test must go red for every one of them (see run.ts).
 */
export type Break = [file: string, find: string, put: string]

const jws: Break[] = [
  [
    'trust/jws.ts',
    "await flattenedVerify({ ...part }, key, { algorithms: ['ES256'] })",
    'void flattenedVerify',
  ],
  ['trust/jws.ts', "Object.keys(header).toSorted().join() !== 'alg,kid,typ' ||", ''],
  ['trust/jws.ts', "header.alg !== 'ES256' ||", ''],
  ['trust/jws.ts', '!isText(header.kid)', 'false'],
  ['trust/jws.ts', 'if (header.typ !== typ)', 'if (false)'],
  ['trust/jws.ts', 'if (kids.includes(kid))', 'if (false)'],
  ['trust/jws.ts', 'parts.length > limits.signatures ||', ''],
  ['trust/jws.ts', '!sameBytes(utf8(spellGeneral(parts)), bytes)', 'false'],
  ['trust/jws.ts', '|| more.length > 0', ''],
  ['trust/bytes.ts', '|| toBase64url(bytes) !== text', ''],
  ['trust/bytes.ts', 'fatal: true', 'fatal: false'],
  ['trust/bytes.ts', 'ignoreBOM: true', 'ignoreBOM: false'],
  ['trust/json.ts', 'if (depthOf(bytes) > maxDepth)', 'if (false)'],
  ['trust/json.ts', `if (text.includes('"__proto__":'))`, 'if (false)'],
  ['trust/json.ts', 'if (JSON.stringify(value) !== textOf(bytes))', 'if (false)'],
  ['trust/json.ts', 'Object.hasOwn(object, key)', 'key in object'],
]

const root: Break[] = [
  ['trust/root.ts', 'if (hash !== organisation)', 'if (false)'],
  ['trust/root.ts', 'root.v !== 1 ||', ''],
  ['trust/root.ts', '|| root.org !== undefined', ''],
  ['trust/root.ts', 'if (kids.length < root.root.needForRoot)', 'if (false)'],
  ['trust/root.ts', 'if (next.org !== current.organisation)', 'if (false)'],
  ['trust/root.ts', 'if (next.v !== current.v + 1)', 'if (next.v <= current.v)'],
  ['trust/root.ts', 'if (next.v !== current.v + 1)', 'if (next.v > current.v + 1)'],
  [
    'trust/root.ts',
    'if (underCurrent < (minor ? 1 : current.root.needForRoot))',
    'if (underCurrent < 1)',
  ],
  ['trust/root.ts', 'if (underNext < (minor ? 1 : next.root.needForRoot))', 'if (false)'],
  ['trust/root.ts', 'if (!after) throw', 'if (!after) continue; if (false) throw'],
  ['trust/root.ts', 'if (after.gen < before.gen)', 'if (false)'],
  ['trust/root.ts', 'if (hash !== known.hash)', 'if (false)'],
  ['trust/root.ts', 'if ((root.org ?? hash) !== known.organisation)', 'if (false)'],
  [
    'trust/root.ts',
    'if (!sameJson(ownValue<unknown>(current, field), ownValue<unknown>(next, field))) return false',
    '',
  ],
  ['trust/root.ts', 'if (!sameJson(aboutRootKeys(current), aboutRootKeys(next))) return false', ''],
  ['trust/root.ts', '<= before.gen + 1', '<= before.gen + 9999'],
  ['trust/root.ts', 'publishers.includes(kid) || root.root.kids.includes(kid)', 'true'],
  ['trust/root.ts', 'if (bytes.length > limits.root)', 'if (false)'],
  ['trust/root.ts', 'if (minFormatOf(value) > format)', 'if (false)'],
  ['trust/root.ts', 'if ((await thumbprint(jwk)) !== kid)', 'if (false)'],
  ['trust/root.ts', 'if (missing)', 'if (false)'],
  ['trust/root.ts', 'distinct !== root.root.kids.length ||', ''],
  ['trust/root.ts', '|| root.root.needForRoot > distinct', ''],
  ['trust/root.ts', 'if (good)', 'if (true)'],
  ['trust/root.ts', 'await refuseNewerFormat(bytes, payload, current)', ''],
  [
    'trust/root-schema.ts',
    'needForRoot: v.pipe(v.number(), v.integer(), v.minValue(2))',
    'needForRoot: v.number()',
  ],
  ['trust/keys.ts', 'publicJwkSchema = v.strictObject', 'publicJwkSchema = v.looseObject'],
  ['trust/store-address.ts', '[^\\s@\\\\/?#]+', '[^\\s\\\\/?#]+'],
]

const seals: Break[] = [
  ['trust/seal.ts', 'if (length > maxBytes)', 'if (false)'],
  ['trust/seal.ts', '|| padded % padding !== 0', ''],
  ['trust/seal.ts', 'Math.ceil(end / padding) * padding !== plain.length ||', ''],
  ['trust/seal.ts', 'plain.subarray(end).some((b) => b !== 0)', 'false'],
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
]

const frames: Break[] = [
  ['trust/framing.ts', 'text.length < stated', 'false'],
  ['trust/framing.ts', 'if (text.length > stated)', 'if (false)'],
  ['trust/framing.ts', 'viewOf(bytes).getUint32(end) !== crc32(bytes.subarray(0, end))', 'false'],
  ['trust/framing.ts', 'if (bytes[0] !== typeBytes[name])', 'if (false)'],
  ['trust/framing.ts', 'if (bytes[1] !== version)', 'if (false)'],
  ['trust/invitation.ts', '!reader.atEnd() ||', ''],
  ['trust/invitation.ts', '|| rootV < 1', ''],
  ['trust/invitation.ts', 'v.parse(identifier, reader.text())', 'reader.text()'],
  ['trust/invitation.ts', '!isAbsoluteAddress(mirror)', 'false'],
  ['trust/restore-payload.ts', 'if (payload.organisation !== root.organisation)', 'if (false)'],
  ['trust/restore-payload.ts', 'if (!reader.atEnd())', 'if (false)'],
]

const heads: Break[] = [
  ['release/head.ts', 'if (bytes.length > limits.head)', 'if (false)'],
  ['release/head.ts', 'if (head.org !== root.organisation)', 'if (false)'],
  ['release/head.ts', 'if (head.department !== department)', 'if (false)'],
  ['release/head.ts', 'if (head.gen !== named.gen)', 'if (false)'],
  ['release/head.ts', 'if (minFormatOf(value) > format)', 'if (false)'],
  ['release/head.ts', '(head.gen === held.gen && head.v > held.v)', 'head.v > held.v'],
  ['release/head.ts', 'head.gen > held.gen ||', ''],
  ['release/beat.ts', 'result.output.org !== root.organisation ||', ''],
  ['release/beat.ts', 'result.output.department !== department', 'false'],
  ['release/beat.ts', 'if (minFormatOf(value) > format)', 'if (false)'],
  ['release/beat.ts', 'if (bytes.length > limits.head)', 'if (false)'],
]

const content: Break[] = [
  ['release/check-blob.ts', 'if ((await sha256(bytes)) !== named.hash)', 'if (false)'],
  ['release/open-release.ts', 'names.size !== manifest.documents.length ||', ''],
  ['release/open-release.ts', 'count !== names.size ||', ''],
  ['release/open-release.ts', 'if (!bodies.has(place))', 'if (false)'],
  [
    'release/open-release.ts',
    'head.byRootKey ? manifest.by : (head.signerRole ?? manifest.by)',
    'manifest.by',
  ],
  ['release/open-release.ts', 'if (epochKey.length !== 32)', 'if (false)'],
  ['release/open-keys.ts', 'keys.org !== head.org ||', ''],
  ['release/open-keys.ts', 'keys.department !== head.department ||', ''],
  ['release/open-keys.ts', 'keys.epoch !== head.epoch', 'false'],
  ['release/build-release.ts', 'if (!mayPublish(root, department, signer.kid))', 'if (false)'],
  ['release/build-release.ts', 'if (document.department !== department)', 'if (false)'],
  ['release/build-release.ts', 'if (items.has(name)) throw', 'if (false) throw'],
  ['release/build-release.ts', 'if (bytes.length > limits.document)', 'if (false)'],
  ['release/publish.ts', '!sameBytes(there, built.head)', 'false'],
  ['release/publish.ts', '|| isNewer(built, pointed)', '|| true'],
  ['release/verify-store.ts', 'head.gen !== place.gen || head.v !== place.v', 'false'],
  ['release/verify-store.ts', 'hint.gen !== highest?.gen || hint.v !== highest.v', 'false'],
]

export const breaks: readonly Break[] = [...jws, ...root, ...seals, ...frames, ...heads, ...content]
