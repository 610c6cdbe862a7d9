import { DownOutlined } from '@ant-design/icons'
import { useAct } from '#ui/act/use-act.tsx'
import { useText } from '#ui/i18n.ts'
import { PopMenu } from '#ui/layout/pop-menu.tsx'
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
    <PopMenu
      label={`${t('shell.company')}: ${name}`}
      className="qc-company"
      items={companies.map(({ id, name: text }) => ({
        key: id,
        text,
        current: id === company.id,
        disabled: act.pending,
        run: () => id !== company.id && act.run(id),
      }))}
    >
      <span className="qc-cut">{name}</span>
      <DownOutlined aria-hidden />
    </PopMenu>
  )
}
