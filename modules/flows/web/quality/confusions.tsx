import { useText } from '#ui/i18n.ts'
import { Section } from '#ui/layout/section.tsx'
import { formatCount } from '#ui/show/format.ts'
import type { Quality } from '../../quality/shapes.ts'

/** What wrong autos and doubtful names were about, most first. */
export function Confusions({ confusions }: Pick<Quality, 'confusions'>) {
  const t = useText()
  const shown = confusions
    .filter(({ wrong, asked }) => wrong + asked > 0)
    .sort((a, b) => b.wrong - a.wrong || b.asked - a.asked)
  if (shown.length === 0) return null
  const most = Math.max(...shown.map(({ wrong, asked }) => wrong + asked))
  return (
    <Section title={t('flows.quality_confusions')}>
      <p className="qc-muted">{t('flows.quality_confusions_text')}</p>
      <ul className="qf-confusions">
        {shown.map(({ confusion, wrong, asked }) => (
          <li key={confusion}>
            <span>{t(`flows.confusion.${confusion}`)}</span>
            <span className="qf-confusion-bar" aria-hidden>
              <span className="qf-confusion-wrong" style={{ width: `${(wrong / most) * 100}%` }} />
              <span className="qf-confusion-asked" style={{ width: `${(asked / most) * 100}%` }} />
            </span>
            <span className="qc-num qc-muted">
              {`${t('flows.quality_wrong')} ${formatCount(wrong)} · ${t('flows.quality_asked')} ${formatCount(asked)}`}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
