import css from './publish.css?inline'

let sheet: CSSStyleSheet | undefined

/** The look of these screens comes with their script, as the editor's does (styles.ts). */
export function adoptPublishStyles(): void {
  if (sheet !== undefined) return
  sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets.push(sheet)
}
