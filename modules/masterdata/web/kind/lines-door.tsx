import { useText } from '#ui/i18n.ts'
import { LinkTo } from '#ui/link-to.tsx'
import { usePermission } from '#ui/session.ts'

const fields: Readonly<Record<string, string>> = {
  institutions: 'institution_id',
  products: 'product_id',
  distributors: 'distributor_id',
  territories: 'territory_id',
}

/** From a row of master data to the flow lines that were counted to it. */
export function LinesDoor({ kind, id }: { kind: string; id: string }) {
  const t = useText()
  const mayRead = usePermission('flows.read')
  const field = fields[kind]
  if (!field || !mayRead) return null
  return <LinkTo to={`/flows/lines?${field}=${id}`}>{t('masterdata.its_lines')}</LinkTo>
}
