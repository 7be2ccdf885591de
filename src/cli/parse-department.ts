import { isIdentifier } from '#domain/validate-document.ts'
import { CliError } from './command.ts'

/**
 * `hemtjanst=Hemtjänst`: the name of a department and its title, which is the name where it is left out.
 *
 * @throws CliError when the name is no identifier
 */
export function parseDepartment(text: string): { id: string; title: string } {
  const [id = '', ...rest] = text.split('=')
  if (!isIdentifier(id)) {
    throw new CliError(
      2,
      `"${id}" is no name of a department`,
      'It may hold only a–z, 0–9 and single hyphens: hemtjanst=Hemtjänst',
    )
  }
  return { id, title: rest.join('=').trim() || id }
}
