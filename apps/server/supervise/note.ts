/** One line in the log, in the same shape as the lines of the programs we run. */
export function note(msg: string): void {
  console.log(JSON.stringify({ level: 30, time: new Date().toISOString(), name: 'supervise', msg }))
}
