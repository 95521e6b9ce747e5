/** Folders that this machine reaches itself; absolute path. */
export type FolderAddress = { kind: "folder"; path: string };

/** Folders on an SFTP server. `keyFile` is an absolute path, `hostKey` the pinned fingerprint `SHA256:…` of the server's key. */
export type SftpAddress = {
  kind: "sftp";
  host: string;
  port: number;
  user: string;
  keyFile: string;
  hostKey: string;
  path: string;
};

/**
 * A gateway of a data centre: where its folders are, and whom contents are encrypted for. `certificate` is the absolute path of
 * a PEM file; without one the operator trusts the target, and contents are plain.
 */
export type Gateway = { id: string; address: FolderAddress | SftpAddress; certificate: string | undefined };
