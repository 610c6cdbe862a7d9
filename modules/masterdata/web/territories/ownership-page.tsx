import { useState } from 'react'
import { useText } from '#ui/i18n.ts'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { ListActions } from '../list-actions.tsx'
import '../masterdata.css'
import { OwnershipForm } from './ownership-form.tsx'
import { OwnershipTable } from './ownership-table.tsx'

export function OwnershipPage() {
  const t = useText()
  const [adding, setAdding] = useState(false)
  return (
    <>
      <PageHeader
        title={t('masterdata.ownership')}
        text={t('masterdata.ownership_text')}
        actions={
          <ListActions
            kind="territory-institutions"
            onNew={() => setAdding(true)}
            newText={t('masterdata.new_ownership')}
          />
        }
      />
      <OwnershipTable name="all" whole />
      {adding && <OwnershipForm open onClose={() => setAdding(false)} preset={{}} />}
    </>
  )
}
