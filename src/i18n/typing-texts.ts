/**
 * What is said while a code is typed from a paper. Loaded with the lines themselves, so that the first visit does
 * not carry it.
 */
export const typingTexts = {
  sv: {
    title: 'Skriv av raderna',
    help: 'En rad i taget, som på pappret. Mellanslag, och stora eller små bokstäver, spelar ingen roll. När en rad stämmer kommer nästa.',
    line: 'Rad {{line}}',
    right: 'Rad {{line}} stämmer.',
    all: 'Alla rader stämmer.',
    wrong: 'Rad {{line}}, tecken {{column}}, i grupp {{group}}: du skrev {{found}}.',
    wrongSuggested:
      'Rad {{line}}, tecken {{column}}, i grupp {{group}}: du skrev {{found}}. Det ska nog vara {{suggested}}.',
    wrongSomewhere: 'Något i rad {{line}} är fel. Jämför den tecken för tecken med pappret.',
    change: 'Byt {{found}} mot {{suggested}}',
    short: 'Rad {{line}} är för kort. Ett tecken saknas, eller flera.',
    long: 'Rad {{line}} är för lång. Ta bort det som står för mycket.',
    other: 'Det där är rad {{number}} på pappret. Skriv rad {{line}} här.',
    mixed: 'Raderna hör inte ihop. Är de från samma papper?',
    again: 'Börja om',
    use: 'Använd koden',
  },
  en: {
    title: 'Type the lines',
    help: 'One line at a time, as on the paper. Spaces, and capital or small letters, do not matter. When a line is right the next one comes.',
    line: 'Line {{line}}',
    right: 'Line {{line}} is right.',
    all: 'All lines are right.',
    wrong: 'Line {{line}}, character {{column}}, in group {{group}}: you typed {{found}}.',
    wrongSuggested:
      'Line {{line}}, character {{column}}, in group {{group}}: you typed {{found}}. It is probably {{suggested}}.',
    wrongSomewhere:
      'Something in line {{line}} is wrong. Compare it with the paper character by character.',
    change: 'Change {{found}} to {{suggested}}',
    short: 'Line {{line}} is too short. One character is missing, or more.',
    long: 'Line {{line}} is too long. Remove what should not be there.',
    other: 'That is line {{number}} on the paper. Type line {{line}} here.',
    mixed: 'The lines do not belong together. Are they from the same paper?',
    again: 'Start over',
    use: 'Use the code',
  },
} as const
