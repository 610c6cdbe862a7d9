import { Select } from 'antd'
import { useText } from '#ui/i18n.ts'

type WordsInputProps = { id?: string; value?: string[]; onChange?: (value: string[]) => void }

/** Several names: Enter, a comma or a semicolon ends one; a pasted list becomes many. */
export function WordsInput(props: WordsInputProps) {
  const t = useText()
  return (
    <Select
      id={props.id}
      mode="tags"
      className="qc-wide"
      open={false}
      suffixIcon={null}
      value={props.value ?? []}
      onChange={props.onChange}
      tokenSeparators={['|', ';', '；', '、', '\n', '\t']}
      placeholder={t('masterdata.aliases_hint')}
    />
  )
}
