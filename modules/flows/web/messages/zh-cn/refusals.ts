import type { Words } from '#ui/pages.ts'

/** What happened, what is safe, what to do: one sentence for each refusal of flows and each file that cannot be read. */
export const refusalWords: Words = {
  'refusal.flows.month-not-open': '{{month}} 还没有开账，文件没有收下。请先由流向专员打开这个月。',
  'refusal.flows.month-closed':
    '{{month}} 已关账（$t(flows.month_state.{{state}})），数据没有改动。迟到的文件请放到下一个月。',
  'refusal.flows.file-known':
    '「{{file}}」与 {{received}} 收到的「{{earlier}}」（{{month}}）内容完全相同，没有重复收下。确需重传，请先作废原来那份。',
  'refusal.flows.reading-stopped': '读取已停止，文件已保留。需要时点「重新读取」。',
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
  'refusal.flows.too-many-to-sort':
    '超过 {{max}} 行，不能按这一列排序。请先用经销商、产品、终端、辖区或状态筛选，再排序。',
  'refusal.flows.already-undone': '这个判定已经撤销过了。',
  'refusal.flows.decided-again': '之后又有新的判定覆盖了它，不能直接撤销。请先撤销后面的那个。',
  'refusal.reading.empty': '文件里没有内容。请确认导出完整后重新上传。',
  'refusal.reading.encrypted': '文件设了打开密码，读不了；文件已原样保存。请去掉密码后重新上传。',
  'refusal.reading.corrupt': '文件已损坏，读不了；已原样保存。请从系统重新导出，或用 Excel 打开另存后上传。',
  'refusal.reading.too-large': '文件超出读取上限；已原样保存。请按月份或仓库拆成几份再上传。',
  'refusal.reading.no-table':
    '没有找到带列名的表格；文件已原样保存。请确认含有日期、客户、产品、数量等列名。',
  'refusal.reading.no-rows': '找到了列名，但下面没有数据行；文件已原样保存。请确认导出的期间有数据。',
  'refusal.reading.unsupported':
    '暂不支持这种格式；文件已原样保存。表格请另存为 .xlsx 或 .csv，图片请另存为 JPG 或直接拍照上传。',
}
