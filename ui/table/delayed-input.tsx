import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { useEffect, useRef, useState } from 'react'

type DelayedInputProps = {
  className?: string
  label: string
  value: string
  onChange: (text: string) => void
  search?: boolean
}

/** Waits for a short rest in typing, and not at all for Enter. Unfinished pinyin is never sent. */
export function DelayedInput({ className, label, value, onChange, search }: DelayedInputProps) {
  const [text, setText] = useState(value)
  const composing = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => setText(value), [value])
  useEffect(() => () => clearTimeout(timer.current), [])
  const later = (next: string, wait: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => next !== value && onChange(next), wait)
  }
  return (
    <Input
      className={className}
      aria-label={label}
      placeholder={label}
      prefix={search ? <SearchOutlined aria-hidden /> : undefined}
      value={text}
      allowClear
      data-search={search ? 'table' : undefined}
      onChange={(event) => {
        setText(event.target.value)
        if (!composing.current) later(event.target.value.trim(), 300)
      }}
      onPressEnter={() => later(text.trim(), 0)}
      onCompositionStart={() => {
        composing.current = true
      }}
      onCompositionEnd={(event) => {
        composing.current = false
        later(event.currentTarget.value.trim(), 300)
      }}
    />
  )
}
