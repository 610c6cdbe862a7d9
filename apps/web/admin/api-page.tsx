import { DownloadOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useText } from '#ui/i18n.ts'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Section } from '#ui/layout/section.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { CopyId } from '#ui/show/copy-id.tsx'
import { useRead } from '#ui/use-list.ts'
import { useUrlState } from '#ui/use-url-state.ts'
import {
  type Listed,
  matches,
  type OpenApi,
  operationsOf,
  type Schema,
  schemaOf,
  shapeText,
} from './openapi.ts'

/** What programs may ask of this system, from the document the server itself writes. */
export function ApiPage() {
  const t = useText()
  const [url, setUrl] = useUrlState({ q: '' })
  const document = useRead<OpenApi>('/api/openapi.json')
  if (document.isPending) return <Skeleton />
  if (document.isError) return <ErrorState error={document.error} onRetry={() => void document.refetch()} />
  const found = operationsOf(document.data).filter((operation) => matches(operation, url.q))
  const tags = [...new Set(found.map(({ tag }) => tag))].sort()
  const schemas = document.data.components?.schemas ?? {}
  return (
    <>
      <PageHeader
        title={t('api.title')}
        text={t('api.text')}
        actions={
          <Button href="/api/openapi.json" download icon={<DownloadOutlined />}>
            openapi.json
          </Button>
        }
      />
      <Input.Search
        className="qc-search"
        aria-label={t('api.search')}
        placeholder={t('api.search')}
        allowClear
        data-search="table"
        defaultValue={url.q}
        onChange={(event) => setUrl({ q: event.target.value })}
      />
      {found.length === 0 && <EmptyState title={t('ui.nothing_found')} />}
      {tags.map((tag) => (
        <Section key={tag} title={t(`roles.module.${tag}`, { defaultValue: tag })}>
          {found
            .filter((operation) => operation.tag === tag)
            .map((operation) => (
              <OperationCard key={operation.key} listed={operation} schemas={schemas} />
            ))}
        </Section>
      ))}
    </>
  )
}

function OperationCard({ listed, schemas }: { listed: Listed; schemas: Record<string, Schema> }) {
  const t = useText()
  const { method, path, operation } = listed
  const body = schemaOf(operation.requestBody)
  return (
    <details className="qc-operation">
      <summary>
        <span className="qc-method">{method}</span>
        <code>{path}</code>
        <span className="qc-muted">{operation.summary}</span>
      </summary>
      <div className="qc-operation-body">
        {operation.description && <p>{operation.description}</p>}
        {operation.operationId && <CopyId value={operation.operationId} />}
        {operation.parameters && operation.parameters.length > 0 && (
          <>
            <h3>{t('api.parameters')}</h3>
            <ul>
              {operation.parameters.map((parameter) => (
                <li key={`${parameter.in} ${parameter.name}`}>
                  <code>
                    {parameter.name}
                    {parameter.required ? '' : '?'}
                  </code>{' '}
                  <span className="qc-muted">
                    {parameter.in} · {shapeText(parameter.schema, schemas)} {parameter.description}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
        {body && (
          <>
            <h3>{t('api.body')}</h3>
            <pre className="qc-schema">{shapeText(body, schemas)}</pre>
          </>
        )}
        {Object.entries(operation.responses ?? {}).map(([status, answer]) => (
          <div key={status}>
            <h3>
              {t('api.answer')} {status}
            </h3>
            <pre className="qc-schema">{shapeText(schemaOf(answer), schemas) || answer.description}</pre>
          </div>
        ))}
      </div>
    </details>
  )
}
