// An OpenID provider that shares no code with ours: npm's oidc-provider, on loopback. Who signs in there next, and what
// the issuer says of them, is told it by POST /next. It prints its own address once it listens.
import { createServer } from "node:http";
import Provider from "oidc-provider";

let next = {};
const server = createServer();
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "site",
      client_secret: "known to both",
      redirect_uris: ["http://testserver/tai-khoan/oidc/sign-on/login/callback/"],
      post_logout_redirect_uris: ["http://testserver/"],
    },
  ],
  acrValues: ["muc-2"],
  claims: { openid: ["sub", "acr"], profile: ["name"], email: ["email", "email_verified"], citizen: ["citizen_id"] },
  cookies: { keys: ["for tests"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ ...next, sub }) }),
  async loadExistingGrant(context) {
    const grant = new context.oidc.provider.Grant({ clientId: "site", accountId: context.oidc.session.accountId });
    grant.addOIDCScope("openid profile email citizen");
    await grant.save();
    return grant;
  },
});

async function body(request) {
  let text = "";
  for await (const part of request) text += part;
  return JSON.parse(text);
}

const answer = provider.callback();
server.on("request", async (request, response) => {
  if (request.url === "/next") {
    next = await body(request);
    response.end();
  } else if (request.url.startsWith("/interaction/")) {
    const { sub, acr, refuses } = next;
    const login = refuses ? { error: "access_denied" } : { login: { accountId: sub, acr } };
    await provider.interactionFinished(request, response, login);
  } else {
    answer(request, response);
  }
});
console.log(issuer);
