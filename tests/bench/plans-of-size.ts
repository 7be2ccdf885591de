import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseDocument, type YAMLSeq, type YAMLMap } from 'yaml'

const plans = resolve(import.meta.dirname, '../../plans')
const contacts = 40
const forms = 6

/**
 * Copies plans/ with a home care of the size that DESIGN's limit is for: 8 plans, 40 contacts, 6 forms,
 * the routines those need (all of them) and phone trees; no exercises and no rota. `gemensamt` stays.
 *
 * @param folder an empty folder
 */
export async function writePlansOfSize(folder: string): Promise<void> {
  await cp(plans, folder, { recursive: true })
  const home = join(folder, 'hemtjanst')
  await rm(join(home, 'exercises'), { recursive: true })
  await rm(join(home, 'rotas'), { recursive: true })
  const planned = await textOf(join(home, 'plans'))
  const isSpare = (id: string) => !planned.includes(`hemtjanst/form/${id}\n`)
  const ids = (await readdir(join(home, 'forms'))).map((name) => name.replace(/\.yaml$/, ''))
  // Forms that no plan rests on go first.
  const dropped = ids
    .toSorted((a, b) => Number(isSpare(b)) - Number(isSpare(a)))
    .slice(0, Math.max(0, ids.length - forms))
  for (const id of dropped) await rm(join(home, 'forms', `${id}.yaml`))
  // What pointed at them points nowhere now: those lines go too.
  const gone = new RegExp(
    `^ *(?:- )?(?:form|exercise): hemtjanst/(?:form/(?:${dropped.join('|')})|exercise/.*)\\n`,
    'gm',
  )
  for (const path of await yamlBelow(home)) {
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replace(gone, ''))
  }
  const rest = await textOf(folder)
  const list = join(home, 'contacts.yaml')
  const document = parseDocument(await readFile(list, 'utf8'))
  const items = (document.get('contacts') as YAMLSeq<YAMLMap>).items
  const isNamed = (item: YAMLMap) => rest.includes(`hemtjanst/contact/${String(item.get('id'))}`)
  for (const item of items.filter((one) => !isNamed(one)).slice(0, items.length - contacts))
    items.splice(items.indexOf(item), 1)
  await writeFile(list, String(document))
}

async function yamlBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => join(entry.parentPath, entry.name))
}

async function textOf(folder: string): Promise<string> {
  const texts = await Promise.all((await yamlBelow(folder)).map((path) => readFile(path, 'utf8')))
  return texts.join('\n')
}
