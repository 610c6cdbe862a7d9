import { useText } from '#ui/i18n.ts'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { UrlTabs } from '#ui/layout/tabs.tsx'
import '../flows.css'
import '../review/review.css'
import './quality.css'
import { FiguresTab } from './figures-tab.tsx'
import { SampleTab } from './sample-tab.tsx'

/** How well customers are matched, and what a person does about it: check some, set the threshold. */
export function QualityPage() {
  const t = useText()
  return (
    <div className="qf-quality">
      <PageHeader title={t('flows.quality')} text={t('flows.quality_text')} />
      <UrlTabs
        items={[
          { key: 'figures', label: t('flows.quality_figures'), children: <FiguresTab /> },
          { key: 'sample', label: t('flows.quality_sample'), children: <SampleTab /> },
        ]}
      />
    </div>
  )
}
