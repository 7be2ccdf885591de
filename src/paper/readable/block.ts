/** What a page of a document is made of, as plain data: drawn as HTML here, on paper elsewhere. Texts are Swedish. */
export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'text'; text: string; isSoft?: boolean }
  | { kind: 'list'; items: string[] }
  | { kind: 'steps'; steps: { text: string; under: string[] }[] }
  | { kind: 'facts'; facts: { name: string; value: string }[] }
  | { kind: 'table'; head: string[]; rows: string[][] }
  | {
      kind: 'box'
      tone: 'harm' | 'first' | 'do' | 'dont' | 'count'
      title: string
      blocks: Block[]
    }

/** A document as a page: under which name it is found, and what stands on it. */
export interface ReadablePage {
  /** `department/kind/id` */
  name: string
  title: string
  /** What kind of document it is, in Swedish. */
  kind: string
  blocks: Block[]
}
