import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { dial, NumberCall } from '#app/documents/contact-call.tsx'
import { addressOf } from '#app/documents/address-of.ts'
import { translatedText } from '#app/documents/translated-text.ts'
import { InlineText, Prose } from './inline-text.tsx'
import { parseInline, type Inline } from './parse-inline.ts'

/*
 * Texts of a publisher who went bad: the release is signed as it should be, and the schema lets any text
 * through. Nothing of it may become markup, script, a way out of the plans, or a call.
 */
const html = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<a href="javascript:alert(1)">Ring 112</a>',
  '"><svg onload=alert(1)>',
  '<iframe srcdoc="<script>parent.alert(1)</script>">',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '</div></div><base href=//evil.example/>',
  '<!--',
  ']]>',
  '{{constructor}}',
  '${alert(1)}',
  '\0<b>',
  '<style>*{display:none}</style>', // prettier-ignore
]
const addresses = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\tscript:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'http://evil.example',
  '//evil.example',
  '/evil',
  'tel:*21*0701740605%23',
  'sms:112',
  'intent://x#Intent;scheme=tel;end',
  'blob:https://x/y',
  '#/join/JAEAXQAI',
  '#/restore/x',
  '#/edit/approve/x',
  '#/edit',
  '#/ready',
  '#join',
  '#//evil.example',
  'https:evil.example',
  'https:/evil.example',
]
const scheme = /^(https:\/\/|#\/d\/|#\/search\b)/

describe('plan text', () => {
  it.each(html.map((text) => [text]))('[U3] %j is read, not run', (text) => {
    for (const markup of [drawn(text), drawn(`**${text}**`), drawnProse(`- ${text}\n\n${text}`)]) {
      const tags = [...markup.matchAll(/<\/?([a-z]+)/gi)].map(([, name]) => name)
      expect(tags.filter((name) => !['p', 'ul', 'li', 'div', 'strong', 'em', 'br', 'a'].includes(name ?? ''))).toEqual([]) // prettier-ignore
      expect(markup).not.toMatch(/<[^>]*\bon\w+=/i)
    }
  })

  it.each(addresses.map((address) => [address]))('[U2] a link to %j is none', (address) => {
    const markup = drawn(`Ring [112](${address}) nu`)
    expect(markup).not.toContain('href')
    expect(markup).toContain('112')
  })

  it.each(['https://www.msb.se/x', '#/d/hemtjanst/routine/tes-korlista', '#/search?q=mejl'])(
    'a link to %s is one',
    (address) => expect(drawn(`[se](${address})`)).toContain(`href="${address}"`),
  )

  it('[U2] [U3] has no other link and no other element, whatever the text', () => {
    const part = fc.constantFrom('[', ']', '(', ')', '**', '*', '- ', '\n', ' ', '<', '"', ...html, ...addresses) // prettier-ignore
    const text = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 12 }).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(text, (each) => {
        for (const address of linksIn(parseInline(each))) expect(address).toMatch(scheme)
        const markup = drawnProse(each)
        for (const [, href] of markup.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(scheme)
        expect(markup).not.toMatch(/<(?!\/?(p|ul|li|div|strong|em|br|a)\b)/i)
      }),
    )
  })

  it.each(['\u202e', '\u202d', '\u202a', '\u202b', '\u2066', '\u2067', '\u2068'])(
    '[U4] is not turned round by %j',
    (mark) => {
      const of = { title: `Ring ${mark}5060-471`, translations: { en: { title: `Call ${mark}5` } } }
      expect(translatedText(of, 'title', 'sv').text).toBe('Ring 5060-471')
      expect(translatedText(of, 'title', 'en').text).toBe('Call 5')
    },
  )
})

describe('[U1] a number', () => {
  const bad = ['*21*0701740605#', '+46701740605,1', '+46701740605;ext=1', '+46\u202e701740605', '\u200e112', '070-174 06 05', '112 ', 'javascript:alert(1)'] // prettier-ignore
  it.each(bad.map((number) => [number]))('%j is shown and never dialled', (number) => {
    expect(dial(number)).toBeUndefined()
    const markup = renderToStaticMarkup(<NumberCall number={number} />)
    expect(markup).not.toContain('href')
    expect(markup).not.toMatch(/[\u202a-\u202e\u200e\u200f]/)
  })
  it('that is one is dialled as it is', () => {
    expect(dial('+46701740605')).toBe('tel:+46701740605')
    expect(dial('112')).toBe('tel:112')
  })
})

it('an address made of a name leads into the plans', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      expect(addressOf(name)).toMatch(/^#\/d\//)
    }),
  )
})

function drawn(text: string): string {
  return renderToStaticMarkup(<InlineText>{text}</InlineText>)
}

function drawnProse(text: string): string {
  return renderToStaticMarkup(<Prose>{text}</Prose>)
}

function linksIn(parts: Inline[]): string[] {
  return parts.flatMap((part) =>
    part.kind === 'text'
      ? []
      : part.kind === 'link'
        ? [part.address, ...linksIn(part.inside)]
        : linksIn(part.inside),
  )
}
