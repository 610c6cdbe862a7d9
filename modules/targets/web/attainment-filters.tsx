import { Segmented, Select, Tag } from 'antd'
import type { TerritoryRow } from '#modules/masterdata/shapes.ts'
import { MonthInput } from '#ui/form/day-input.tsx'
import { useText } from '#ui/i18n.ts'
import { useRead } from '#ui/use-list.ts'
import { usePhone } from '#ui/use-phone.ts'
import { dimensions } from '../shapes.ts'
import type { AttainmentUrl } from './use-attainment.ts'

/** As the server sorts. */
const ORDERS = { '-amount_fen': 'amount_fen', rate: 'rate', gap: 'gap', growth: 'growth' } as const

type AttainmentFiltersProps = {
  url: AttainmentUrl & { sort?: string }
  setUrl: (change: Partial<Record<string, string>>, how?: 'push' | 'replace') => void
}

/** Period, dimension, and where in the country one is looking. */
export function AttainmentFilters({ url, setUrl }: AttainmentFiltersProps) {
  const t = useText()
  const phone = usePhone()
  const choices = dimensions.map((value) => ({ value: value as string, label: t(`targets.by.${value}`) }))
  const orders: { value: string; label: string }[] = Object.entries(ORDERS).map(([value, word]) => ({
    value,
    label: t(`targets.order.${word}`),
  }))
  // The heads of the table sort by more than is offered here.
  const order = orders.some(({ value }) => value === (url.sort || '-amount_fen'))
    ? url.sort || '-amount_fen'
    : t('targets.order.other')
  const setBy = (by: string) => setUrl({ by }, 'push')
  return (
    <>
      <div className="qt-filters">
        <span className="qc-muted">{t('targets.period')}</span>
        <MonthInput
          label={t('targets.from')}
          value={url.from}
          onChange={(from) => setUrl({ from: from ?? '', to: from && from > url.to ? from : url.to })}
        />
        <span aria-hidden>–</span>
        <MonthInput
          label={t('targets.to')}
          value={url.to}
          onChange={(to) => setUrl({ to: to ?? '', from: to && to < url.from ? to : url.from })}
        />
        <span className="qc-muted">{t('targets.by')}</span>
        {phone ? (
          <Select aria-label={t('targets.by')} value={url.by} options={choices} onChange={setBy} />
        ) : (
          <Segmented value={url.by} options={choices} onChange={setBy} />
        )}
        <Select
          aria-label={t('targets.order')}
          popupMatchSelectWidth={false}
          value={order}
          onChange={(sort) => setUrl({ sort })}
          options={orders}
        />
        {url.product_group && (
          <Tag closable onClose={() => setUrl({ product_group: '' })}>
            {t('targets.only_group', { name: url.product_group })}
          </Tag>
        )}
      </div>
      <TerritoryPath url={url} setUrl={setUrl} />
    </>
  )
}

/** 全部 / 华东大区 / 江苏省区: where the drill stands, each step a way back. */
function TerritoryPath({ url, setUrl }: AttainmentFiltersProps) {
  const t = useText()
  const here = useRead<TerritoryRow>(url.territory_id ? `/api/territories/${url.territory_id}` : null).data
  if (!url.territory_id) return null
  const go = (territory_id: string, level: string) => setUrl({ territory_id, level }, 'push')
  return (
    <nav className="qt-path" aria-label={t('targets.by.territory')}>
      <button type="button" onClick={() => go('', 'region')}>
        {t('targets.all_territories')}
      </button>
      {here?.parent_id && (
        <button type="button" onClick={() => go(here.parent_id ?? '', 'province')}>
          {here.parent_name}
        </button>
      )}
      <strong aria-current="page">{here?.name ?? '…'}</strong>
    </nav>
  )
}
