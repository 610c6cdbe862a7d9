export type { EventListener } from './deliver-event.ts'
export { type PublishedEvent, publishEvent } from './publish-event.ts'
