import { DownOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useAct } from '#ui/act/use-act.tsx'
import { useText } from '#ui/i18n.ts'
import { useSession } from '#ui/session.ts'
import { switchCompany } from '../session-state.ts'

/** Whose data is on the screen; a list to choose from when this person serves several companies. */
export function CompanySwitch() {
  const t = useText()
  const { company, companies, distributor } = useSession()
  const act = useAct({ run: switchCompany })
  const name = distributor ? `${company.name} · ${distributor.name}` : company.name
  if (companies.length < 2)
    return (
      <span className="qc-company qc-cut" title={name}>
        {name}
      </span>
    )
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectedKeys: [company.id],
        items: companies.map(({ id, name: label }) => ({ key: id, label })),
        onClick: ({ key }) => key !== company.id && act.run(key),
      }}
    >
      <Button
        type="text"
        className="qc-company"
        loading={act.pending}
        aria-label={`${t('shell.company')}: ${name}`}
      >
        <span className="qc-cut">{name}</span>
        <DownOutlined aria-hidden />
      </Button>
    </Dropdown>
  )
}
