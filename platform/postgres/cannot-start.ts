/** The system cannot start for a reason its operator can mend; the message is one whole sentence for the console. */
export class CannotStart extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'CannotStart'
  }
}
