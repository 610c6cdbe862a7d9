export { historyOf } from './audit-queries.ts'
export { recordAudit } from './record-audit.ts'
