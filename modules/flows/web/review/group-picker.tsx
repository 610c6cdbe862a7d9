import { LeftOutlined, RightOutlined, UnorderedListOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { useText } from '#ui/i18n.ts'
import { formatCount } from '#ui/show/format.ts'
import type { ReviewGroup } from '../../shapes.ts'
import { GroupList } from './group-list.tsx'
import { keyOf } from './use-made.ts'

type GroupPickerProps = {
  groups: readonly ReviewGroup[]
  here: number
  total: number
  onGo: (place: number) => void
}

/** On a phone: which group this is, its neighbours, and the whole list behind a button. */
export function GroupPicker({ groups, here, total, onGo }: GroupPickerProps) {
  const t = useText()
  const [open, setOpen] = useState(false)
  const current = groups[here]
  return (
    <nav className="qf-picker" aria-label={t('flows.review_groups')}>
      <Button
        size="large"
        icon={<LeftOutlined />}
        aria-label={t('flows.review_key_previous')}
        disabled={here === 0}
        onClick={() => onGo(here - 1)}
      />
      <Button size="large" type="text" icon={<UnorderedListOutlined />} onClick={() => setOpen(true)}>
        {t('flows.review_position', { place: here + 1, all: formatCount(total) })}
      </Button>
      <Button
        size="large"
        icon={<RightOutlined />}
        aria-label={t('flows.review_key_next')}
        disabled={here >= groups.length - 1}
        onClick={() => onGo(here + 1)}
      />
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        placement="bottom"
        size="80%"
        title={t('flows.review_group_list')}
      >
        <GroupList
          groups={groups}
          selected={current && keyOf(current)}
          onSelect={(key) => {
            onGo(groups.findIndex((group) => keyOf(group) === key))
            setOpen(false)
          }}
        />
      </Drawer>
    </nav>
  )
}
