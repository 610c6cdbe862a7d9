import { Alert, Button } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { apiKeyRow } from '#platform/auth/shapes.ts'
import { listOf } from '#platform/shapes.ts'
import { useAct } from '#ui/act/use-act.tsx'
import { useConfirmImpact } from '#ui/act/use-confirm-impact.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { CopyId } from '#ui/show/copy-id.tsx'
import { StateTag } from '#ui/show/state-tag.tsx'
import type { Column } from '#ui/table/columns.tsx'
import { DataTable } from '#ui/table/data-table.tsx'
import { KeyForm } from './key-form.tsx'

type ApiKey = z.output<typeof apiKeyRow>
const keys = listOf(apiKeyRow)

/** Keys for programs: shown once, limited to some permissions, revoked with a click. */
export function ApiKeysPage() {
  const t = useText()
  const [making, setMaking] = useState(false)
  const [made, setMade] = useState<string | null>(null)
  const columns = useKeyColumns()
  const add = { text: t('keys.add'), run: () => setMaking(true) }
  const text = (
    <>
      {t('keys.text')} <LinkTo to="/admin/api">{t('api.title')}</LinkTo>
    </>
  )
  return (
    <>
      <PageHeader
        title={t('keys.title')}
        text={text}
        actions={
          <Button type="primary" onClick={add.run}>
            {add.text}
          </Button>
        }
      />
      {made && (
        <Alert
          type="success"
          showIcon
          className="qc-form-problem"
          title={t('keys.once')}
          description={<CopyId value={made} />}
          closable={{ onClose: () => setMade(null) }}
        />
      )}
      <DataTable<ApiKey>
        name="platform.api-keys"
        path="/api/api-keys"
        shape={keys}
        columns={columns}
        phone={['name', 'state', 'prefix', 'expires_at', 'acts']}
        empty={<EmptyState title={t('keys.empty')} text={t('keys.text')} action={add} />}
      />
      {making && <KeyForm onClose={() => setMaking(false)} onMade={setMade} />}
    </>
  )
}

function useKeyColumns(): Column<ApiKey>[] {
  const t = useText()
  const confirm = useConfirmImpact()
  const revoke = useAct({
    run: (key: ApiKey) => api.delete(`/api/api-keys/${key.id}`),
    refresh: ['/api/api-keys'],
    done: () => t('keys.revoked'),
  })
  const askRevoke = async (key: ApiKey) => {
    const impact = [t('keys.revoke_impact', { name: key.name })]
    const answer = await confirm({
      title: t('keys.revoke'),
      impact,
      confirmText: t('keys.revoke'),
      danger: true,
    })
    if (answer) revoke.run(key)
  }
  return [
    { key: 'name', title: t('keys.name'), width: 180 },
    { key: 'prefix', title: t('keys.prefix'), kind: 'code', width: 150 },
    {
      key: 'state',
      title: t('people.state'),
      kind: 'state',
      render: (row) => <KeyState apiKey={row} />,
      text: (row) => t(`keys.state_${stateOf(row)}`),
    },
    {
      key: 'permissions',
      title: t('keys.permissions'),
      width: 260,
      text: (row) => row.permissions.map((one) => t(`permission.${one}`, { defaultValue: one })).join(', '),
    },
    {
      key: 'addresses',
      title: t('keys.addresses'),
      width: 150,
      text: (row) => row.addresses.join(', ') || t('keys.addresses_any'),
    },
    { key: 'person_name', title: t('keys.person'), width: 130 },
    { key: 'expires_at', title: t('keys.expires_at'), kind: 'date' },
    { key: 'last_used_at', title: t('keys.last_used_at'), kind: 'moment' },
    {
      key: 'acts',
      title: t('people.acts'),
      width: 90,
      text: () => '',
      render: (row) =>
        !row.revoked_at && (
          <Button type="link" size="small" danger onClick={() => void askRevoke(row)}>
            {t('keys.revoke')}
          </Button>
        ),
    },
  ]
}

const tones = { active: 'good', expired: 'warn', revoked: 'off' } as const

function stateOf(key: ApiKey): keyof typeof tones {
  if (key.revoked_at) return 'revoked'
  return new Date(key.expires_at).getTime() < Date.now() ? 'expired' : 'active'
}

function KeyState({ apiKey }: { apiKey: ApiKey }) {
  const t = useText()
  const state = stateOf(apiKey)
  return <StateTag tone={tones[state]}>{t(`keys.state_${state}`)}</StateTag>
}
