import css from './paper.css?inline'
import sheetCss from './paper-sheet.css?inline'

let sheet: CSSStyleSheet | undefined

/** The look of invitations and papers comes with their script, as the editor's does (styles.ts). */
export function adoptPaperStyles(): void {
  if (sheet !== undefined) return
  sheet = new CSSStyleSheet()
  sheet.replaceSync(css + sheetCss)
  document.adoptedStyleSheets.push(sheet)
}
