import { accessibilityStatement } from './accessibility-statement.ts'
import { impactAssessment } from './impact-assessment.ts'
import { incidentReport } from './incident-report.ts'
import { informationClassification } from './information-classification.ts'
import type { LawTemplate } from './law-template.ts'
import { privateNumbers } from './private-numbers.ts'
import { processorAgreement } from './processor-agreement.ts'
import { publicRecords } from './public-records.ts'
import { unionNegotiation } from './union-negotiation.ts'

/** In the order they are needed: what concerns staff first, what is needed the day something happens last. */
export const lawTemplates: readonly LawTemplate[] = [
  privateNumbers,
  unionNegotiation,
  publicRecords,
  processorAgreement,
  impactAssessment,
  informationClassification,
  accessibilityStatement,
  incidentReport,
]
