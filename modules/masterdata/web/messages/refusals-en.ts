/** A sentence for each refusal and field message of master data; every key is also in `refusals-zh-cn.ts`. */
export const refusalsEnglish: Record<string, string> = {
  'refusal.masterdata.changed-meanwhile':
    '{{who}} has just changed this row; yours was not saved. Reload and change it again.',
  'refusal.masterdata.code-taken': 'This code is already in use.',
  'refusal.masterdata.circle': 'A row cannot stand above itself.',
  'refusal.masterdata.wrong-state': 'Not possible in its present state. Reload to see the newest one.',
  'refusal.masterdata.still-used':
    'It is still used (territories: {{territories}}, posts: {{posts}}, institutions: {{institutions}}); move them first.',
  'refusal.masterdata.post-held': '{{who}} holds this post in that time.',
  'refusal.masterdata.overlapping': 'From {{from}} to {{to}} this institution belongs to {{territory}}.',
  'refusal.masterdata.price-overlapping':
    'There is a price of the same reach from {{from}} to {{to}}; they may not overlap.',
  'refusal.masterdata.ends-before-start': 'It ends before it begins.',
  'refusal.masterdata.unknown-unit': 'The product has no unit “{{unit}}”. It has: {{units}}.',
  'refusal.masterdata.unit-twice': 'A unit may stand once, and the base unit is one of itself.',
  'refusal.masterdata.factor-zero': 'The factor must be greater than 0.',
  'refusal.masterdata.merge-into-itself': 'It cannot be merged into itself.',
  'refusal.masterdata.import-wrong-state': 'The import is past the stage where this is possible. Reload it.',
  'refusal.masterdata.import-unknown-kind': 'Unknown kind of rows.',
  'refusal.masterdata.import-column-missing': 'Required fields are missing: {{fields}}.',
  'refusal.masterdata.import-column-twice': 'Two columns are set to the same field; keep one.',
  'refusal.masterdata.import-nothing-good': 'There is no row to write.',
  'refusal.masterdata.import-file-unreadable':
    'This file cannot be opened. Save it as .xlsx or UTF-8 CSV and upload it again.',
  'refusal.masterdata.import-file-empty': 'There is nothing in the file.',
  'refusal.masterdata.import-file-too-long': 'Too large: at most {{max}} rows. Split it into several files.',
  'refusal.masterdata.import-file-too-wide': 'Row {{row}} has more than {{max}} columns. Check the file.',
  'refusal.masterdata.import-in-the-way':
    'Not undone. Rows in the way: {{count}} ({{rows}}). They were changed since, or others refer to them.',
  'field.masterdata.not-a-decimal': 'A number greater than 0 with at most 6 decimals',
  'field.masterdata.not-a-price': 'A number with at most 4 decimals',
  'masterdata.not-a-decimal': 'A number greater than 0 with at most 6 decimals',
  'masterdata.not-a-price': 'A number with at most 4 decimals',
  'refusal.masterdata.identity-waiting':
    'A change of identity asked for by {{who}} still waits for approval; until then its identity cannot be changed again. Everything else can.',
  'refusal.masterdata.nothing-chosen': 'No row was chosen, or nothing to set was filled in.',
  'refusal.masterdata.months-overlap': 'It overlaps the days of {{month}}, or {{month}} is set already.',
  'refusal.masterdata.days-out-of-order': 'The days must stand in order: from ≤ to < files due ≤ close due.',
  'field.masterdata.day-taken': 'This day is set already',
}
