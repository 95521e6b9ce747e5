import { useEffect } from "react";
import { useLocation, useSubmit } from "@remix-run/react";

/** Three parts of base64url: the compact form of a signed text (RFC 7515, 7.1). Other anchors stay where they are. */
const SIGNED_TEXT = /^#[\w-]+\.[\w-]+\.[\w-]+$/;

/** Moves the signed text of a scanned code, which stands behind `#` where no server sees it, into a form and posts it. */
export function useScannedReceipt(token: string, action: string): void {
  const { hash } = useLocation();
  const submit = useSubmit();
  useEffect(() => {
    const scanned = window.location.hash;
    if (!SIGNED_TEXT.test(scanned)) return;
    const { pathname, search } = window.location;
    window.history.replaceState(window.history.state, "", `${pathname}${search}`);
    submit({ csrf: token, way: "receipt", receipt: scanned.slice(1) }, { method: "post", action, replace: true });
  }, [hash, submit, token, action]);
}
