import type { Finding } from '@mikromerit/credentials'

type Rule = readonly [severity: Finding['severity'], sv: string, en: string]

/** What files can get wrong beyond the rules on awards (domain.md section 8). Messages never repeat a value. */
export const importMessages = {
  IMPORT_EMPTY: ['error', 'Filen är tom.', 'The file is empty.'],
  IMPORT_FORMAT: [
    'error',
    'Filen har inte det format som angavs, eller är skadad.',
    'The file does not have the format that was stated, or is damaged.',
  ],
  IMPORT_TOO_LARGE: ['error', 'Filen är för stor.', 'The file is too large.'],
  IMPORT_ENCODING: [
    'error',
    'Filens teckenkodning kunde inte läsas.',
    'The character encoding of the file could not be read.',
  ],
  IMPORT_QUOTES: [
    'error',
    'Ett citattecken är inte avslutat eller står fel.',
    'A quotation mark is not closed or stands in the wrong place.',
  ],
  IMPORT_ROW_TOO_LONG: ['error', 'Raden är för lång.', 'The row is too long.'],
  IMPORT_TOO_MANY_ROWS: ['error', 'Filen har för många rader.', 'The file has too many rows.'],
  IMPORT_TOO_MANY_COLUMNS: [
    'error',
    'Raden har för många kolumner.',
    'The row has too many columns.',
  ],
  IMPORT_COLUMN_UNKNOWN: [
    'warning',
    'Kolumnen är okänd och hoppas över.',
    'The column is not known and is ignored.',
  ],
  IMPORT_COLUMN_REPEATED: [
    'error',
    'Två kolumner betyder samma sak.',
    'Two columns mean the same thing.',
  ],
  IMPORT_COLUMN_MISSING: [
    'error',
    'En kolumn som behövs saknas.',
    'A column that is needed is missing.',
  ],
  IMPORT_CELL_WITHOUT_COLUMN: [
    'error',
    'Raden har fler celler än rubrikraden.',
    'The row has more cells than the header row.',
  ],
  IMPORT_FORMULA: ['error', 'Formler godtas inte.', 'Formulas are not accepted.'],
  IMPORT_NUMBER: ['error', 'Detta är inte ett tal.', 'This is not a number.'],
  IMPORT_REFERENCE_REPEATED: [
    'error',
    'Samma referens står på en tidigare rad.',
    'The same reference stands on an earlier row.',
  ],
  IMPORT_ENCRYPTED: [
    'error',
    'Filen är lösenordsskyddad eller i det äldre formatet .xls. Spara den som .xlsx utan lösenord.',
    'The file is protected by a password or in the older .xls format. Save it as .xlsx without a password.',
  ],
  IMPORT_ARCHIVE_UNSAFE: [
    'error',
    'Filen packar upp till orimligt mycket, eller är felaktigt packad.',
    'The file unpacks to an unreasonable size, or is wrongly packed.',
  ],
  LEARNER_DUPLICATE: [
    'warning',
    'Samma person förekommer på en tidigare rad.',
    'The same person appears on an earlier row.',
  ],
  NAME_SUSPECT: [
    'warning',
    'Namnfältet innehåller något annat än ett namn.',
    'The name field contains something other than a name.',
  ],
  ISCED_ZERO_LOST: [
    'warning',
    'Ämnesområdet ser ut att ha förlorat sin inledande nolla.',
    'The field of education looks as if its leading zero was lost.',
  ],
  WORKLOAD_NOT_POSITIVE: [
    'error',
    'Omfattningen måste vara ett positivt tal.',
    'The workload must be a positive number.',
  ],
  WORKLOAD_CONTRADICTS: [
    'error',
    'Poängen eller timmarna är inte definitionens.',
    'The credits or hours are not those of the definition.',
  ],
  FIELD_CONTRADICTS: [
    'warning',
    'Ämnesområdet är inte definitionens.',
    'The field of education is not that of the definition.',
  ],
  ACHIEVEMENT_UNKNOWN: [
    'error',
    'Det finns ingen definition med denna kod att tilldela.',
    'There is no definition with this code to award.',
  ],
  REFERENCE_TAKEN: [
    'error',
    'En annan tilldelning har redan denna referens.',
    'Another award has this reference already.',
  ],
  DELEGATION_MISSING: [
    'error',
    'Rätten att tilldela denna definition gäller inte den dagen.',
    'The right to award this definition does not reach to this day.',
  ],
  VALUE_MISSING: ['error', 'En uppgift som behövs saknas.', 'A value that is needed is missing.'],
  VALUE_UNKNOWN: ['error', 'Uppgiften är okänd här.', 'The value is not known here.'],
  VALUE_TOO_LONG: ['error', 'Uppgiften är för lång.', 'The value is too long.'],
  VALUE_INVALID: [
    'error',
    'Uppgiften har inte den form den ska ha.',
    'The value does not have the form it must have.',
  ],
  EMAIL_INVALID: ['error', 'Detta är inte en e-postadress.', 'This is not an e-mail address.'],
  JSON_MALFORMED: ['error', 'Texten är inte giltig JSON.', 'The text is not valid JSON.'],
  JSON_TOO_DEEP: [
    'error',
    'JSON-texten är för djupt nästlad eller har för många delar.',
    'The JSON text is nested too deeply or has too many members.',
  ],
  XML_MALFORMED: ['error', 'Texten är inte giltig XML.', 'The text is not well-formed XML.'],
  XML_DOCTYPE: [
    'error',
    'Filen innehåller en DOCTYPE-deklaration, vilket inte godtas.',
    'The file holds a DOCTYPE declaration, which is not accepted.',
  ],
  XML_TOO_COMPLEX: [
    'error',
    'XML-filen är för djupt nästlad eller har för många delar.',
    'The XML file is nested too deeply or has too many parts.',
  ],
  ELMO_ROOT: ['error', 'Filen är inte en ELMO-fil.', 'The file is not an ELMO file.'],
  ELMO_ELEMENT_MISSING: [
    'error',
    'Ett element som ELMO kräver saknas.',
    'An element that ELMO requires is missing.',
  ],
  ELMO_VERSION: [
    'warning',
    'Filen följer ELMO 2 och läses så.',
    'The file follows ELMO 2; read as such.',
  ],
  ELMO_EXTENSION_INVALID: [
    'warning',
    'En uppgift i tillägget för mikromeriter har fel form och hoppas över.',
    'A value in the micro-credential extension has the wrong form and is ignored.',
  ],
  ELMO_OTHER_ORGANISATION: [
    'error',
    'Detta intygas av en annan organisation, som själv måste tilldela det.',
    'Another organisation attests this, and must award it itself.',
  ],
  ELMO_NOT_PASSED: [
    'warning',
    'Detta är inte avklarat och kan inte bli en mikromerit.',
    'This was not passed and cannot become a micro-credential.',
  ],
  ELMO_GRADING_SCHEME_UNKNOWN: [
    'warning',
    'Betygsskalan är inte beskriven i filen.',
    'The grading scale is not described in the file.',
  ],
  ELMO_UNSIGNED: ['hint', 'Filen är inte signerad.', 'The file is not signed.'],
  ELMO_SIGNATURE_WEAK: [
    'warning',
    'Signaturen använder metoder som inte längre är säkra.',
    'The signature uses methods that are no longer safe.',
  ],
  ELMO_SIGNATURE_UNTRUSTED: [
    'warning',
    'Filen är oförändrad sedan den signerades, men den som signerade är inte känd här.',
    'The file is unchanged since it was signed, but who signed it is not known here.',
  ],
  ELMO_SIGNATURE_UNDETERMINED: [
    'warning',
    'Signaturen kunde inte kontrolleras här.',
    'The signature could not be checked here.',
  ],
  ELMO_SIGNATURE_INVALID: [
    'error',
    'Signaturen stämmer inte: filen har ändrats eller är felaktigt signerad.',
    'The signature does not match: the file was altered or wrongly signed.',
  ],
  DOUBLE_CREDIT: [
    'error',
    'Poäng anges både för helheten och för delarna.',
    'Credits are given both for the whole and for its parts.',
  ],
  CREDIT_VALUE_INVALID: [
    'error',
    'Poängen är inte ett positivt tal.',
    'The credits are not a positive number.',
  ],
  STATUS_UNKNOWN: [
    'error',
    'Statusen är ingen av ELMO:s.',
    'The status is none of those ELMO knows.',
  ],
} as const satisfies Readonly<Record<string, Rule>>

export type ImportMessageCode = keyof typeof importMessages
