import { Alert, Button, Input, Select } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { useAct } from '#ui/act/use-act.tsx'
import { useConfirmImpact } from '#ui/act/use-confirm-impact.tsx'
import { api } from '#ui/api.ts'
import { DayInput } from '#ui/form/day-input.tsx'
import { FormDrawer } from '#ui/form/form-drawer.tsx'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { useSession } from '#ui/session.ts'
import { CopyId } from '#ui/show/copy-id.tsx'
import { StateTag } from '#ui/show/state-tag.tsx'
import type { Column } from '#ui/table/columns.tsx'
import { DataTable } from '#ui/table/data-table.tsx'

type ApiKey = {
  id: string
  prefix: string
  name: string
  person_name: string | null
  permissions: string[]
  expires_at: string
  last_used_at: string | null
  revoked_at: string | null
  created_at: string
}

const newKey = z.strictObject({
  name: z.string().min(1).max(60),
  permissions: z.array(z.string()).min(1),
  expires_on: z.iso.date(),
})

/** Keys for programs: shown once, limited to some permissions, revoked with a click. */
export function ApiKeysPage() {
  const t = useText()
  const confirm = useConfirmImpact()
  const [making, setMaking] = useState(false)
  const [made, setMade] = useState<string | null>(null)
  const revoke = useAct({
    run: (key: ApiKey) => api.delete(`/api/api-keys/${key.id}`),
    refresh: ['/api/api-keys'],
    done: () => t('keys.revoked'),
  })
  const askRevoke = async (key: ApiKey) => {
    const impact = [t('keys.revoke_impact', { name: key.name })]
    if (await confirm({ title: t('keys.revoke'), impact, confirmText: t('keys.revoke'), danger: true }))
      revoke.run(key)
  }
  const columns: Column<ApiKey>[] = [
    { key: 'name', title: t('keys.name'), width: 180 },
    { key: 'prefix', title: t('keys.prefix'), kind: 'code', width: 150 },
    { key: 'state', title: t('people.state'), kind: 'state', render: (row) => <KeyState apiKey={row} /> },
    {
      key: 'permissions',
      title: t('keys.permissions'),
      width: 260,
      text: (row) => row.permissions.join(', '),
    },
    { key: 'person_name', title: t('keys.person'), width: 130 },
    { key: 'expires_at', title: t('keys.expires_at'), kind: 'date' },
    { key: 'last_used_at', title: t('keys.last_used_at'), kind: 'moment' },
    {
      key: 'acts',
      title: t('people.acts'),
      width: 90,
      render: (row) =>
        !row.revoked_at && (
          <Button type="link" size="small" danger onClick={() => void askRevoke(row)}>
            {t('keys.revoke')}
          </Button>
        ),
    },
  ]
  const add = { text: t('keys.add'), run: () => setMaking(true) }
  return (
    <>
      <PageHeader
        title={t('keys.title')}
        text={
          <>
            {t('keys.text')} <LinkTo to="/admin/api">{t('api.title')}</LinkTo>
          </>
        }
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
        columns={columns}
        phone={['name', 'state', 'prefix', 'expires_at', 'acts']}
        empty={<EmptyState title={t('keys.empty')} text={t('keys.text')} action={add} />}
      />
      {making && <KeyForm onClose={() => setMaking(false)} onMade={setMade} />}
    </>
  )
}

function KeyState({ apiKey }: { apiKey: ApiKey }) {
  const t = useText()
  if (apiKey.revoked_at) return <StateTag tone="off">{t('keys.state_revoked')}</StateTag>
  const expired = new Date(apiKey.expires_at).getTime() < Date.now()
  return (
    <StateTag tone={expired ? 'warn' : 'good'}>
      {t(expired ? 'keys.state_expired' : 'keys.state_active')}
    </StateTag>
  )
}

/** A key may not do what only a person at the keyboard may. */
const byPersonOnly = /^platform\.(manage-people|decide-approvals|manage-keys)$/

function KeyForm({ onClose, onMade }: { onClose: () => void; onMade: (key: string) => void }) {
  const t = useText()
  const { permissions } = useSession()
  return (
    <FormDrawer
      open
      onClose={onClose}
      title={t('keys.add')}
      shape={newKey}
      refresh={['/api/api-keys']}
      submit={(values) => api.post<{ key: string }>('/api/api-keys', values)}
      after={(answer) => onMade(answer.key)}
    >
      <Field name="name" label={t('keys.name')} help={t('keys.name_help')}>
        <Input />
      </Field>
      <Field name="permissions" label={t('keys.permissions')} help={t('keys.permissions_help')}>
        <Select
          mode="multiple"
          options={permissions
            .filter((permission) => !byPersonOnly.test(permission))
            .map((value) => ({ value, label: t(`permission.${value}`, { defaultValue: value }) }))}
        />
      </Field>
      <Field name="expires_on" label={t('keys.expires_at')}>
        <DayInput />
      </Field>
    </FormDrawer>
  )
}
