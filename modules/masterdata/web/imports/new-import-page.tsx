import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { UploadDrop } from '#ui/act/upload-drop.tsx'
import { useText } from '#ui/i18n.ts'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { useGo } from '#ui/link-to.tsx'
import { useUrlState } from '#ui/use-url-state.ts'
import '../masterdata.css'
import { useImportKinds } from './use-import-kinds.ts'

const MAX_BYTES = 200 * 1024 * 1024

/** Choose what the rows are, drop the file. */
export function NewImportPage() {
  const t = useText()
  const go = useGo()
  const [url, setUrl] = useUrlState({ kind: 'institutions' })
  const kinds = useImportKinds()
  const kind = kinds.find(({ value }) => value === url.kind)?.value ?? 'institutions'
  return (
    <>
      <PageHeader
        title={t('masterdata.import_new')}
        text={t('masterdata.import_new_text')}
        crumbs={[{ text: t('masterdata.imports'), to: '/imports' }]}
      />
      <h2>{t('masterdata.import_what')}</h2>
      <fieldset className="qm-kinds" aria-label={t('masterdata.import_what')}>
        {kinds.map(({ value: one, label, text }) => (
          <button
            key={one}
            type="button"
            className="qm-kind"
            aria-pressed={one === kind}
            onClick={() => setUrl({ kind: one })}
          >
            <strong>{label}</strong>
            <span className="qc-muted">{text}</span>
          </button>
        ))}
      </fieldset>
      <UploadDrop<{ id: string }>
        key={kind}
        path="/api/imports"
        accept={['.xlsx', '.csv']}
        maxBytes={MAX_BYTES}
        fields={{ kind }}
        hint={t('masterdata.import_limits')}
        onDone={({ id }) => go(`/imports/${id}`)}
      />
      <p>
        <Button type="link" icon={<DownloadOutlined />} href={`/api/imports/templates/${kind}.xlsx`} download>
          {t('masterdata.template', { kind: t(`masterdata.kinds.${kind}`) })}
        </Button>
      </p>
      <ul className="qc-muted qm-hints">
        <li>{t('masterdata.import_hint_columns')}</li>
        <li>{t('masterdata.import_hint_blank')}</li>
        <li>{t('masterdata.import_hint_undo')}</li>
      </ul>
    </>
  )
}
