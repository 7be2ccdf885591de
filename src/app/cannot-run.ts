/**
 * The page of a window in which the app cannot run: why, and what to do. Loaded by the first script before
 * anything else is tried; no framework, no stored texts, both languages, since nothing is known of the person.
 */
export function sayCannotRun(lacks: 'crypto' | 'storage', root: HTMLElement | null): void {
  const { hash, hostname, pathname, protocol } = location
  const isPlain = lacks === 'crypto' && protocol === 'http:'
  // An invitation must not stay where it is seen; the link below carries it on.
  if (hash.length > 2) history.replaceState(history.state, '', '#/')
  const page = document.createElement('main')
  page.className = 'first-visit stack'
  page.dataset.now = ''
  const add = (tag: 'h1' | 'p', text: string, lang?: string) => {
    const element = document.createElement(tag)
    element.textContent = text
    if (lang !== undefined) element.lang = lang
    page.append(element)
    return element
  }
  document.documentElement.lang = 'sv'
  if (isPlain) {
    add('h1', 'Plan B behöver en säker adress')
    add('p', 'Adressen börjar med http://. Då låter webbläsaren inte appen låsa upp planerna, och någon på nätet kan ändra det du ser.') // prettier-ignore
    add('p', 'Öppna samma adress med https:// i stället. Går det inte: visa den här sidan för den som sköter appen. Adressen behöver ett certifikat.') // prettier-ignore
    const link = document.createElement('a')
    link.className = 'button is-main'
    link.href = `https://${hostname}${pathname}${hash}`
    link.textContent = 'Öppna med https'
    add('p', '').append(link)
  } else if (lacks === 'crypto') {
    add('h1', 'Webbläsaren är för gammal för Plan B')
    add('p', 'Den kan inte låsa upp planerna. Uppdatera webbläsaren eller telefonen, eller öppna länken i en annan webbläsare.') // prettier-ignore
  } else {
    add('h1', 'Det här fönstret kan inte spara planer')
    add('p', 'Det kan vara ett privat fönster, eller så är sidans lagring avstängd. Öppna länken i ett vanligt fönster.') // prettier-ignore
  }
  add('p', 'Tills dess: använd pärmen. Fara för liv: ring 112.')
  add(
    'p',
    isPlain
      ? 'Plan B needs a secure address: open this one with https:// instead. Until then, use the binder.'
      : 'Plan B cannot open or keep plans in this window. Open the link in another window or browser. Until then, use the binder.',
    'en',
  )
  root?.replaceChildren(page)
}
