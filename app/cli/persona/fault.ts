/** Why a persona run ends early: 2 = the file is wrong, 1 = the file is fine, but its outcome is not reached. */
export class PersonaFault extends Error {
  readonly exitCode: 1 | 2;

  constructor(exitCode: 1 | 2, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** A fault of the file itself; the message names what is wrong. */
export const badFile = (message: string): PersonaFault => new PersonaFault(2, message);

/** The service does not lead where the person wanted; the message says at which page. */
export const notReached = (message: string): PersonaFault => new PersonaFault(1, message);
