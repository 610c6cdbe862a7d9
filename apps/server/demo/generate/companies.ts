import { inventCreditCode } from './identifiers.ts'
import { randomOf } from './random.ts'
import type { CompanyKey, DemoCompany, DemoLogin, LoginRole, Membership } from './shapes.ts'

/** The two makers of the demo. The second is small: it is there so that switching companies shows something. */
export function companies(): DemoCompany[] {
  return [
    {
      key: 'C1',
      code: 'LZ',
      name: '澜州医疗科技股份有限公司',
      short_name: '澜州医疗',
      tax_id: inventCreditCode('91', '330100', randomOf('maker', 1)),
      province: '浙江省',
      city: '杭州市',
      address: '浙江省杭州市滨江区创慧路118号',
      is_main: true,
    },
    {
      key: 'C2',
      code: 'LQ',
      name: '岚启生物技术（成都）有限公司',
      short_name: '岚启生物',
      tax_id: inventCreditCode('91', '510100', randomOf('maker', 2)),
      province: '四川省',
      city: '成都市',
      address: '四川省成都市双流区生物城中路66号',
      is_main: false,
    },
  ]
}

export function companyOf(key: CompanyKey): DemoCompany {
  const found = companies().find((company) => company.key === key)
  if (!found) throw new Error(`no company ${key}`)
  return found
}

function at(company_key: CompanyKey, role: LoginRole, more: Partial<Membership> = {}): Membership {
  return { company_key, role, person_key: null, post_key: null, distributor_key: null, ...more }
}

/** The three reps hold these posts; territories.ts gives the post its person, whose name is the login's. */
export const REP_POSTS = ['PS-T-SC-1', 'PS-T-JS-1', 'PS-T-GD-4']

/**
 * Logins without passwords. The names of reps are those of the people on their posts, so they take the
 * world's answer: `holderOf` gives the person on a post today.
 */
export function loginsFor(holderOf: (post_key: string) => { key: string; name: string }): DemoLogin[] {
  const reps = REP_POSTS.map((post_key, i): DemoLogin => {
    const person = holderOf(post_key)
    return {
      login: `rep${i + 1}`,
      name: person.name,
      title: '业务员',
      memberships: [at('C1', 'rep', { post_key, person_key: person.key })],
    }
  })
  return [
    { login: 'admin', name: '沈立新', title: '系统管理员', memberships: [at('C1', 'admin')] },
    { login: 'security', name: '范守诚', title: '安全管理员', memberships: [at('C1', 'security')] },
    { login: 'audit', name: '纪明察', title: '审计管理员', memberships: [at('C1', 'audit')] },
    { login: 'director', name: '顾文斌', title: '营销总监', memberships: [at('C1', 'director')] },
    { login: 'channel', name: '程晓琳', title: '渠道经理', memberships: [at('C1', 'channel_manager')] },
    { login: 'finance', name: '邱慧敏', title: '财务', memberships: [at('C1', 'finance')] },
    // Cleans flow for both makers, as shared back offices do.
    {
      login: 'steward',
      name: '贺雅琴',
      title: '流向专员',
      memberships: [at('C1', 'steward'), at('C2', 'steward')],
    },
    ...reps,
    // Sells for both makers: D031 and C2-D001 are one company.
    {
      login: 'chuanheng',
      name: '罗志刚',
      title: '四川川衡医药 总经理',
      memberships: [
        at('C1', 'distributor_owner', { distributor_key: 'D031' }),
        at('C2', 'distributor_owner', { distributor_key: 'C2-D001' }),
      ],
    },
    {
      login: 'suheng',
      name: '丁晓燕',
      title: '江苏苏恒医药 数据专员',
      memberships: [at('C1', 'distributor_clerk', { distributor_key: 'D001' })],
    },
    { login: 'admin2', name: '龚海涛', title: '系统管理员', memberships: [at('C2', 'admin')] },
    { login: 'channel2', name: '任佳怡', title: '渠道经理', memberships: [at('C2', 'channel_manager')] },
  ]
}
