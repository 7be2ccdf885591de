import type * as v from 'valibot'
import { contact, contacts } from '#domain/schema/contacts.ts'
import { department, shiftList } from '#domain/schema/department.ts'
import { exercise } from '#domain/schema/exercise.ts'
import { form, formField } from '#domain/schema/form.ts'
import { organisation } from '#domain/schema/organisation.ts'
import { phoneTree, position } from '#domain/schema/phone-tree.ts'
import { plan } from '#domain/schema/plan.ts'
import { rota } from '#domain/schema/rota.ts'
import { escalation, phase, routine, step } from '#domain/schema/routine.ts'
import { situation } from '#domain/schema/situation.ts'
import { system, systems } from '#domain/schema/systems.ts'
import { source } from '#domain/schema/values.ts'
import type { SchemaPart } from '#domain/schema/walk-schema.ts'

/**
 * What an editor shows beside a field of a YAML file in plans/. Kept out of the schemas, which every phone
 * loads. The compiler asks for a description of each field of the objects that have a name.
 */
const descriptionsByEntries = new Map<object, Readonly<Record<string, string>>>()

function describe<E extends v.ObjectEntries>(
  object: v.ObjectSchema<E, undefined>,
  descriptions: Record<Exclude<keyof E, 'translations' | 'secrecy'>, string>,
): void {
  // By its entries: an object that is optional somewhere is another schema with the same entries.
  descriptionsByEntries.set(object.entries, descriptions)
}

/** For objects without a name, and fields that mean the same wherever they stand. */
const descriptionsByField: Readonly<Record<string, string>> = {
  translations: 'The same text fields in other languages: en (English), fi (Finnish), ar (Arabic)',
  secrecy:
    'Fields left out of the open extract, each with its legal ground, for example number: "OSL 39:3"',
  role: 'The role that did it, never a person’s name',
  on: 'The day, "2026-03-12"',
  by: 'The role that does or decides it',
  when: 'When it holds or happens, in words',
  place: 'Where it stands',
  responsible: 'The role that keeps it up to date',
  printed: 'The day it was last printed, "2026-03-12"',
  client: 'What a person who gets help is called here (brukare, kund)',
  clients: 'The same in the plural',
  review: 'Months between two reviews',
  exercise: 'Months between two exercises, or the exercise that was held',
  phoneTree: 'Months between two checks of phone trees and contacts',
  into: 'The system or record it is entered into',
  system: 'A system of systems.yaml, by its id',
  within: 'By when, for example "3 d"',
  checkedBy: 'Who checks it with a second pair of eyes',
  after: 'How long after the beginning, for example "4 h"',
  text: 'What happens or is said',
  expected: 'What a good answer would be',
  result: 'What came out of it',
  minutes: 'Minutes until the last person was reached',
  title: 'What it is called',
  type: 'What kind of thing it is',
  expectedOutage: 'How long it may be expected to be gone, for example "1 d"',
  acceptableOutage: 'How long one can do without it, for example "4 h"',
  routine: 'The routine for it: department/routine/id',
  decides: 'Who decides',
  deputy: 'Who does it when the first cannot',
  minutes15: 'The first fifteen minutes: four to seven steps',
  hour1: 'The first hour',
  day1: 'The first day',
  week1: 'The first week',
  longer: 'Longer than a week: outages lasted up to nine weeks',
  neverBack: 'When it never comes back, or its data are lost',
  state: 'Whether it works, works partly, or is down',
  note: 'One line more about it',
  position: 'A position of the phone tree, by its id',
  name: 'The name of a person, where that is agreed',
  number: 'Phone number as "+46…" in quotation marks',
  private: 'A private number, left voluntarily: kept out of the open extract',
  from: 'From when, with offset: 2026-03-12T22:00:00+01:00',
  to: 'Until when, with offset',
}

/** The description of a field of an object; undefined where one is missing. */
export function fieldDescription(object: SchemaPart, field: string): string | undefined {
  const own = object.entries && descriptionsByEntries.get(object.entries)
  return own?.[field] ?? descriptionsByField[field]
}

describe(organisation, {
  title: 'The name of the municipality',
  example:
    'true for a made-up organisation: a banner says ÖVNING, and only numbers reserved for fiction are allowed',
  departments: 'Ids of the departments in the order they are listed; each has a folder',
  coordinator: 'What the coordinator (beredskapssamordnare) is called',
  website: 'Address of the public web site',
})
describe(systems, {
  title: 'What the register is called',
  systems: 'The systems of the organisation',
})
describe(system, {
  id: 'Short name other files use, for example tes',
  title: 'The full name',
  names: 'What people call it; search finds it by these',
  purpose: 'What it is for',
  owner: 'The role that answers for it',
  supplier: 'Who delivers it',
  emergency: 'The supplier’s emergency line, "+46…"',
  needs: 'What must work for it to work',
  copies: 'Other places that hold copies of its data: the lost-data list',
})
describe(department, {
  title: 'The name of the department (verksamhet)',
  summary: 'What it does, in one line',
  terms: 'Words that differ between municipalities',
  intervals: 'Months between reviews, exercises and checks',
  keepEntries:
    'Days that what phones tell each other is kept (30 to 400); 400 where it is left out',
  firstNumbers: 'Up to four contacts that stand first on the start screen; 112 is added by itself',
  firstCard: 'The routine for "Jag vet inte vad som är fel"; that of gemensamt where none is named',
  order: 'The department’s own routines, most critical first',
  shiftLists: 'Lists printed at the end of a shift',
  units: 'Units, places of work',
  binder: 'Where the printed binder stands',
  critical: 'What must go on whatever happens, in a sentence or two',
  answers: 'Rows of the list of what went down that it answers',
})
describe(shiftList, {
  id: 'Short name',
  title: 'What the list is called',
  printed: 'At the end of which shift it is printed',
  at: 'The clock time, "21:00"',
  by: 'Who prints it',
  kept: 'Where it lies',
})
describe(contacts, {
  title: 'What the list of contacts is called',
  checked: 'When the numbers were last tried, and by which role',
  contacts: 'Functions one can call',
})
describe(contact, {
  id: 'Short name other files use: department/contact/id',
  title: 'The function, not a person: "Sjuksköterska kväll och natt"',
  short: 'Name for a big button, at most 24 characters',
  for: 'When to call, what they can help with',
  number: 'Phone number as "+46…" in quotation marks, or "112", "11313", "11414", "1177"',
  second: 'A second number, tried when the first does not answer',
  hours: 'When somebody answers',
  direct: 'true when the number does not run through the switchboard',
  sms: 'true when text messages are read',
  private: 'true for a private number, left voluntarily: kept out of the open extract',
  organisation: 'Who it belongs to, when not the municipality',
  address: 'Where one can go when the phones are down',
  aliases: 'Other words people search for',
})
describe(routine, {
  title: '"När … inte fungerar: …"',
  name: 'What people call it, as on the start screen: "TES: din körlista"',
  summary: 'One line under the name: what it is for',
  aliases: 'Words people use and misspell; search finds it by these',
  group: 'Where it stands on the start screen',
  systems: 'Ids of systems.yaml that it answers the loss of',
  answers: 'Rows of the list of what went down that it answers',
  for: 'Who it is for: "Du som arbetar i kväll"',
  harm: 'Who can come to harm tonight; stands first',
  notice: 'How one notices',
  phases: 'What to do, from the first fifteen minutes to when it never comes back',
  do: 'Do, side by side with "dont"',
  dont: 'Do not: "Ingen delegering? Ge inte. Ring sjuksköterskan."',
  control: 'Something one can count: "Har alla på listan fått besök?"',
  escalation: 'When to call whom further up',
  return: 'What to do when it works again',
  healthCare:
    'true for a routine of health care (HSL): it shows whether the medical lead nurse approved it',
  approval: 'The approval of the medical lead nurse (MAS)',
  reviewed: 'When it was last read and attested',
  nextReview: 'The day of the next review, when it is not by the interval',
  sources: 'What it rests on',
  notes: 'For those who write it; staff do not see it',
})
describe(phase, { note: 'One line above the steps', steps: 'The steps, in order' })
describe(step, {
  text: 'One action, verb first',
  who: 'Who does it',
  where: 'Where the thing lies: "Pärmen på kontoret, flik 4"',
  call: 'Whom to call: department/contact/id',
  form: 'Which paper to use: department/form/id',
  see: 'Another document that says more: department/kind/id',
})
describe(escalation, {
  when: 'When to escalate',
  text: 'What to say',
  call: 'Whom to call: department/contact/id',
})
describe(source, {
  text: 'The report and what it says, or the law',
  practice: 'true for what no report says but practice does',
  verified: 'false until somebody has checked it; say what a lawyer must check',
})
describe(plan, {
  title: 'The name of the plan',
  activity: 'The critical activity it is about',
  owner: 'The role that owns it, and its deputy',
  decided: 'Who decided it and when',
  version: 'Version as text: "1.0"',
  reviewed: 'When it was last read and attested',
  nextReview: 'The day of the next review, when it is not by the interval',
  mbco: 'What must go on whatever happens (tolerabel nivå)',
  mtpd: 'How long it can be down at most (acceptabel avbrottstid): "4 h"',
  rto: 'By when it shall be back (återställningstid), shorter than mtpd',
  rpo: 'How much data may be lost (acceptabel dataförlust): "1 d"',
  consequences: 'What happens after 4 h, 24 h, 3 d, 7 d, 30 d',
  dependencies: 'What it needs, with expected against acceptable outage',
  paused: 'What is put off meanwhile',
  leastStaffing: 'The fewest people it takes',
  activation: 'When it is activated and who decides',
  routines: 'Its fallback routines (reservrutiner): department/routine/id',
  recovery: 'Recovery routine (återställningsrutin): how the normal way is brought back',
  return: 'Return routine (återgångsrutin): how work moves back and paper is entered',
  contacts: 'Necessary contacts: department/contact/id',
  binder: 'Where the binder stands and when it was printed',
  exercises: 'Exercises held',
  answers: 'Rows of the list of what went down that it answers',
  sources: 'What it rests on',
})
describe(phoneTree, {
  title: 'The name of the phone tree (ringkedja)',
  purpose: 'What it is for',
  hours: 'When it is used: "Vardag kväll 16–22"',
  unit: 'The unit it is for',
  script: 'What the caller says, in twenty seconds; asks the receiver to read it back',
  drillScript: 'The same in a drill; begins with ÖVNING',
  voluntary: 'true where people may say no: "Du måste inte komma"',
  mayStart: 'Who may start it',
  start: 'The id of the position it begins with; the last persons call back to it',
  minutesPerCall: 'Minutes a call takes, for the estimate',
  positions: 'Everyone who is called, functions first',
  checked: 'When the numbers were last tried, and by which role',
  drills: 'Drills held',
})
describe(position, {
  id: 'Short name within this tree',
  title: 'The function: "Nattpatrull 1"',
  unit: 'The unit it belongs to',
  contact: 'The contact whose number it has: department/contact/id',
  number: 'Its own number as "+46…", where it has no contact',
  second: 'A second number',
  hours: 'When it is staffed',
  name: 'A name, where that is agreed; the rota is the better place',
  private: 'true for a private number: kept out of the open extract',
  calls: 'Ids of the positions it calls, in order; two or three is best, above five warns',
  deputy: 'The id of the position called instead when nobody answers (ring i stället)',
})
describe(form, {
  title: 'What people call the paper: "Anteckning vid besök"',
  summary: 'When it is used, in one line',
  replaces: 'The screen it replaces',
  systems: 'Ids of systems.yaml whose loss it is for',
  answers: 'Rows of the list of what went down that it answers',
  aliases: 'Other words people search for',
  record: 'The record it becomes part of: hsl (health care), sol (social services), other',
  fields:
    'Its fields in order; unit, times, signature, page and serial number are on every form by themselves',
  kept: 'Where blank ones lie: "Pärmen, flik 4"',
  collected: 'Who collects filled-in ones, and when',
  entered: 'Into which system it is entered afterwards, by whom, by when, who checks',
  retention: 'How long the paper is kept afterwards',
  copies: 'How many blank ones belong in the binder',
  serialPrefix: 'First part of the serial number: 2–4 capital letters, of this form only',
  copyByHand: 'How to draw it on blank paper when the printers are down too',
  sources: 'What it rests on',
  notes: 'For those who write it',
})
describe(formField, {
  label: 'The question',
  type: 'How it is answered',
  help: 'A word of help under it',
  rows: 'Lines to write on, or rows of a table',
  columns: 'Columns of a table',
  options: 'What one may choose between',
})
describe(exercise, {
  title: 'The name of the exercise',
  purpose: 'What is tried',
  scenario: 'What has happened',
  length: 'How long it takes: "2 h"',
  participants: 'Who takes part',
  preparation: 'What is done beforehand',
  injects: 'What the leader says or does, and when',
  questions: 'What is talked about afterwards',
  uses: 'Documents it tries: department/kind/id',
  answers: 'Rows of the list of what went down that it tries',
  log: 'When it was held and what came out of it',
})
describe(situation, {
  title: 'The headline of the situation (läge nu)',
  summary: 'What has happened, in a few sentences',
  since: 'Since when, with offset: 2026-03-12T14:20:00+01:00',
  nextNews: 'When there will be news',
  ended: 'When it ended; the one without an end is in force',
  items: 'What works and what does not',
  may: 'What one may do',
  mayNot: 'What one may not do',
  signedBy: 'The role that answers for it',
  drill: 'true in an exercise',
})
describe(rota, {
  title: 'The name of the rota',
  phoneTree: 'The tree it fills: department/phone-tree/id',
  entries: 'Who holds which position, from when to when',
})
