import css from './editor.css?inline'
import writeCss from './write/write.css?inline'

let sheet: CSSStyleSheet | undefined

/**
 * The editor's look comes with its script, so that a reader's phone has none of it. As a sheet made by
 * script: the page's policy allows no style element.
 */
export function adoptStyles(): void {
  if (sheet !== undefined) return
  sheet = new CSSStyleSheet()
  sheet.replaceSync(css + writeCss)
  document.adoptedStyleSheets.push(sheet)
}
