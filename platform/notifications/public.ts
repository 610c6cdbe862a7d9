export { notify, peopleWithRole } from './notify.ts'
