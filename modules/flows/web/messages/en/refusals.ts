import type { Words } from '#ui/pages.ts'

/** What happened, what is safe, what to do: one sentence for each refusal of flows and each file that cannot be read. */
export const refusalWords: Words = {
  'refusal.flows.month-not-open':
    '{{month}} is not open yet, so the file was not taken. A flow steward opens the month first.',
  'refusal.flows.month-closed':
    '{{month}} is closed ($t(flows.month_state.{{state}})); nothing was changed. Put late files into the next month.',
  'refusal.flows.file-known':
    '"{{file}}" holds exactly what "{{earlier}}" held, received {{received}} for {{month}}; it was not taken twice. To send it again, discard the earlier one first.',
  'refusal.flows.reading-stopped': 'The reading was stopped; the file is kept. Read it again when it suits.',
  'refusal.flows.wrong-batch-state':
    'The file is in a state that does not allow this; nothing was changed. Reload and look again.',
  'refusal.flows.mapping-incomplete':
    'Required columns are missing: {{fields}}. Assign them and confirm again; the file is kept as it is.',
  'refusal.flows.mapping-twice':
    'Two columns are assigned to the same field ($t(flows.field.{{field}})). Change one of them.',
  'refusal.flows.month-overlaps':
    'The dates overlap with {{other}}; the month was not opened. Change first or last day.',
  'refusal.flows.wrong-month-state':
    'The state of {{month}} has changed meanwhile; nothing was done. Reload and look again.',
  'refusal.flows.close-blocked-jobs-running':
    '{{count}} files are still being processed. Wait a moment and submit again; nothing is lost.',
  'refusal.flows.close-blocked-jobs-running_one':
    '{{count}} file is still being processed. Wait a moment and submit again; nothing is lost.',
  'refusal.flows.close-blocked-mapping-open':
    '{{count}} files wait for their columns to be confirmed. Confirm or discard them first.',
  'refusal.flows.close-blocked-mapping-open_one':
    '{{count}} file waits for its columns to be confirmed. Confirm or discard it first.',
  'refusal.flows.close-blocked-lines-waiting':
    '{{count}} lines still wait. Settle them in the review workbench first.',
  'refusal.flows.close-blocked-lines-waiting_one':
    '{{count}} line still waits. Settle it in the review workbench first.',
  'refusal.flows.close-blocked-no-lines': 'The month holds no line at all and cannot be closed.',
  'refusal.flows.target-missing': 'Choose the institution or product first.',
  'refusal.flows.target-unknown':
    'The chosen institution or product is retired or merged; nothing was changed. Choose another.',
  'refusal.flows.nothing-waits':
    'No line waits any more; somebody may just have settled them. Reload the page.',
  'refusal.flows.too-many-lines':
    'At most {{max}} lines at once; nothing was changed. Go by file or by distributor.',
  'refusal.flows.too-many-to-sort':
    'More than {{max}} lines cannot be sorted by this column. Narrow them by distributor, product, institution, territory or state first.',
  'refusal.flows.already-undone': 'This decision was already taken back.',
  'refusal.flows.decided-again': 'A later decision stands on this one. Take back the later one first.',
  'refusal.reading.empty': 'The file holds nothing. Check the export and upload it again.',
  'refusal.reading.encrypted':
    'The file has a password and cannot be read; it is kept as it came. Remove the password and upload again.',
  'refusal.reading.corrupt':
    'The file is damaged and cannot be read; it is kept as it came. Export it again, or save it anew in Excel, and upload.',
  'refusal.reading.too-large':
    'The file is beyond what can be read; it is kept as it came. Split it by month or warehouse and upload the parts.',
  'refusal.reading.no-table':
    'No table with column names was found; the file is kept as it came. It needs headers such as date, customer, product, quantity.',
  'refusal.reading.no-rows':
    'There are headers but no rows below them; the file is kept as it came. Check the period of the export.',
  'refusal.reading.unsupported':
    'This format is not supported; the file is kept as it came. Save a table as .xlsx or .csv, a picture as JPG, and upload that.',
}
