import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useText } from '#ui/i18n.ts'
import '../masterdata.css'

type Step = { unit: string; factor: string }
type UnitLadderInputProps = {
  id?: string
  value?: Step[]
  onChange?: (value: Step[]) => void
  baseUnit?: string
}

/** The unit ladder: one 箱 is 200 of the base unit. */
export function UnitLadderInput({ value = [], onChange, baseUnit }: UnitLadderInputProps) {
  const t = useText()
  const change = (place: number, part: Partial<Step>) =>
    onChange?.(value.map((step, index) => (index === place ? { ...step, ...part } : step)))
  return (
    <div className="qm-ladder">
      {value.map((step, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step has no name of its own while it is typed
        <div key={place} className="qm-step">
          <span>1</span>
          <Input
            aria-label={t('masterdata.unit')}
            placeholder={t('masterdata.unit')}
            value={step.unit}
            onChange={(event) => change(place, { unit: event.target.value.trim() })}
          />
          <span>=</span>
          <Input
            aria-label={t('masterdata.factor')}
            inputMode="decimal"
            value={step.factor}
            onChange={(event) => change(place, { factor: event.target.value.trim() })}
          />
          <span>{baseUnit || t('masterdata.base_unit')}</span>
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('masterdata.remove_step')}
            onClick={() => onChange?.(value.filter((_, index) => index !== place))}
          />
        </div>
      ))}
      <Button
        type="dashed"
        icon={<PlusOutlined />}
        onClick={() => onChange?.([...value, { unit: '', factor: '' }])}
      >
        {t('masterdata.add_step')}
      </Button>
    </div>
  )
}
