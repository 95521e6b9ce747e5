/** A reason not to start that the operator can remove; its message is one line. */
export class StartupError extends Error {
  override name = "StartupError";
}
