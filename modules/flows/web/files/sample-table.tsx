import { useText } from '#ui/i18n.ts'

const head = ['日期', '客户名称', '品名', '规格', '数量（盒）', '单价', '金额']
const rows = [
  ['2026-07-03', '示例县人民医院', '示例软膏', '10g×1支', '20', '18.50', '370.00'],
  ['2026.7.5', '示例大药房连锁有限公司', '示例软膏', '10g/支', '60', '18.50', '1,110.00'],
]

/** What a file may look like, for whoever uploads for the first time. The words are those of a Chinese ERP. */
export function SampleTable() {
  const t = useText()
  return (
    <details className="qf-sample">
      <summary>{t('flows.sample_title')}</summary>
      <p className="qc-muted">{t('flows.sample_text')}</p>
      <div className="qf-scroll">
        <table className="qf-sheet" lang="zh-CN">
          <thead>
            <tr>
              {head.map((text) => (
                <th key={text}>{text}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells) => (
              <tr key={cells[0]}>
                {cells.map((text) => (
                  <td key={text}>{text}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
