import type { RolePermissions } from '#platform/auth/sessions.ts'

const everyone = ['platform.read-approvals', 'platform.decide-approvals']
const sees = ['masterdata.read', 'flows.read', 'targets.read']

/** What each role may do. Row scopes (company, distributor, territory) are the membership's, not the role's. */
export const rolePermissions: RolePermissions = {
  'channel-manager': [
    ...everyone,
    ...sees,
    'targets.write',
    'masterdata.write',
    'masterdata.import',
    'flows.upload',
    'flows.review',
    'platform.read-jobs',
  ],
  'flow-steward': [
    ...everyone,
    ...sees,
    'masterdata.write',
    'masterdata.import',
    'flows.upload',
    'flows.review',
    'flows.close',
    'flows.release',
    'platform.read-jobs',
  ],
  finance: [...everyone, ...sees],
  director: [...everyone, ...sees],
  'sales-rep': ['masterdata.read', 'flows.read', 'targets.read'],
  administrator: [
    ...everyone,
    'masterdata.read',
    'masterdata.write',
    'masterdata.import',
    'targets.read',
    'targets.write',
    'platform.read-jobs',
    'platform.manage-people',
    'platform.manage-keys',
  ],
  'audit-administrator': ['platform.read-audit', 'platform.read-jobs'],
  'distributor-clerk': ['flows.read', 'flows.upload'],
  'distributor-owner': ['flows.read', 'flows.upload'],
}
