import { useText } from '#ui/i18n.ts'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { formatMoney, formatQuantity } from '#ui/show/format.ts'
import { useRead } from '#ui/use-list.ts'
import { useParams } from '#ui/use-url-state.ts'
import type { LineLife } from '../../shapes.ts'
import '../flows.css'
import './lines.css'
import { LineStateTag } from '../state-tags.tsx'
import { LineFigures, LinePath, NameDecisions, VersionSeal } from './line-life.tsx'
import { SheetPicture } from './sheet-picture.tsx'

/** 溯源: from a figure back to the cell it was printed in. */
export function LinePage() {
  const t = useText()
  const { id = '' } = useParams()
  const read = useRead<LineLife>(`/api/flow-lines/${id}`)
  const life = read.data
  const line = life?.line
  return (
    <>
      <PageHeader
        title={line?.institution_name ?? line?.customer_raw ?? t('flows.line')}
        crumbs={[
          { text: t('flows.line_list'), to: line ? `/flows/lines?month=${line.month}` : '/flows/lines' },
        ]}
        beside={line && <LineStateTag state={line.state} />}
        text={
          line &&
          [
            line.occurred_on,
            line.product_name ?? line.product_raw,
            formatQuantity(line.qty, line.unit),
            formatMoney(line.amount_fen),
          ].join(' · ')
        }
      />
      {read.isPending && <Skeleton lines={10} />}
      {read.isError && !life && <ErrorState error={read.error} onRetry={() => void read.refetch()} />}
      {life && (
        <>
          <LinePath life={life} />
          <SheetPicture life={life} />
          <div className="qf-life">
            <div>
              <NameDecisions life={life} />
            </div>
            <div>
              <LineFigures line={life.line} />
              <VersionSeal life={life} />
            </div>
          </div>
        </>
      )}
    </>
  )
}
