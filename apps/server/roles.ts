import type { RolePermissions } from '#platform/auth/sessions.ts'

const everyone = ['platform.read-approvals', 'platform.decide-approvals']
const sees = ['masterdata.read', 'flows.read', 'targets.read']

/** What each role may do. Row scopes (company, distributor, territory) are the membership's, not the role's. */
export const rolePermissions: RolePermissions = {
  'channel-manager': [
    ...everyone,
    ...sees,
    'targets.write',
    'masterdata.read-personal',
    'masterdata.write',
    'masterdata.import',
    'flows.upload',
    'flows.review',
    'flows.tune',
    'platform.read-jobs',
  ],
  'flow-steward': [
    ...everyone,
    ...sees,
    'masterdata.read-personal',
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
    'platform.read-people',
    'platform.manage-people',
    'platform.manage-keys',
  ],
  // Who lets people in is not who decides what is asked of them to come in, and neither watches over both.
  'security-administrator': ['platform.read-people', 'platform.manage-access', 'platform.read-jobs'],
  'audit-administrator': ['platform.read-audit', 'platform.read-jobs'],
  'distributor-clerk': ['flows.read', 'flows.upload'],
  'distributor-owner': ['flows.read', 'flows.upload'],
}
