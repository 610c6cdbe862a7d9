import { SearchOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { keySign } from '#ui/act/keys.ts'
import { useText } from '#ui/i18n.ts'
import { LinkTo } from '#ui/link-to.tsx'
import { usePhone } from '#ui/use-phone.ts'
import { AccountMenu } from './account-menu.tsx'
import { Bell } from './bell.tsx'
import { CompanySwitch } from './company-switch.tsx'
import { Mark } from './mark.tsx'

/** Whose data, search, what is new, who I am. */
export function TopBar({ onSearch, onKeys }: { onSearch: () => void; onKeys: () => void }) {
  const t = useText()
  const phone = usePhone()
  return (
    <header className="qc-top">
      {phone && (
        <LinkTo to="/" className="qc-brand" label={t('shell.home')}>
          <Mark />
        </LinkTo>
      )}
      <CompanySwitch />
      <span className="qc-grow" />
      <Button
        className="qc-search-button"
        icon={<SearchOutlined />}
        aria-label={`${t('shell.search')} ${keySign('mod+k')}`}
        onClick={onSearch}
      >
        {!phone && <kbd>{keySign('mod+k')}</kbd>}
      </Button>
      <Bell />
      <AccountMenu onKeys={onKeys} />
    </header>
  )
}
