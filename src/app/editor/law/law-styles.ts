import css from './law.css?inline'

let sheet: CSSStyleSheet | undefined

/** The look of the templates comes with them, as the editor's does with its script (styles.ts). */
export function adoptLawStyles(): void {
  if (sheet !== undefined) return
  sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets.push(sheet)
}
