/** Whether a person has said yes; anything but a plain yes, in Swedish or English, is a no. */
export function isYes(answer: string): boolean {
  return /^(j|ja|y|yes)$/i.test(answer.trim())
}
