import { useText } from '#ui/i18n.ts'
import { DetailDrawer } from '#ui/layout/detail-drawer.tsx'
import { useRead } from '#ui/use-list.ts'
import type { LineLife } from '../../shapes.ts'
import { LineStateTag } from '../state-tags.tsx'
import { LineFigures, LinePath, NameDecisions, VersionSeal } from './line-life.tsx'
import { SheetPicture } from './sheet-picture.tsx'

/** The life of a line beside the list it was found in. */
export function LineDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useText()
  const read = useRead<LineLife>(id ? `/api/flow-lines/${id}` : null)
  const life = read.data
  return (
    <DetailDrawer
      open={id !== ''}
      onClose={onClose}
      title={life?.line.institution_name ?? life?.line.customer_raw ?? t('flows.line')}
      state={life && <LineStateTag state={life.line.state} />}
      pageTo={`/flows/lines/${id}`}
      loading={read.isPending}
      error={read.error}
      size={640}
    >
      {life && (
        <>
          <LinePath life={life} />
          <LineFigures line={life.line} />
          <SheetPicture life={life} />
          <NameDecisions life={life} />
          <VersionSeal life={life} />
        </>
      )}
    </DetailDrawer>
  )
}
