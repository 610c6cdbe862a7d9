import { useText } from '#ui/i18n.ts'
import { Fields } from '#ui/layout/fields.tsx'
import { Section } from '#ui/layout/section.tsx'
import { LinkTo } from '#ui/link-to.tsx'
import { usePermission, useSession } from '#ui/session.ts'
import { CopyId } from '#ui/show/copy-id.tsx'
import { formatMoment, formatMoney, formatQuantity } from '#ui/show/format.ts'
import { StateTag } from '#ui/show/state-tag.tsx'
import { type Decision, WhyPanel } from '#ui/show/why.tsx'
import type { LineLife, LineRow } from '../../shapes.ts'
import { reasonText } from '../reason-text.ts'
import { LineStateTag, useIssueText } from '../state-tags.tsx'

/** Figure → line → decisions → raw row → file, each step a link to where it can be seen. */
export function LinePath({ life }: { life: LineLife }) {
  const t = useText()
  const { line, file } = life
  const { scope } = useSession()
  const counts = line.state === 'posted'
  const steps = [
    {
      key: 'figure',
      text: counts ? t('flows.counted', { month: line.month }) : t('flows.not_counted'),
      to: counts ? `/attainment?from=${line.month}&to=${line.month}` : undefined,
    },
    { key: 'line', text: formatMoney(line.amount_fen), to: `/flows/lines/${line.id}` },
    {
      key: 'decisions',
      text: [life.customer, life.product]
        .filter((name) => name !== null)
        .map((name) => t(`flows.name_state.${name.state}`))
        .join(' · '),
      to: `/flows/lines/${line.id}#decisions`,
    },
    { key: 'raw', text: t('flows.path_row', { row: file.row }), to: `/flows/lines/${line.id}#raw` },
    {
      key: 'file',
      text: file.file_name,
      // People of a territory may not open what holds the rows of others.
      to: scope === 'territory' ? undefined : `/flows/batches/${line.batch_id}`,
    },
  ]
  return (
    <ol className="qf-path" aria-label={t('flows.path')}>
      {steps.map(({ key, text, to }) => (
        <li key={key}>
          <span className="qc-muted">{t(`flows.path_${key}`)}</span>
          {to ? (
            <LinkTo to={to} className="qc-cut">
              {text}
            </LinkTo>
          ) : (
            <span className="qc-cut" title={text}>
              {text || '—'}
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}

export function LineFigures({ line }: { line: LineRow }) {
  const t = useText()
  const issueText = useIssueText()
  const { scope } = useSession()
  const mayMaster = usePermission('masterdata.read')
  const master = (kind: string, id: string | null, name: string | null) =>
    id && name && mayMaster ? <LinkTo to={`/${kind}/${id}`}>{name}</LinkTo> : name
  return (
    <Section title={t('flows.what_counts')}>
      <Fields
        lines={[
          { label: t('flows.state'), value: <LineStateTag state={line.state} /> },
          { label: t('flows.month'), value: line.month },
          {
            label: t('flows.institution'),
            value: master('institutions', line.institution_id, line.institution_name),
          },
          { label: t('flows.product'), value: master('products', line.product_id, line.product_name) },
          {
            label: t('flows.qty'),
            value: `${formatQuantity(line.qty, line.unit)}${line.is_return ? ` · ${t('flows.return')}` : ''}`,
          },
          { label: t('flows.base_qty'), value: formatQuantity(line.base_qty, line.base_unit ?? '') },
          { label: t('flows.price'), value: line.price ? `¥${formatQuantity(line.price)}` : null },
          { label: t('flows.amount'), value: formatMoney(line.amount_fen) },
          // Whose territory it is, is the maker's own affair.
          ...(scope === 'distributor'
            ? []
            : [
                {
                  label: t('flows.territory'),
                  value: master('territories', line.territory_id, line.territory_name) ?? t('flows.unowned'),
                },
              ]),
          {
            label: t('flows.distributor'),
            value: master('distributors', line.distributor_id, line.distributor_name),
          },
          { label: t('flows.lot'), value: line.lot },
          { label: t('flows.doc_no'), value: line.doc_no },
          ...(line.issues.length > 0
            ? [{ label: t('flows.issue'), value: line.issues.map(issueText).join('，'), wide: true }]
            : []),
        ]}
      />
    </Section>
  )
}

type NameLife = NonNullable<LineLife['customer']>

/** How the customer and the product were recognised, and what would change it. */
export function NameDecisions({ life }: { life: LineLife }) {
  const t = useText()
  const { line } = life
  return (
    <>
      {life.customer && (
        <Section id="decisions" title={t('flows.customer_decision')}>
          <NameDecision life={life} name={life.customer} kind="customer" target={line.institution_name} />
        </Section>
      )}
      {life.product && (
        <Section title={t('flows.product_decision')}>
          <NameDecision life={life} name={life.product} kind="product" target={line.product_name} />
        </Section>
      )}
    </>
  )
}

type NameDecisionProps = {
  life: LineLife
  name: NameLife
  kind: 'customer' | 'product'
  target: string | null
}

function NameDecision({ life, name, kind, target }: NameDecisionProps) {
  const t = useText()
  const mayReview = usePermission('flows.review')
  const whole = useSession().scope === 'company'
  const text = [name.raw_text, name.raw_spec].filter(Boolean).join(' ')
  const meant = target ?? t(name.state === 'ignored' ? 'flows.name_ignored' : 'flows.not_matched')
  const scope = name.alias_scope ? ` · ${t(`flows.scope.${name.alias_scope}`)}` : ''
  const decision: Decision = {
    title: `「${text}」→ ${meant}`,
    confidence: name.state === 'waiting' || name.state === 'ignored' ? undefined : name.score,
    reasons: name.reasons.map((reason) => reasonText(reason, t)),
    rule:
      name.state === 'waiting'
        ? undefined
        : {
            text: t(`flows.via.${name.via}`, { defaultValue: name.via }) + scope,
            by: name.decided_by ?? undefined,
            at: name.decided_at,
          },
    changes: whole ? [t(life.version ? 'flows.change_by_month' : 'flows.change_by_review')] : undefined,
  }
  return (
    <div className="qf-name-decision">
      <WhyPanel decision={decision} />
      <div className="qc-actions">
        <LinkTo to={`/flows/lines?${kind}_name_id=${name.id}`}>{t('flows.same_name_lines')}</LinkTo>
        {mayReview && name.state === 'waiting' && (
          <LinkTo to={`/flows/review?kind=${kind}&q=${encodeURIComponent(name.raw_text)}`}>
            {t('flows.decide_now')}
          </LinkTo>
        )}
      </div>
    </div>
  )
}

export function VersionSeal({ life }: { life: LineLife }) {
  const t = useText()
  const { version } = life
  return (
    <Section title={t('flows.version')}>
      {version ? (
        <>
          <StateTag tone="good">{t('flows.version_sealed', { version: version.version_no })}</StateTag>
          <div className="qc-muted">{formatMoment(version.locked_at)}</div>
          <div className="qf-seal">
            <CopyId value={version.seal} />
          </div>
        </>
      ) : (
        <StateTag tone="neutral">{t('flows.version_none')}</StateTag>
      )}
    </Section>
  )
}
