// An agency's sign-in service for s05-oidc.sh: the npm package oidc-provider on a free port, with its certificate.
// idp.mjs FOLDER REDIRECT: reads FOLDER/{idp.key, idp.pem}; prints its address. Whoever types the name X at its page is the subject X; X is in
// the groups that FOLDER/groups.json says. POST /rotate gives it another signing key.
import { createServer } from "node:https";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { Provider } from "oidc-provider";

const [folder, redirect] = process.argv.slice(2);
const read = (name) => readFileSync(`${folder}/${name}`, "utf8");
const key = (kid) => ({ ...generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" });

const provider_with = (kid) => {
  const provider = new Provider(issuer, {
    clients: [{ client_id: "vermilion", client_secret: read("client-secret").trim(), redirect_uris: [redirect], response_types: ["code"], grant_types: ["authorization_code"] }],
    jwks: { keys: [key(kid)] },
    cookies: { keys: ["for-tests-only"] },
    claims: { openid: ["sub", "groups"] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, groups: JSON.parse(read("groups.json"))[id] ?? [] }) }),
  });
  return provider.callback();
};

let issuer, callback, count = 1;
const server = createServer({ key: read("idp.key"), cert: read("idp.pem") }, (request, response) => {
  if (request.method === "POST" && request.url === "/rotate") {
    callback = provider_with(`key-${++count}`);
    return response.end("rotated\n");
  }
  callback(request, response);
});
server.listen(0, "127.0.0.1", () => {
  issuer = `https://localhost:${server.address().port}`;
  callback = provider_with("key-1");
  console.log(issuer);
});
