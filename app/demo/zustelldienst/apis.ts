/** Dialect of the submission interface; v1 is the old one that some clients still speak. */
export type ApiVersion = "v1" | "v2";

/** One address under which the submission interface answers. */
export interface SubmissionApi {
  /** Path that its resources are appended to. */
  base: string;
  version: ApiVersion;
}

/** Path of the submission interface without its version; the signer of statements is named by it. */
export const SUBMISSION_API = "/submission-api";

/** Path of the destination interface with its version. */
export const DESTINATION_API = "/destination-api/v2";

/** All addresses of the submission interface; old clients know the host alone and `/v1`. They share one store. */
export const SUBMISSION_APIS: readonly SubmissionApi[] = [
  { base: `${SUBMISSION_API}/v2`, version: "v2" },
  { base: `${SUBMISSION_API}/v1`, version: "v1" },
  { base: "/v1", version: "v1" },
];
