import { Button } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { useText } from '#ui/i18n.ts'
import { Section } from '#ui/layout/section.tsx'
import { usePermission } from '#ui/session.ts'
import { StateTag } from '#ui/show/state-tag.tsx'
import { PlainTable } from '#ui/table/plain-table.tsx'
import { useList } from '#ui/use-list.ts'
import type { PostRow, postHolderRow, TerritoryRow } from '../../shapes.ts'
import { MasterState } from '../state-tag.tsx'
import { PostForm, SeatForm } from './post-forms.tsx'

type Holder = z.output<typeof postHolderRow>

/** The posts of a territory, who sits on each, and who sat there before. */
export function PostsPanel({ territory }: { territory: TerritoryRow }) {
  const t = useText()
  const mayWrite = usePermission('masterdata.write')
  const [form, setForm] = useState<{ kind: 'post' | 'seat'; row?: PostRow } | null>(null)
  const query = { territory_id: territory.id, size: 200 }
  const posts = useList<PostRow>('/api/posts', undefined, query)
  const holders = useList<Holder>('/api/post-holders', undefined, { ...query, sort: '-valid_from' })
  return (
    <>
      <Section
        title={t('masterdata.posts')}
        beside={
          mayWrite && <Button onClick={() => setForm({ kind: 'post' })}>{t('masterdata.new_post')}</Button>
        }
      >
        <PlainTable<PostRow>
          rows={posts.data?.rows ?? []}
          empty={t('masterdata.posts_empty')}
          phone={['name', 'state', 'code', 'holder', 'act']}
          onOpen={mayWrite ? (row) => setForm({ kind: 'post', row }) : undefined}
          columns={[
            { key: 'name', title: t('masterdata.name'), width: 200 },
            { key: 'code', title: t('masterdata.code'), kind: 'code' },
            {
              key: 'holder',
              title: t('masterdata.holder'),
              width: 180,
              text: (row) => row.holder ?? '',
              render: (row) => row.holder ?? <StateTag tone="warn">{t('masterdata.vacant')}</StateTag>,
            },
            { key: 'holder_since', title: t('masterdata.since'), kind: 'date' },
            {
              key: 'is_manager',
              title: t('masterdata.is_manager'),
              width: 90,
              render: (row) => (row.is_manager ? t('masterdata.yes') : '—'),
            },
            {
              key: 'state',
              title: t('masterdata.state'),
              kind: 'state',
              render: (row) => <MasterState state={row.state} />,
            },
            {
              key: 'act',
              title: '',
              width: 120,
              render: (row) =>
                mayWrite &&
                row.state === 'active' && (
                  <Button size="small" onClick={() => setForm({ kind: 'seat', row })}>
                    {t('masterdata.seat')}
                  </Button>
                ),
            },
          ]}
        />
      </Section>
      <Section title={t('masterdata.holder_history')}>
        <PlainTable<Holder>
          rows={holders.data?.rows ?? []}
          phone={['person_name', 'post_name', 'valid_from', 'valid_to']}
          columns={[
            { key: 'person_name', title: t('masterdata.person_name'), width: 200 },
            { key: 'post_name', title: t('masterdata.posts'), width: 200 },
            { key: 'valid_from', title: t('masterdata.valid_from'), kind: 'date' },
            {
              key: 'valid_to',
              title: t('masterdata.valid_to'),
              kind: 'date',
              render: (row) => row.valid_to ?? t('masterdata.open_end'),
              text: (row) => row.valid_to ?? t('masterdata.open_end'),
            },
          ]}
        />
      </Section>
      {form?.kind === 'post' && (
        <PostForm open onClose={() => setForm(null)} territory={territory} row={form.row} />
      )}
      {form?.kind === 'seat' && form.row && <SeatForm open onClose={() => setForm(null)} post={form.row} />}
    </>
  )
}
