import { ArrowDownOutlined, ArrowUpOutlined, SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover } from 'antd'
import { useText } from '../i18n.ts'
import { setPreferences, usePreferences } from '../preferences.ts'
import type { ColumnChoice } from './use-columns.ts'

/** Which columns, in which order, and how dense; all by mouse or keyboard. */
export function ColumnSettings<Row>({ choice }: { choice: ColumnChoice<Row> }) {
  const t = useText()
  const { density } = usePreferences()
  const dense = density === 'compact'
  const content = (
    <div className="qc-column-settings">
      <ul>
        {choice.all.map((column, index) => {
          const shown = choice.visible.includes(column)
          return (
            <li key={column.key}>
              <Checkbox
                checked={shown}
                disabled={shown && choice.visible.length === 1}
                onChange={(event) => choice.show(column.key, event.target.checked)}
              >
                {column.title}
              </Checkbox>
              <Button
                type="text"
                size="small"
                icon={<ArrowUpOutlined />}
                aria-label={t('ui.column_up', { column: column.title })}
                disabled={index === 0}
                onClick={() => choice.move(column.key, -1)}
              />
              <Button
                type="text"
                size="small"
                icon={<ArrowDownOutlined />}
                aria-label={t('ui.column_down', { column: column.title })}
                disabled={index === choice.all.length - 1}
                onClick={() => choice.move(column.key, 1)}
              />
            </li>
          )
        })}
      </ul>
      <Checkbox
        checked={dense}
        onChange={() => setPreferences({ density: dense ? 'comfortable' : 'compact' })}
      >
        {t('ui.compact')}
      </Checkbox>
      <Button type="link" size="small" onClick={choice.reset}>
        {t('ui.reset')}
      </Button>
    </div>
  )
  return (
    <Popover content={content} trigger="click" placement="bottomRight">
      <Button icon={<SettingOutlined />} aria-label={t('ui.columns')} title={t('ui.columns')} />
    </Popover>
  )
}
