import { Button } from 'antd'
import { useKeys } from '#ui/act/keys.ts'
import { useText } from '#ui/i18n.ts'
import { formatCount, formatMoney, formatPercent } from '#ui/show/format.ts'
import { usePhone } from '#ui/use-phone.ts'
import type { SampleRow, SampleVerdict } from '../../quality/shapes.ts'
import { diffCharacters } from '../review/choose/diff-characters.ts'
import { MarkedText } from '../review/choose/marked-text.tsx'
import { ReasonChips } from '../review/choose/reason-chips.tsx'

type SampleCardProps = {
  row: SampleRow
  onJudge: (verdict: SampleVerdict) => void
  onBack: (() => void) | undefined
}

/** A text beside the institution it was matched to, with what differs and why it was taken. */
export function SampleCard({ row, onJudge, onBack }: SampleCardProps) {
  const t = useText()
  const phone = usePhone()
  const right = () => onJudge('right')
  useKeys(t('flows.sample_keys'), [
    { key: '1', label: t('flows.sample_right'), run: right },
    { key: 'Enter', label: t('flows.sample_right'), run: right },
    { key: '2', label: t('flows.sample_wrong'), run: () => onJudge('wrong') },
    { key: '3', label: t('flows.sample_skip'), run: () => onJudge('skip') },
    { key: 'u', label: t('flows.sample_back'), run: () => onBack?.() },
  ])
  const stretches = diffCharacters(row.raw_text, row.proposed_name)
  const lines = t('flows.lines_n', { number: formatCount(row.line_count), count: row.line_count })
  return (
    <div className="qf-sample-card">
      <div className="qf-sample-pair">
        <div>
          <span className="qc-muted">{t('flows.sample_raw')}</span>
          <p className="qf-raw-text" lang="zh-CN">
            <MarkedText stretches={stretches} side="raw" />
          </p>
          <span className="qc-muted">{`${row.distributor_name ?? ''} · ${lines} · ${formatMoney(row.amount_fen)}`}</span>
        </div>
        <div>
          <span className="qc-muted">{`${t('flows.sample_chosen')} · ${formatPercent(row.score)}`}</span>
          <p className="qf-raw-text" lang="zh-CN">
            <MarkedText stretches={stretches} side="name" />
          </p>
          <span className="qc-muted">{row.proposed_detail}</span>
        </div>
      </div>
      <ReasonChips reasons={row.reasons} />
      <div className="qf-sample-acts">
        <Button type="primary" size="large" onClick={right}>
          {t('flows.sample_right')} {!phone && <kbd>1</kbd>}
        </Button>
        <Button size="large" onClick={() => onJudge('wrong')}>
          {t('flows.sample_wrong')} {!phone && <kbd>2</kbd>}
        </Button>
        <Button size="large" onClick={() => onJudge('skip')}>
          {t('flows.sample_skip')} {!phone && <kbd>3</kbd>}
        </Button>
        <Button size="large" disabled={!onBack} onClick={onBack}>
          {t('flows.sample_back')} {!phone && <kbd>U</kbd>}
        </Button>
      </div>
      {!phone && <p className="qc-muted">{t('flows.sample_keys_line')}</p>}
    </div>
  )
}
