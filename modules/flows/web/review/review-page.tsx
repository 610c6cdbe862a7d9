import { useText } from '#ui/i18n.ts'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { UrlTabs } from '#ui/layout/tabs.tsx'
import '../flows.css'
import '../lines/lines.css'
import './review.css'
import { DecisionsTab } from './decisions-tab.tsx'
import { IssuesTab } from './issues-tab.tsx'
import { Workbench } from './workbench.tsx'

/** Where everything doubtful is settled: names, issues, and the log of what was decided. */
export function ReviewPage() {
  const t = useText()
  return (
    <div className="qf-review-page">
      <PageHeader title={t('flows.review')} />
      <UrlTabs
        items={[
          { key: 'names', label: t('flows.review_names'), children: <Workbench /> },
          { key: 'issues', label: t('flows.review_issues'), children: <IssuesTab /> },
          { key: 'decisions', label: t('flows.review_decisions'), children: <DecisionsTab /> },
        ]}
      />
    </div>
  )
}
