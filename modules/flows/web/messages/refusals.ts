import type { Messages } from '#ui/pages.ts'

/** What happened, what is safe, what to do: one sentence for each refusal of flows and each file that cannot be read. */
export const refusalWords: Messages = {
  'zh-CN': {
    'refusal.flows.month-not-open': '{{month}} 还没有开账，文件没有收下。请先由流向专员打开这个月。',
    'refusal.flows.month-closed':
      '{{month}} 已关账（$t(flows.month_state.{{state}})），数据没有改动。迟到的文件请放到下一个月。',
    'refusal.flows.file-known':
      '「{{file}}」与 {{received}} 收到的「{{earlier}}」（{{month}}）内容完全相同，没有重复收下。确需重传，请先作废原来那份。',
    'refusal.flows.wrong-batch-state': '这份文件当前状态不允许这样操作，没有改动。请刷新后再看。',
    'refusal.flows.mapping-incomplete': '还缺必需的列：{{fields}}。请指定后再确认，文件原样保留。',
    'refusal.flows.mapping-twice': '有两列被指定为同一个字段（$t(flows.field.{{field}})），请改掉其中一列。',
    'refusal.flows.month-overlaps': '日期与 {{other}} 重叠，没有开账。请调整起止日期。',
    'refusal.flows.wrong-month-state': '{{month}} 的状态已经变了，操作没有执行。请刷新后再看。',
    'refusal.flows.close-blocked-jobs-running':
      '还有 {{count}} 份文件在处理，暂时不能关账。稍等片刻再提交，已有数据不受影响。',
    'refusal.flows.close-blocked-mapping-open': '还有 {{count}} 份文件等待确认列，不能关账。请先确认或作废。',
    'refusal.flows.close-blocked-lines-waiting':
      '还有 {{count}} 行等待处理，不能关账。请先到清洗工作台处理完。',
    'refusal.flows.close-blocked-no-lines': '这个月一行数据都没有，不能关账。',
    'refusal.flows.target-missing': '请先选定对应的机构或产品。',
    'refusal.flows.target-unknown': '所选的机构或产品已停用或合并，没有改动。请重新选择。',
    'refusal.flows.nothing-waits': '没有需要处理的行了，可能别人刚处理过。请刷新。',
    'refusal.flows.too-many-lines': '一次最多处理 {{max}} 行，没有改动。请按文件或经销商分批处理。',
    'refusal.flows.already-undone': '这个判定已经撤销过了。',
    'refusal.flows.decided-again': '之后又有新的判定覆盖了它，不能直接撤销。请先撤销后面的那个。',
    'refusal.reading.empty': '文件里没有内容。请确认导出完整后重新上传。',
    'refusal.reading.encrypted': '文件设了打开密码，读不了；文件已原样保存。请去掉密码后重新上传。',
    'refusal.reading.corrupt':
      '文件已损坏，读不了；已原样保存。请从系统重新导出，或用 Excel 打开另存后上传。',
    'refusal.reading.too-large': '文件超出读取上限；已原样保存。请按月份或仓库拆成几份再上传。',
    'refusal.reading.no-table':
      '没有找到带列名的表格；文件已原样保存。请确认含有日期、客户、产品、数量等列名。',
    'refusal.reading.no-rows': '找到了列名，但下面没有数据行；文件已原样保存。请确认导出的期间有数据。',
    'refusal.reading.unsupported': '暂不支持这种格式；文件已原样保存。请另存为 .xlsx 或 .csv 后上传。',
  },
  en: {
    'refusal.flows.month-not-open':
      '{{month}} is not open yet, so the file was not taken. A flow steward opens the month first.',
    'refusal.flows.month-closed':
      '{{month}} is closed ($t(flows.month_state.{{state}})); nothing was changed. Put late files into the next month.',
    'refusal.flows.file-known':
      '“{{file}}” holds exactly what “{{earlier}}” held, received {{received}} for {{month}}; it was not taken twice. To send it again, discard the earlier one first.',
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
    'refusal.flows.close-blocked-mapping-open':
      '{{count}} files wait for their columns to be confirmed. Confirm or discard them first.',
    'refusal.flows.close-blocked-lines-waiting':
      '{{count}} lines still wait. Settle them in the review workbench first.',
    'refusal.flows.close-blocked-no-lines': 'The month holds no line at all and cannot be closed.',
    'refusal.flows.target-missing': 'Choose the institution or product first.',
    'refusal.flows.target-unknown':
      'The chosen institution or product is retired or merged; nothing was changed. Choose another.',
    'refusal.flows.nothing-waits':
      'No line waits any more; somebody may just have settled them. Reload the page.',
    'refusal.flows.too-many-lines':
      'At most {{max}} lines at once; nothing was changed. Go by file or by distributor.',
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
      'This format is not supported; the file is kept as it came. Save it as .xlsx or .csv and upload again.',
  },
}
