import { Select, Tooltip } from 'antd'
import { useText } from '#ui/i18n.ts'
import { formatPercent } from '#ui/show/format.ts'
import { StateTag, type Tone } from '#ui/show/state-tag.tsx'
import type { BatchPage } from '../../shapes.ts'

type ColumnGuess = BatchPage['columns'][number]
export type ColumnStanding = 'sure' | 'doubtful' | 'person' | 'off'

const SURE = 0.8
const tones: Record<ColumnStanding, Tone> = { sure: 'good', doubtful: 'warn', person: 'active', off: 'off' }

/** How a column stands: taken for sure, to be looked at, set by the person here, or not used. */
export function standingOf(guess: ColumnGuess, field: string | null, changed: boolean): ColumnStanding {
  if (changed) return field === null ? 'off' : 'person'
  if (field === null) return 'off'
  return guess.confidence >= SURE || guess.why === 'mapping' ? 'sure' : 'doubtful'
}

export function useHeaderText(): (guess: ColumnGuess) => string {
  const t = useText()
  return (guess) => guess.header.trim() || t('flows.column_no_header', { number: guess.column + 1 })
}

type ColumnChoiceProps = {
  guess: ColumnGuess
  field: string | null
  changed: boolean
  fields: readonly string[]
  /** Fields other columns already hold, marked in the list. */
  used: ReadonlySet<string | null>
  required: ReadonlySet<string>
  disabled: boolean
  onChoose: (field: string | null) => void
}

const UNUSED = ''

/** The field of one column, as it stands over the column itself. */
export function ColumnChoice(props: ColumnChoiceProps) {
  const { guess, field, changed, used, required } = props
  const t = useText()
  const header = useHeaderText()(guess)
  const standing = standingOf(guess, field, changed)
  const why = t(`flows.why.${guess.why}`, { defaultValue: guess.why })
  const told = [
    t('flows.column_why', { percent: formatPercent(guess.confidence, 0), why }),
    ...(guess.unit_hint ? [t('flows.column_unit', { unit: guess.unit_hint })] : []),
  ]
  const option = (one: string) => {
    const mark = required.has(one) ? ' *' : used.has(one) && one !== field ? ' ·' : ''
    return { value: one, label: `${t(`flows.field.${one}`, { defaultValue: one })}${mark}` }
  }
  return (
    <div className={`qf-column qf-column-${standing}`}>
      <Select
        size="small"
        className="qf-column-select"
        aria-label={t('flows.column_of', { header })}
        value={field ?? UNUSED}
        disabled={props.disabled}
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        options={[{ value: UNUSED, label: t('flows.column_ignored') }, ...props.fields.map(option)]}
        onChange={(next: string) => props.onChoose(next === UNUSED ? null : next)}
      />
      <Tooltip title={told.join(' · ')} trigger={['hover', 'focus']}>
        <button type="button" className="qf-column-why">
          <StateTag tone={tones[standing]}>
            {t(`flows.column_${standing}`)}
            {(standing === 'doubtful' || standing === 'sure') && ` ${formatPercent(guess.confidence, 0)}`}
          </StateTag>
        </button>
      </Tooltip>
      <span className="qf-column-header" title={header}>
        {header}
      </span>
    </div>
  )
}
