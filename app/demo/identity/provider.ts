import Provider, { type KoaContextWithOIDC } from "oidc-provider";
import type { Config } from "./config.ts";
import { identityKeys } from "./keys.ts";
import { memoryAdapters } from "./memory.ts";
import { loggedOutPage, logoutPage, messagePage } from "./pages.ts";
import { people } from "./people.ts";

const HOUR = 3600;
const LOGOUT = "/session/end";

/** What the login service wants posted back when somebody logs out; it hands it over as a form. */
function confirmationOf(form: string): { action: string; secret: string } {
  const [action, secret] = [/action="([^"]+)"/, /name="xsrf" value="([^"]+)"/].map(
    (part) => part.exec(form)?.[1] ?? "",
  );
  return { action: action ?? "", secret: secret ?? "" };
}

/** Everybody has agreed to the one service: the demo asks for no consent. */
async function agreed({ oidc }: KoaContextWithOIDC) {
  const { client, session, provider } = oidc;
  const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId });
  grant.addOIDCScope("openid");
  await grant.save();
  return grant;
}

/** The login service of the demo: OpenID Connect with invented people, one client and the claim `groups`. */
export function createProvider(issuer: string, config: Omit<Config, "port" | "host">): Provider {
  const { signing, cookies } = identityKeys(config.dataDir);
  const provider = new Provider(issuer, {
    adapter: memoryAdapters(),
    clients: [
      {
        client_id: config.clientId,
        client_secret: config.clientSecret,
        redirect_uris: [...config.redirectUris],
        post_logout_redirect_uris: [...config.logoutUris],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
    ],
    jwks: { keys: [signing] },
    cookies: {
      keys: [cookies],
      names: { session: "demo-login", interaction: "demo-login-at", resume: "demo-login-on" },
    },
    claims: { openid: ["sub", "groups"] },
    // The groups stand in the ID token: nothing else is asked for.
    conformIdTokenClaims: false,
    scopes: ["openid"],
    responseTypes: ["code"],
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = logoutPage(confirmationOf(form));
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = messagePage("Abgemeldet", "Sie können dieses Fenster schließen.");
        },
      },
    },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    ttl: {
      AccessToken: HOUR,
      AuthorizationCode: 60,
      IdToken: HOUR,
      Grant: 8 * HOUR,
      Session: 8 * HOUR,
      Interaction: HOUR,
    },
    findAccount: (_ctx, id) => {
      const person = people.find((someone) => someone.id === id);
      return person && { accountId: id, claims: () => ({ sub: id, groups: [...person.groups] }) };
    },
    loadExistingGrant: agreed,
    renderError: (ctx, { error, error_description: description }) => {
      ctx.type = "html";
      ctx.body = messagePage("Das hat nicht geklappt", `${error}: ${description ?? "ohne nähere Angabe"}`);
    },
  });
  provider.use(async (ctx, next) => {
    await next();
    // Where nobody is logged in it answers with a form that a script sends; this page does without.
    const isSelfSending = ctx.path === LOGOUT && typeof ctx.body === "string" && ctx.body.includes("<script>");
    if (isSelfSending) ctx.body = loggedOutPage(confirmationOf(String(ctx.body)));
  });
  return provider;
}
